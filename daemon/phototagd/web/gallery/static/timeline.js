// The timeline: only what is in sight is in the document.
