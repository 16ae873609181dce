"""What a photo says of itself: its kind, its capture, its place."""
