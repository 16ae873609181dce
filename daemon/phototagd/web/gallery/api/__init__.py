"""The REST API: all that the pages do, for phone apps and programs. Each resource is a file."""
