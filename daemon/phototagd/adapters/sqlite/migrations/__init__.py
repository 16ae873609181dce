"""The numbered SQL files that make the schema; each ends by recording its own number."""
