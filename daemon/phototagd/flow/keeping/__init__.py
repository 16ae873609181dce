"""Care of the store: housekeeping, backups, verification."""
