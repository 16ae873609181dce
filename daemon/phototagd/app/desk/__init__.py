"""What persons and supervisors ask of the parts of one daemon."""
