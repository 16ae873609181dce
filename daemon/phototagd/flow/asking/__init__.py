"""From a tag job to a recorded answer."""
