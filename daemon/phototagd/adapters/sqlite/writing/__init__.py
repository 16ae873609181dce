"""What was written beside photos, and what persons ordered to be written."""
