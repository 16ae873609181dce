"""Whom to ask, when, how often, and when to stop asking."""
