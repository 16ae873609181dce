"""Only names of this machine alone are trusted."""

import pytest

from phototagd.rules.service.loopback import is_loopback


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost.", "127.0.0.1", "127.9.9.9", "::1", "[::1]"]
)
def test_this_machine(host: str) -> None:
    """In every spelling."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "192.168.1.2", "nas", "localhost.evil.example", "127.0.0.1.nip.io"],
)
def test_others(host: str) -> None:
    """All addresses, and names that only look alike."""
    assert not is_loopback(host)
