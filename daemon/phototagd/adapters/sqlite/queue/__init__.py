"""Jobs: enqueued, claimed, settled, counted, listed."""
