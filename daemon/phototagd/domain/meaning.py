"""Meaning as numbers: texts about photos as vectors, near each other when they mean the same.

A vector lies in the store as bytes: its numbers as little-endian 16-bit floats.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from phototagd.domain.asset import AssetId
from phototagd.domain.search import Ranked

Vector = Sequence[float]
_BYTES_EACH = 2


def packed(vector: Vector) -> bytes:
    """A vector as the store keeps it; raises ValueError for what is no finite half float."""
    try:
        return struct.pack(f"<{len(vector)}e", *vector)
    except (OverflowError, struct.error) as error:
        raise ValueError(f"no vector: {error}") from error


def unpacked(blob: bytes) -> tuple[float, ...]:
    """The reverse of `packed`, with the precision that was kept."""
    return struct.unpack(f"<{len(blob) // _BYTES_EACH}e", blob)


@dataclass(frozen=True, slots=True)
class Unembedded:
    """The words of a photo that have no vector yet; `digest` knows these words again."""

    asset: AssetId
    text: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Embedding:
    """The vector of some words of a photo; None when the model cannot make one of them."""

    asset: AssetId
    digest: bytes
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A vector that came or went (None), and the number of that change; numbers only grow."""

    change: int
    asset: AssetId
    vector: bytes | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Some photos of the library: these, or all but these."""

    assets: Sequence[AssetId]
    is_all_but: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Photos by nearness, nearest first, and how near photos of this library are by chance.

    Nearness is the cosine of the angle, at most 1. `usual` is its mean over the library
    (of a small one the lowest tenth: what is near is a large part of it), `spread` the
    standard deviation, `sample` of how many photos.
    """

    ranked: Ranked = field(default_factory=Ranked)
    usual: float = 0.0
    spread: float = 0.0
    sample: int = 0


@dataclass(frozen=True, slots=True)
class MeaningReport:
    """How far the index of meaning is; `trouble` says why it stands still, else it is empty.

    `waiting` photos have no vector yet, `failed` ones get none from this model and are found
    by their words alone.
    """

    model: str
    embedded: int = 0
    waiting: int = 0
    failed: int = 0
    trouble: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class NotThis:
    """A person said that a photo is not what a query meant.

    `terms` are the query's words, each by its first synonym; `vector` is the query's, if it
    was known, in `space`.
    """

    asset: AssetId
    query: str
    terms: frozenset[str]
    vector: bytes | None = None
    space: str = ""
