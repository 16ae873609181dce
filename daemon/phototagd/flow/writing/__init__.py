"""From an answer to a sidecar."""
