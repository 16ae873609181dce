"""One technology each, behind the ports; adapters never know each other."""
