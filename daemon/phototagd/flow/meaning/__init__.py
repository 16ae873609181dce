"""From words to vectors, and from a query to the photos that mean it."""
