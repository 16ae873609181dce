"""Commands are tested around a fake daemon."""

from pathlib import Path

import pytest

from doubles.house import FakeHouse


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeHouse:
    """A house of its own, in an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return FakeHouse(tmp_path)
