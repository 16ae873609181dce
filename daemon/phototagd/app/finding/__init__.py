"""Photos are found by what they mean."""
