"""What the API serves, a file for each kind of thing."""
