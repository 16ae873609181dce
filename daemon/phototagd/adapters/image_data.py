"""Streams that part of a JPEG, PNG or WebP file that makes the picture, without metadata.

Formats: ISO 10918-1 Annex B (JPEG markers), W3C PNG (chunks), RFC 9649 (WebP chunks). All
walkers read forward in bounded steps and raise `Malformed` as soon as the structure breaks.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from phototagd.domain.asset import PhotoKind

_STEP = 1 << 18

_SOI, _EOI, _SOS, _APP0, _APP14, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE, 0xEF, 0xFE
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
# Inside coded data 0xFF is followed by a stuffed zero or a restart marker; anything else ends
# it. A run of 0xFF is padding before a marker.
_END_OF_CODED_DATA = re.compile(rb"\xff[^\x00\xd0-\xd7]")

# What changes the pixels; tRNS is ancillary by its letter but makes things transparent.
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"acTL", b"fcTL", b"fdAT"})
# VP8X only announces the others, and its flags change when metadata comes or goes.
_WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})


class Malformed(Exception):
    """The file does not have the structure its first bytes promise."""


def image_data(file: BinaryIO, kind: PhotoKind) -> Iterator[bytes] | None:
    """The image data of an open file, piece by piece, or None where no walker exists.

    The pieces of one picture are the same whatever EXIF, XMP, IPTC, ICC profile, comment or
    trailer surrounds it. Raises Malformed while iterating.
    """
    walker = _WALKERS.get(kind)
    return walker(file) if walker else None


def _jpeg(file: BinaryIO) -> Iterator[bytes]:
    """All segments but APPn and COM, up to the end of the (first) image.

    APP14 stays in: Adobe's colour transform flag decides how the numbers become colours.
    """
    if _exactly(file, 2) != bytes((0xFF, _SOI)):
        raise Malformed
    if _exactly(file, 1) != b"\xff":
        raise Malformed
    while True:
        marker = _exactly(file, 1)
        while marker == b"\xff":
            marker = _exactly(file, 1)
        code = marker[0]
        if code == _EOI:
            return
        if code not in _STANDALONE:
            length = _exactly(file, 2)
            body = _exactly(file, int.from_bytes(length, "big") - 2)
            if code == _APP14 or not (_APP0 <= code <= _APP15 or code == _COM):
                yield marker + length + body
        if code == _SOS:
            yield from _coded_data(file)
        elif _exactly(file, 1) != b"\xff":
            raise Malformed


def _coded_data(file: BinaryIO) -> Iterator[bytes]:
    """Entropy-coded data up to the next marker; leaves the file after that marker's 0xFF."""
    held = b""
    while True:
        block = file.read(_STEP)
        if not block:
            raise Malformed
        window = held + block
        end = _END_OF_CODED_DATA.search(window)
        if end is not None:
            yield window[: end.start()]
            file.seek(end.start() + 1 - len(window), 1)
            return
        held = b"\xff" if window.endswith(b"\xff") else b""
        yield window[: len(window) - len(held)]


def _png(file: BinaryIO) -> Iterator[bytes]:
    """The chunks that make pixels; how IDAT is cut into chunks does not count."""
    _exactly(file, 8)
    previous = b""
    while True:
        length = int.from_bytes(_exactly(file, 4), "big")
        name = _exactly(file, 4)
        if name == b"IEND":
            return
        if name in _PNG_CHUNKS:
            if (name, previous) != (b"IDAT", b"IDAT"):
                yield name
            yield from _pieces(file, length)
        else:
            _skip(file, length)
        previous = name
        _exactly(file, 4)  # the CRC follows from the rest


def _webp(file: BinaryIO) -> Iterator[bytes]:
    """The chunks that make pixels, within the size that the RIFF header claims."""
    header = _exactly(file, 12)
    left = int.from_bytes(header[4:8], "little") - 4
    while left >= 8:  # noqa: PLR2004  (a chunk's header)
        name = _exactly(file, 4)
        length = int.from_bytes(_exactly(file, 4), "little")
        if name in _WEBP_CHUNKS:
            yield name
            yield from _pieces(file, length)
        else:
            _skip(file, length)
        left -= 8 + length + length % 2
        if length % 2 and left >= 0:
            _exactly(file, 1)
    if left < 0:
        raise Malformed


_WALKERS: dict[PhotoKind, Callable[[BinaryIO], Iterator[bytes]]] = {
    PhotoKind.JPEG: _jpeg,
    PhotoKind.PNG: _png,
    PhotoKind.WEBP: _webp,
}


def _exactly(file: BinaryIO, count: int) -> bytes:
    if count < 0:
        raise Malformed
    data = file.read(count)
    if len(data) != count:
        raise Malformed
    return data


def _pieces(file: BinaryIO, count: int) -> Iterator[bytes]:
    while count:
        piece = _exactly(file, min(count, _STEP))
        count -= len(piece)
        yield piece


def _skip(file: BinaryIO, count: int) -> None:
    """Pass over data; its last byte is read, because seeking past the end is no error."""
    if count:
        file.seek(count - 1, 1)
        _exactly(file, 1)
