"""Files as a person names them, and as the daemon knows them."""

import os
from pathlib import Path


def absolute(file: Path) -> bytes:
    """The absolute path in bytes; links stay, for the sidecar belongs beside the name given."""
    return os.path.normpath(os.fsencode(file.absolute()))
