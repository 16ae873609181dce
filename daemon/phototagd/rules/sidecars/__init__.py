"""Which sidecar, and what it shall say."""
