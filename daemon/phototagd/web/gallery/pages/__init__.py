"""One file for each page or group of pages: `routes(needs)` gives what it answers."""
