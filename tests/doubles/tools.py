"""Programs that tests run where they are installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def tool(name: str) -> str:
    """The program, or a skipped test; a failed one where the tools are required."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("PHOTOTAGD_TEST_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{name} is required here and not installed")
        pytest.skip(f"{name} is not installed")
    return found


def lines_of(*command: str | Path) -> list[str]:
    """What a program prints; it must end well."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
