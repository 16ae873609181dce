"""Which words are kept: the living vocabulary, and how answers are mapped to it."""
