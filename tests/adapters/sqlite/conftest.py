"""A store on a real file, with a clock that tests own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.store import Bench
from phototagd.adapters.sqlite.store import Store


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def bench(tmp_path: Path, clock: FakeClock) -> Iterator[Bench]:
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield Bench(store, clock)
