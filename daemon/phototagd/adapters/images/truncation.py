"""Is a file shorter than its own structure says?

A decoder's word alone does not do: libheif shows a cut HEIC as a picture with grey tiles and
no error, and others call a cut file corrupt. Formats: ISO 14496-12 (boxes), RFC 9649 (RIFF),
TIFF 6.0 with SubIFDs, W3C PNG.
"""

import struct
from typing import BinaryIO

from phototagd.adapters.image_data import Malformed, image_data
from phototagd.adapters.images.boxes import boxes
from phototagd.domain.asset import PhotoKind

_ZERO_TAIL_BYTES = 4096
_ENDS = {PhotoKind.JPEG: b"\xff\xd9", PhotoKind.PNG: b"IEND\xaeB`\x82"}
_MAX_DIRECTORIES = 64
_MAX_ENTRIES = 1024
_MAX_VALUES = 100_000
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4}
_NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I"}
# Tags that say where data lies, paired with those that say how long it is.
_EXTENTS = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}
_UNKNOWN = 0xFFFFFFFF  # what Panasonic writes for an offset that stands elsewhere
_SUB_DIRECTORIES = (0x014A, 0x8769)


def is_incomplete(file: BinaryIO, kind: PhotoKind) -> bool:
    """Whether a photo lacks its end, by rules that hold for every sound photo of its kind.

    To be asked before decoding: these kinds may decode without an error although a part is
    missing or still zeros. (A BMP or plain TIFF that is still zeros is a black picture.)
    """
    match kind:
        case PhotoKind.HEIF | PhotoKind.AVIF:
            return _are_boxes_cut_short(file)
        case PhotoKind.WEBP:
            return _ends_in_zeros(file, file.seek(0, 2))
        case PhotoKind.JPEG | PhotoKind.PNG:
            return not _ends_with(file, _ENDS[kind]) and _is_malformed(file, kind)
        case _:
            return False


def is_cut_short(file: BinaryIO) -> bool:
    """Whether the file ends before its structure does, or in a block of zeros.

    Zeros at the end are what preallocated and sparse uploads leave; ask only about files
    that are already suspected (a decoder failed), because a black BMP ends in zeros too.
    """
    size = file.seek(0, 2)
    if _ends_in_zeros(file, size):
        return True
    file.seek(0)
    head = file.read(16)
    if head[4:8] == b"ftyp":
        return _are_boxes_cut_short(file)
    if head[:4] == b"RIFF":
        return int.from_bytes(head[4:8], "little") + 8 > size
    if head[:4] in {b"II*\0", b"MM\0*"}:
        return _Tiff(file, size).is_cut_short()
    return False


def _are_boxes_cut_short(file: BinaryIO) -> bool:
    """Whether an ISO base media file (HEIF, AVIF, CR3) lacks a part of its top-level boxes.

    True, too, when its media data ends in zeros: coded video never does.
    """
    size = file.seek(0, 2)
    end = 0
    for box in boxes(file, 0, size):
        end = box.end
        if box.name == b"mdat" and end >= size and _ends_in_zeros(file, size):
            return True
    return end > size


def _ends_in_zeros(file: BinaryIO, size: int) -> bool:
    if size < _ZERO_TAIL_BYTES:
        return False
    file.seek(size - _ZERO_TAIL_BYTES)
    return not file.read(_ZERO_TAIL_BYTES).strip(b"\0")


def _ends_with(file: BinaryIO, end: bytes) -> bool:
    """Whether the file ends so, apart from zeros that some cameras pad with."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _ZERO_TAIL_BYTES))
    return file.read().rstrip(b"\0").endswith(end.rstrip(b"\0"))


def _is_malformed(file: BinaryIO, kind: PhotoKind) -> bool:
    """Walk the whole structure: something may follow the end of the picture."""
    file.seek(0)
    try:
        for _ in image_data(file, kind) or ():
            pass
    except Malformed:
        return True
    return False


class _Tiff:
    """Walks the directories of a TIFF-shaped file and looks whether data lies outside."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        file.seek(0)
        self._order = "<" if file.read(2) == b"II" else ">"

    def is_cut_short(self) -> bool:
        header = self._read(4, 4)
        if header is None:
            return True
        waiting = list(struct.unpack(self._order + "I", header))
        seen: set[int] = set()
        while waiting and len(seen) < _MAX_DIRECTORIES:
            offset = waiting.pop()
            if offset == 0 or offset in seen:
                continue
            seen.add(offset)
            directory = self._directory(offset)
            if directory is None or self._lies_outside(directory):
                return True
            for tag in _SUB_DIRECTORIES:
                waiting += directory.get(tag, ())
            waiting += directory[-1]
        return False

    def _lies_outside(self, directory: dict[int, tuple[int, ...]]) -> bool:
        return any(
            start != _UNKNOWN and start + length > self._size
            for where, how_long in _EXTENTS.items()
            for start, length in zip(
                directory.get(where, ()), directory.get(how_long, ()), strict=False
            )
        )

    def _directory(self, offset: int) -> dict[int, tuple[int, ...]] | None:
        """Numeric values by tag, the next directory's offset under -1; None if cut."""
        counted = self._read(offset, 2)
        if counted is None:
            return None
        (count,) = struct.unpack(self._order + "H", counted)
        table = self._read(offset + 2, 12 * count + 4)
        if count > _MAX_ENTRIES or table is None:
            return None
        values = {}
        for index in range(count):
            tag, kind, many, inline = struct.unpack_from(self._order + "HHI4s", table, 12 * index)
            if kind not in _NUMBERS or many > _MAX_VALUES:
                continue
            length = many * _TYPE_SIZES[kind]
            outside = length > len(inline)
            data = self._read(*self._at(inline), length) if outside else inline[:length]
            if data is None:
                return None
            values[tag] = struct.unpack(f"{self._order}{many}{_NUMBERS[kind]}", data)
        return values | {-1: struct.unpack_from(self._order + "I", table, 12 * count)}

    def _at(self, inline: bytes) -> tuple[int]:
        return struct.unpack(self._order + "I", inline)

    def _read(self, offset: int, length: int) -> bytes | None:
        if offset + length > self._size:
            return None
        self._file.seek(offset)
        return self._file.read(length)
