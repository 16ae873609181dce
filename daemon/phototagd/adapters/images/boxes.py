"""Walks the boxes of an ISO base media file (ISO 14496-12 §4.2)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MAX_BOXES = 10_000
_HEADER = struct.Struct(">I4s")


@dataclass(frozen=True, slots=True)
class Box:
    """A box by its four-letter name; `start` is where its content begins, in bytes."""

    name: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets; the last one may claim to end beyond `end`.

    A header that is cut itself is yielded as a nameless box that ends beyond.
    """
    for _ in range(_MAX_BOXES):
        if start >= end:
            return
        file.seek(start)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            yield Box(b"", start, end + 1)
            return
        size, name = _HEADER.unpack(header)
        content = start + _HEADER.size
        if size == 1:
            size = int.from_bytes(file.read(8), "big")
            content += 8
        elif size == 0:
            size = end - start
        if size < content - start:
            return  # zeros or garbage after the last box
        yield Box(name, content, start + size)
        start += size
