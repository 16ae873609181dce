"""A line from tag job to tagging, on a store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.tagging_line import TaggingLine
from phototagd.adapters.sqlite.store import Store


@pytest.fixture
def line(tmp_path: Path) -> Iterator[TaggingLine]:
    clock = FakeClock()
    with Store.open(tmp_path / "line.db", clock=clock) as store:
        yield TaggingLine(tmp_path / "line", store, clock)
