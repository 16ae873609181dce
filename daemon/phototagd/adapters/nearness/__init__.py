"""Near vectors, found with numpy: exactly among few, by signs and a second look among many."""
