"""The gallery, and the photos that are sent through it."""
