"""Which files are looked at, and when one counts as finished."""
