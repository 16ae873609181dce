"""A minimal DNG (Adobe DNG 1.4): uncompressed Bayer data, with or without a JPEG preview."""

import io
import struct
from pathlib import Path

import numpy as np
from PIL import Image

from doubles.pictures import draw

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SRATIONAL = 1, 2, 3, 4, 5, 10
_SIZES = {_BYTE: 1, _ASCII: 1, _SHORT: 2, _LONG: 4, _RATIONAL: 8, _SRATIONAL: 8}
_CODES = {_BYTE: "B", _ASCII: "B", _SHORT: "H", _LONG: "I", _RATIONAL: "I", _SRATIONAL: "i"}
_XYZ_TO_CAMERA = (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570)

Tags = dict[int, tuple[int, tuple[int, ...]]]


def make_dng(
    path: Path,
    *,
    seed: int = 0,
    size: tuple[int, int] = (320, 240),
    orientation: int = 1,
    preview: tuple[int, int] | None = None,
) -> Path:
    """Write a DNG of `draw(seed, size)`, stored as is, to be turned as `orientation` says.

    `preview` is the size of the embedded JPEG; it shows the same picture.
    """
    raw = _bayer(draw(seed, size))
    image: Tags = {
        254: (_LONG, (0,)),
        256: (_LONG, (size[0],)),
        257: (_LONG, (size[1],)),
        258: (_SHORT, (16,)),
        259: (_SHORT, (1,)),
        262: (_SHORT, (32803,)),
        277: (_SHORT, (1,)),
        278: (_LONG, (size[1],)),
        279: (_LONG, (len(raw),)),
        33421: (_SHORT, (2, 2)),
        33422: (_BYTE, (0, 1, 1, 2)),
        50717: (_LONG, (65535,)),
    }
    camera: Tags = {
        271: (_ASCII, _text("Acme")),
        272: (_ASCII, _text("Acme One")),
        274: (_SHORT, (orientation,)),
        50706: (_BYTE, (1, 4, 0, 0)),
        50708: (_ASCII, _text("Acme One")),
        50721: (_SRATIONAL, tuple(n for v in _XYZ_TO_CAMERA for n in (v, 10000))),
        50728: (_RATIONAL, (1, 1, 1, 1, 1, 1)),
        50778: (_SHORT, (21,)),
    }
    if preview is None:
        path.write_bytes(_file([(image | camera, raw)]))
    else:
        buffer = io.BytesIO()
        draw(seed, size).resize(preview).save(buffer, "JPEG", quality=90)
        path.write_bytes(
            _file([(_preview_tags(preview, buffer) | camera, buffer.getvalue()), (image, raw)])
        )
    return path


def _preview_tags(size: tuple[int, int], jpeg: io.BytesIO) -> Tags:
    return {
        254: (_LONG, (1,)),
        256: (_LONG, (size[0],)),
        257: (_LONG, (size[1],)),
        258: (_SHORT, (8, 8, 8)),
        259: (_SHORT, (7,)),
        262: (_SHORT, (6,)),
        277: (_SHORT, (3,)),
        278: (_LONG, (size[1],)),
        279: (_LONG, (len(jpeg.getvalue()),)),
    }


def _file(parts: list[tuple[Tags, bytes]]) -> bytes:
    """The header, each directory followed by its data; the second is a SubIFD of the first."""
    start = 8
    body = b""
    for index, (tags, data) in enumerate(parts):
        is_parent = index == 0 and len(parts) > 1
        extra: Tags = {273: (_LONG, (0,))} | ({330: (_LONG, (0,))} if is_parent else {})
        length = len(_directory(tags | extra, start))
        extra[273] = (_LONG, (start + length,))
        if is_parent:
            extra[330] = (_LONG, (start + length + len(data) + len(data) % 2,))
        part = _directory(tags | extra, start) + data + b"\0" * (len(data) % 2)
        body += part
        start += len(part)
    return struct.pack("<2sHI", b"II", 42, 8) + body


def _directory(tags: Tags, start: int) -> bytes:
    outside_at = start + 2 + 12 * len(tags) + 4
    entries, outside = b"", b""
    for tag, (kind, numbers) in sorted(tags.items()):
        value = struct.pack(f"<{len(numbers)}{_CODES[kind]}", *numbers)
        count = len(value) // _SIZES[kind]
        if len(value) > 4:
            entries += struct.pack("<HHII", tag, kind, count, outside_at + len(outside))
            outside += value + b"\0" * (len(value) % 2)
        else:
            entries += struct.pack("<HHI4s", tag, kind, count, value)
    directory = struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0) + outside
    return directory + b"\0" * (len(directory) % 2)


def _text(words: str) -> tuple[int, ...]:
    return tuple(words.encode() + b"\0")


def _bayer(image: Image.Image) -> bytes:
    """RGGB samples, linear light, 16 bit."""
    linear = (np.asarray(image, dtype=np.float64) / 255.0) ** 2.2 * 65535
    samples = np.zeros(linear.shape[:2], dtype="<u2")
    for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
        samples[row::2, column::2] = linear[row::2, column::2, channel]
    return samples.tobytes()
