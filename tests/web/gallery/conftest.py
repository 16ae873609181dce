"""A gallery over a real store, and somebody who looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.gallery_house import GalleryHouse


@pytest.fixture
def house(tmp_path: Path) -> Iterator[GalleryHouse]:
    with GalleryHouse(tmp_path) as house:
        yield house
