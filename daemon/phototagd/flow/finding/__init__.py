"""From a query to photos."""
