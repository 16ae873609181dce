"""A house in one thread, with one photo reader for all tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from doubles import FakeClock
from doubles.captioner import FakeCaptioner
from doubles.hand_driven import HandDriven, hand_driven
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.settings import LibrarySettings, Settings


@pytest.fixture(scope="session")
def shared_reader() -> Iterator[ProcessPhotoReader]:
    reader = ProcessPhotoReader()
    yield reader
    reader.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def captioner() -> FakeCaptioner:
    return FakeCaptioner()


@pytest.fixture
def make_house(
    tmp_path: Path, photos: Path, captioner: FakeCaptioner, shared_reader: ProcessPhotoReader
) -> Iterator[Callable[..., HandDriven]]:
    """Opens the house with more settings than the usual ones."""
    (tmp_path / "state").mkdir()
    with ExitStack() as open_houses:

        def make(**more: Any) -> HandDriven:
            library = LibrarySettings(path=photos, watch="scan")
            settings = Settings(**{"state_dir": tmp_path / "state", "library": (library,)} | more)
            clock = FakeClock(datetime.now(UTC))
            house = hand_driven(settings, clock=clock, captioner=captioner, reader=shared_reader)
            return open_houses.enter_context(house)

        yield make


@pytest.fixture
def house(make_house: Callable[..., HandDriven]) -> HandDriven:
    return make_house()
