"""One file per command group: arguments in, one call, text or JSON out."""
