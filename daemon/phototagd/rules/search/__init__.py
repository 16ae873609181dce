"""What a query means, and in which order photos answer it."""
