"""Near vectors: exact among few, nearly exact among many, filters before ranking, followed."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from phototagd.adapters.nearness.base import Base
from phototagd.adapters.nearness.index import NumpyVectorIndex
from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Moved, Selection, packed

SPACE = "gemma all 1"
ALL = Selection((), is_all_but=True)
DIMENSIONS = 384


class FakeVectors:
    """The part of a `VectorStore` that an index follows, in memory."""

    def __init__(self) -> None:
        self.change = 0
        self.rows: dict[AssetId, tuple[int, bytes | None]] = {}

    def put(self, asset: int, vector: Sequence[float] | None) -> None:
        self.change += 1
        self.rows[AssetId(asset)] = (self.change, None if vector is None else packed(vector))

    def last_change(self) -> int:
        return self.change

    def moved(self, space: str, since: int, limit: int) -> list[Moved]:
        rows = sorted((change, asset, blob) for asset, (change, blob) in self.rows.items())
        return [Moved(*row) for row in rows if row[0] > since][:limit]

    def vectors(self, space: str, assets: Sequence[AssetId]) -> list[tuple[AssetId, bytes]]:
        return [(a, blob) for a in assets if a in self.rows and (blob := self.rows[a][1])]


def clustered(count: int, seed: int = 1) -> np.ndarray:
    """Vectors as captions give them: some topics, and variation within each."""
    draw = np.random.default_rng(seed)
    topics = draw.normal(size=(20, DIMENSIONS))
    rows = topics[draw.integers(0, 20, count)] + 0.5 * draw.normal(size=(count, DIMENSIONS))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def store() -> FakeVectors:
    return FakeVectors()


def index_of(store: FakeVectors, tmp_path: Path, exact_up_to: int = 50_000) -> NumpyVectorIndex:
    index = NumpyVectorIndex(
        store=store, space=SPACE, file=tmp_path / "vectors.cache", exact_up_to=exact_up_to
    )  # type: ignore[arg-type]
    index.catch_up()
    return index


def found(index: NumpyVectorIndex, vector: np.ndarray, among: Selection = ALL) -> list[int]:
    return list(index.nearest(vector.tolist(), 10, among).ranked.assets)


def truth(rows: np.ndarray, vector: np.ndarray, allowed: Sequence[int]) -> list[int]:
    scores = rows @ vector
    return sorted(allowed, key=lambda asset: -scores[asset])[:10]


@pytest.mark.parametrize("exact_up_to", [50_000, 500])
def test_the_nearest_are_found_among_all_and_among_some(
    store: FakeVectors, tmp_path: Path, exact_up_to: int
) -> None:
    rows = clustered(6000)
    for asset, row in enumerate(rows):
        store.put(asset, row.tolist())
    index = index_of(store, tmp_path, exact_up_to)
    draw = random.Random(3)
    some = draw.sample(range(6000), 4500)
    few = some[:50]
    hits = wanted = 0
    for query in clustered(10, seed=1)[:10]:
        for among, allowed in (
            (ALL, range(6000)),
            (Selection(some), some),
            (Selection(some, is_all_but=True), list(set(range(6000)) - set(some))),
        ):
            best = truth(rows, query, allowed)
            hits += len(set(found(index, query, among)) & set(best))
            wanted += len(best)
        assert set(found(index, query, Selection(few))) <= set(few)
        assert found(index, query, Selection(few))[:3] == truth(rows, query, few)[:3]
    assert hits / wanted >= 0.99
    assert (index._base is None) == (exact_up_to == 50_000)


@pytest.mark.parametrize("exact_up_to", [50_000, 20])
def test_what_comes_changes_and_goes_is_followed(
    store: FakeVectors, tmp_path: Path, exact_up_to: int
) -> None:
    rows = clustered(60)
    for asset, row in enumerate(rows[:40]):
        store.put(asset, row.tolist())
    index = index_of(store, tmp_path, exact_up_to)

    store.put(3, None)
    store.put(5, rows[50].tolist())
    store.put(77, rows[51].tolist())
    index.catch_up()

    assert 3 not in found(index, rows[3])
    assert found(index, rows[50])[0] == 5
    assert found(index, rows[51])[0] == 77
    assert found(index, rows[51]).count(77) == 1


def test_a_large_library_starts_from_its_cache(store: FakeVectors, tmp_path: Path) -> None:
    rows = clustered(100)
    for asset, row in enumerate(rows[:90]):
        store.put(asset, row.tolist())
    index_of(store, tmp_path, exact_up_to=20)
    store.put(90, rows[90].tolist())

    asked: list[int] = []
    moved = store.moved
    store.moved = lambda *a: asked.append(a[1]) or moved(*a)  # type: ignore[assignment, func-returns-value]
    index = index_of(store, tmp_path, exact_up_to=20)

    assert min(asked) > 0, "the cache is where it begins"
    assert found(index, rows[7])[0] == 7
    assert found(index, rows[90])[0] == 90


@pytest.mark.parametrize("damage", ["torn", "other space", "newer than the store", "noise"])
def test_a_cache_that_does_not_fit_is_made_again(
    store: FakeVectors, tmp_path: Path, damage: str
) -> None:
    rows = clustered(60)
    for asset, row in enumerate(rows):
        store.put(asset, row.tolist())
    index_of(store, tmp_path, exact_up_to=20)
    file = tmp_path / "vectors.cache"
    content = file.read_bytes()
    match damage:
        case "torn":
            file.write_bytes(content[:-8])
        case "other space":
            file.write_bytes(content.replace(SPACE.encode(), b"other space"))
        case "newer than the store":
            store.change, store.rows = 0, {}
            for asset, row in enumerate(rows[:30]):
                store.put(asset, row.tolist())
        case _:
            file.write_bytes(b"\xff" * 5000)

    index = index_of(store, tmp_path, exact_up_to=20)
    assert found(index, rows[7])[0] == 7
    assert len(index.nearest(rows[7].tolist(), 99, ALL).ranked.assets) == len(store.rows)


def test_of_an_asset_that_comes_twice_the_later_counts() -> None:
    assets = np.array([4, 9, 4], dtype=np.int64)
    base = Base.of(assets, np.zeros((3, 1), dtype=np.uint64), 1)

    assert base.alive.tolist() == [False, True, True]
    assert base.places(np.array([4, 5, 9], dtype=np.int64)).tolist() == [2, 1]


def test_an_empty_index_and_a_vector_of_another_length_find_nothing(
    store: FakeVectors, tmp_path: Path
) -> None:
    index = index_of(store, tmp_path)
    assert index.nearest([1.0, 0.0], 5, ALL).ranked.assets == ()

    store.put(1, [1.0, 0.0])
    index.catch_up()
    assert index.nearest([1.0, 0.0, 0.0], 5, ALL).ranked.assets == ()
    assert index.nearest([1.0, 0.0], 5, ALL).ranked.assets == (1,)
    assert index.vector_of(AssetId(1)) == (1.0, 0.0)
    assert index.vector_of(AssetId(2)) is None
