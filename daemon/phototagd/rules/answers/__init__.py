"""What a model is asked to say, and what becomes of its reply."""
