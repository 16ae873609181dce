"""The gallery in a browser: pages that work without script, and scripts that make them quick."""
