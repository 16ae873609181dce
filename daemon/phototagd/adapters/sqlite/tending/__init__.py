"""The vocabulary: its terms, and which photos have which words."""
