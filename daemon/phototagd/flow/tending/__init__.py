"""Keeping the vocabulary: words are born, learnt from people, and changed by order."""
