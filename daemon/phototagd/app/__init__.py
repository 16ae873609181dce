"""The composition root: settings in, a wired daemon out. Only here concrete classes are named."""
