"""Words go into sidecars and photos."""
