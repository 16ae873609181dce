"""From a changed folder to a promise on disk."""
