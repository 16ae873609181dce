"""Photos come in: libraries and their watchers."""
