"""Housekeeping of the store, and what an old one knew."""
