"""Photos for people's eyes: the gallery and its small pictures."""
