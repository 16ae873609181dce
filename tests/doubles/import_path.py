"""Where the processes that tests start import from."""

import os
from pathlib import Path


def import_path(first: Path) -> str:
    """A PYTHONPATH with one folder before what this process was given: the same checkout."""
    return os.pathsep.join([str(first), *filter(None, [os.environ.get("PYTHONPATH")])])
