"""Takes a JPEG or PNG apart: its XMP packets, where they stand, and a digest of all else.

Formats: ISO 10918-1 Annex B (JPEG markers), Adobe XMP Specification Part 3 §1.1.3 and §1.1.5,
W3C PNG (chunks).
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from phototagd.domain.asset import PhotoKind

LARGEST_PACKET = 16 << 20
LARGEST_JPEG_PACKET = 65502  # Adobe XMP Specification Part 3, §1.1.3.1
_STEP = 1 << 20
_SOI, _EOI, _SOS, _APP0, _APP1 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_PNG_XMP = b"XML:com.adobe.xmp"
_PNG_RAW = b"Raw profile type xmp"
_PNG_TEXTS = frozenset({b"iTXt", b"tEXt", b"zTXt"})


class NotTakenApart(Exception):
    """The file has not the structure its kind promises, or keeps words in an unusual way."""


@dataclass(frozen=True, slots=True)
class TakenApart:
    """The only packet and the bytes from `start` to `end` that hold it, and a digest of the rest.

    Without a packet it is empty, and both are where one belongs.
    """

    packet: bytes
    start: int
    end: int
    rest: bytes


@dataclass(frozen=True, slots=True)
class _Found:
    packet: bytes | None
    start: int
    end: int


def take_apart(file: BinaryIO, kind: PhotoKind) -> TakenApart:
    """The parts of an open JPEG or PNG; raises NotTakenApart."""
    place, *found = _WALKERS[kind](file)
    if len(found) > 1:
        raise NotTakenApart("it holds several packets")
    one = found[0] if found else place
    return TakenApart(one.packet or b"", one.start, one.end, _digest_without(file, one))


def put_together(source: BinaryIO, parts: TakenApart, segment: bytes) -> Iterator[bytes]:
    """The bytes of the file with another segment, or none, where its packet stands."""
    source.seek(0)
    yield from _pieces(source, parts.start)
    yield segment
    source.seek(parts.end)
    while piece := source.read(_STEP):
        yield piece


def segment_of(packet: bytes, kind: PhotoKind) -> bytes:
    """A packet as it stands in a file of this kind; raises NotTakenApart for too large a one."""
    if not packet:
        return b""
    if kind is PhotoKind.PNG:
        body = _PNG_XMP + bytes(5) + packet  # not compressed, no language, no translation
        chunk = b"iTXt" + body
        return len(body).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    if len(packet) > LARGEST_JPEG_PACKET:
        raise NotTakenApart("its words are too many for one packet of a JPEG")
    body = _XMP + packet
    return bytes((0xFF, _APP1)) + (len(body) + 2).to_bytes(2, "big") + body


def _jpeg(file: BinaryIO) -> list[_Found]:
    """Where a packet belongs (behind JFIF and Exif, as Adobe's), and those that are there."""
    _exactly(file, 2)
    place, found, is_leading = 2, list[_Found](), True
    while True:
        start = file.tell()
        if _exactly(file, 1) != b"\xff":
            raise NotTakenApart("its segments are broken")
        code = _exactly(file, 1)[0]
        while code == 0xFF:  # noqa: PLR2004  (padding)
            start, code = start + 1, _exactly(file, 1)[0]
        if code == _EOI:
            break
        if code in _STANDALONE:
            continue
        body = _exactly(file, int.from_bytes(_exactly(file, 2), "big") - 2)
        if code == _SOS:
            break
        if code == _APP1 and body.startswith(_EXTENDED):
            raise NotTakenApart("its packet goes on in further segments (extended XMP)")
        if code == _APP1 and body.startswith(_XMP):
            found.append(_Found(body[len(_XMP) :], start, file.tell()))
        is_leading &= code == _APP0 or (code == _APP1 and body.startswith(_EXIF))
        if is_leading:
            place = file.tell()
    return [_Found(None, place, place), *found]


def _png(file: BinaryIO) -> list[_Found]:
    """Where a packet belongs (behind the header), and those that are there."""
    _exactly(file, 8)
    place, name, found = 0, b"", list[_Found]()
    while name != b"IEND":
        start = file.tell()
        head = _exactly(file, 8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        if name in _PNG_TEXTS and length <= LARGEST_PACKET:
            body = _exactly(file, length)
            if body.startswith(_PNG_RAW):
                raise NotTakenApart("it keeps its packet as ImageMagick once did")
            packet = _png_packet(body) if name == b"iTXt" else None
            if packet is not None:
                found.append(_Found(packet, start, file.tell() + 4))
        else:
            file.seek(length, 1)
        _exactly(file, 4)
        place = place or file.tell()
    return [_Found(None, place, place), *found]


def _png_packet(body: bytes) -> bytes | None:
    """The text of an iTXt chunk, if it is XMP: keyword, flags, language, translation, text."""
    keyword, _, after = body.partition(b"\0")
    if keyword != _PNG_XMP:
        return None
    parts = after[2:].split(b"\0", 2)
    if len(after) < 2 or len(parts) != 3:  # noqa: PLR2004  (flags; two texts and the packet)
        raise NotTakenApart("its packet is broken")
    if after[0]:
        raise NotTakenApart("its packet is compressed")  # and would not be put back the same
    return parts[2]


_WALKERS: dict[PhotoKind, Callable[[BinaryIO], list[_Found]]] = {
    PhotoKind.JPEG: _jpeg,
    PhotoKind.PNG: _png,
}


def _digest_without(file: BinaryIO, found: _Found) -> bytes:
    hasher = hashlib.blake2b(digest_size=32)
    file.seek(0)
    for piece in _pieces(file, found.start):
        hasher.update(piece)
    file.seek(found.end)
    while piece := file.read(_STEP):
        hasher.update(piece)
    return hasher.digest()


def _pieces(file: BinaryIO, count: int) -> Iterator[bytes]:
    while count:
        piece = _exactly(file, min(count, _STEP))
        count -= len(piece)
        yield piece


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count) if count >= 0 else b""
    if len(data) != count:
        raise NotTakenApart("it ends too early")
    return data
