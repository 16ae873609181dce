"""The store: queue and catalogue in one SQLite database."""
