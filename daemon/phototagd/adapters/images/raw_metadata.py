"""Capture facts and XMP of RAW files that Pillow does not open.

CR3 keeps EXIF directories as TIFF blocks in boxes (lclevy/canon_cr3 describes them), RAF a
whole JPEG (offset and length at 84 and 88), ORF and RW2 are TIFF under another signature.
"""

import io
import struct
from typing import BinaryIO

from PIL import Image

from phototagd.adapters.images.boxes import Box, boxes
from phototagd.adapters.images.exif import Tags, facts_from, facts_of
from phototagd.domain.asset import CaptureFacts

_CR3_METADATA = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_MAX_BLOCK_BYTES = 8 << 20
_SCANNED_BYTES = 8 << 20
_XMP_BEGIN, _XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"


def raw_facts(file: BinaryIO) -> CaptureFacts:
    """The facts in a RAW file; whatever is wrong with it ends in absent facts."""
    file.seek(0)
    head = file.read(92)
    try:
        if head[4:8] == b"ftyp":
            return _cr3_facts(file)
        if head.startswith(b"FUJIFILM"):
            return _raf_facts(file, head)
        return _tiff_facts(file)
    except Exception:  # noqa: BLE001  (metadata must never cost the photo)
        return CaptureFacts()


def raw_xmp(file: BinaryIO) -> bytes | None:
    """The first XMP packet in the first megabytes, which is where all makers put it."""
    file.seek(0)
    data = file.read(_SCANNED_BYTES)
    begin = data.find(_XMP_BEGIN)
    end = data.find(_XMP_END, begin)
    return data[begin : end + len(_XMP_END)] if 0 <= begin < end else None


def _tiff_facts(file: BinaryIO) -> CaptureFacts:
    """TIFF, or a maker's variant of it made into TIFF by its two usual signature bytes."""
    file.seek(0)
    block = file.read(_MAX_BLOCK_BYTES)
    return facts_of(_exif(block))


def _raf_facts(file: BinaryIO, head: bytes) -> CaptureFacts:
    offset, length = struct.unpack(">II", head[84:92])
    file.seek(offset)
    with Image.open(
        io.BytesIO(file.read(min(length, _MAX_BLOCK_BYTES))), formats=("JPEG",)
    ) as jpeg:
        return facts_of(jpeg.getexif())


def _cr3_facts(file: BinaryIO) -> CaptureFacts:
    size = file.seek(0, 2)
    for movie in (box for box in boxes(file, 0, size) if box.name == b"moov"):
        for box in list(boxes(file, movie.start, movie.end)):
            file.seek(box.start)
            if box.name == b"uuid" and file.read(16) == _CR3_METADATA:
                inner = {part.name: part for part in boxes(file, box.start + 16, box.end)}
                return facts_from(
                    *(_block(file, inner.get(name)) for name in (b"CMT1", b"CMT2", b"CMT4"))
                )
    return CaptureFacts()


def _block(file: BinaryIO, box: Box | None) -> Tags:
    if box is None:
        return {}
    file.seek(box.start)
    return _exif(file.read(min(box.end - box.start, _MAX_BLOCK_BYTES)))


def _exif(block: bytes) -> Image.Exif:
    signature = b"II*\0" if block.startswith(b"II") else b"MM\0*"
    exif = Image.Exif()
    exif.load(signature + block[4:])
    return exif
