"""Pure decisions: what, when, whether. No clock, no input or output."""
