"""The database file: opening, migrating, reading, committing, copying."""
