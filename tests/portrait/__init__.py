"""The gallery's portrait: a library of painted photos, and pictures of its pages."""
