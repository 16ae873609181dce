"""The vocabulary is kept."""
