"""Photos that people send."""
