"""How things of the house travel as text and JSON."""
