"""An index that costs nothing until somebody has vectors."""

import subprocess
import sys
from pathlib import Path

import pytest

from phototagd.adapters.nearness.late import LateVectorIndex, near_pairs
from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Moved, Near, Selection, packed

ALL = Selection((), is_all_but=True)
PHOTO = AssetId(7)


class OneVector:
    """The part of a `VectorStore` that an index follows, with one photo at most."""

    def __init__(self) -> None:
        self.blob: bytes | None = None

    def last_change(self) -> int:
        return int(self.blob is not None)

    def moved(self, space: str, since: int, limit: int) -> list[Moved]:
        return [Moved(1, PHOTO, self.blob)] if self.blob and not since else []

    def vectors(self, space: str, assets: list[AssetId]) -> list[tuple[AssetId, bytes]]:
        return [(PHOTO, self.blob)] if self.blob and PHOTO in assets else []


def test_nothing_is_near_until_there_is_a_vector(tmp_path: Path) -> None:
    store = OneVector()
    index = LateVectorIndex(store=store, space="s", file=tmp_path / "cache")  # type: ignore[arg-type]

    index.catch_up()
    assert index.nearest((1.0, 0.0), 5, ALL) == Near()
    assert index.vector_of(PHOTO) is None

    store.blob = packed((1.0, 0.0))
    index.catch_up()
    assert index.nearest((1.0, 0.0), 5, ALL).ranked.assets == (PHOTO,)
    assert index.vector_of(PHOTO) == pytest.approx((1.0, 0.0))


def test_pairs_are_found_as_ever() -> None:
    assert near_pairs([(1.0, 0.0), (0.0, 1.0), (1.0, 0.0)], 0.9) == [(0, 2, 1.0)]


def test_a_daemon_starts_without_numpy() -> None:
    """It takes 12 MB, and a library without vectors and twins never needs it."""
    loaded = "import sys, phototagd.app.daemon; print('numpy' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)

    assert told.stdout.strip() == b"False"
