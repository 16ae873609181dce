"""Test photos of every kind: small, deterministic by seed, with the metadata a test asks for.

Every picture is asymmetrical: its upper left quarter is red, its upper right green, its lower
left blue, the rest carries a pattern that depends on the seed.
"""

import io
import random
import zlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, TiffImagePlugin

CORNERS = ((220, 30, 30), (30, 200, 30), (30, 30, 220))
"""Colours of the upper left, upper right and lower left quarter."""

_ORIENTATION, _MAKE, _MODEL = 0x0112, 0x010F, 0x0110
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_STORED_BY_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def draw(seed: int = 0, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """An upright RGB picture."""
    width, height = size
    image = Image.new("RGB", size, (200, 200, 200))
    pen = ImageDraw.Draw(image)
    chance = random.Random(seed)
    for _ in range(12):
        x, y = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(256) for _ in "rgb")
        pen.rectangle((x, y, x + width // 8, y + height // 8), fill=colour)
    middle_x, middle_y = width // 2, height // 2
    pen.rectangle((0, 0, middle_x - 1, middle_y - 1), fill=CORNERS[0])
    pen.rectangle((middle_x, 0, width, middle_y - 1), fill=CORNERS[1])
    pen.rectangle((0, middle_y, middle_x - 1, height), fill=CORNERS[2])
    return image


def exif_block(
    *,
    taken: str = "",
    offset: str = "",
    gps: tuple[float, float] | None = None,
    make: str = "",
    model: str = "",
    lens: str = "",
    orientation: int = 1,
) -> bytes:
    """An EXIF block; `gps` is latitude and longitude in degrees."""
    exif = Image.Exif()
    if orientation != 1:
        exif[_ORIENTATION] = orientation
    for tag, text in ((_MAKE, make), (_MODEL, model)):
        if text:
            exif[tag] = text
    camera = exif.get_ifd(_EXIF_IFD)
    for tag, text in ((0x9003, taken), (0x9011, offset), (0xA434, lens)):
        if text:
            camera[tag] = text
    if gps is not None:
        directory = exif.get_ifd(_GPS_IFD)
        directory[1], directory[2] = "S" if gps[0] < 0 else "N", _sexagesimal(gps[0])
        directory[3], directory[4] = "W" if gps[1] < 0 else "E", _sexagesimal(gps[1])
    return exif.tobytes()


def make_jpeg(
    path: Path,
    *,
    seed: int = 0,
    size: tuple[int, int] = (320, 240),
    orientation: int = 1,
    keywords: Sequence[str] = (),
    caption: str = "",
    xmp: bytes | None = None,
    progressive: bool = False,
    **exif: Any,
) -> Path:
    """A JPEG as a camera stores it: turned as `orientation` says; other words as `exif_block`.

    `keywords` and `caption` become IPTC-IIM, `xmp` the embedded packet.
    """
    turn = _STORED_BY_ORIENTATION.get(orientation)
    upright = draw(seed, size)
    stored = upright.transpose(turn) if turn is not None else upright
    options: dict[str, Any] = {"exif": exif_block(orientation=orientation, **exif)}
    if xmp is not None:
        options["xmp"] = xmp
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", quality=90, progressive=progressive, **options)
    data = buffer.getvalue()
    if keywords or caption:
        data = data[:2] + _iptc_segment(keywords, caption) + data[2:]
    path.write_bytes(data)
    return path


def make_image(path: Path, image: Image.Image | None = None, *, seed: int = 0, **save: Any) -> Path:
    """Any kind that Pillow writes, named by the path's extension."""
    (draw(seed) if image is None else image).save(path, **save)
    return path


def make_png(path: Path, *, seed: int = 0, size: tuple[int, int] = (320, 240)) -> Path:
    """A PNG of a drawn picture."""
    return make_image(path, draw(seed, size))


def make_animation(path: Path, *, seed: int = 0) -> Path:
    """Two frames (GIF, WebP, PNG); the first is that of `draw`."""
    frames = [draw(seed + number) for number in range(2)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    return path


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims a size, as a decompression bomb does."""
    buffer = io.BytesIO()
    Image.new("1", (1, 1)).save(buffer, "PNG")
    data = bytearray(buffer.getvalue())
    header = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes(data[24:29])
    return bytes(data[:12]) + header + _crc(header) + bytes(data[33:])


def _crc(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _sexagesimal(degrees: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    value = Fraction(abs(degrees)).limit_denominator(10_000_000)
    whole, rest = divmod(value, 1)
    minutes, seconds = divmod(rest * 60, 1)
    exact = (whole, minutes, (seconds * 60).limit_denominator(1_000_000))
    return tuple(TiffImagePlugin.IFDRational(*Fraction(part).as_integer_ratio()) for part in exact)


def _iptc_segment(keywords: Sequence[str], caption: str) -> bytes:
    """An APP13 segment with Photoshop's resource 0x0404 (IIM records in UTF-8)."""
    records = b"".join(_iptc_record(25, word) for word in keywords)
    if caption:
        records += _iptc_record(120, caption)
    records += b"\0" * (len(records) % 2)
    resource = b"8BIM\x04\x04\0\0" + len(records).to_bytes(4, "big") + records
    body = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def _iptc_record(dataset: int, text: str) -> bytes:
    data = text.encode()
    return bytes((0x1C, 2, dataset)) + len(data).to_bytes(2, "big") + data
