"""Questions about the daemon as a service in a house."""
