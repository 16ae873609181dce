"""Photos of 24 megapixels: a few are encoded, many are made distinct by a few bytes."""

import os
from collections.abc import Sequence
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT = 6000, 4000
_TABLE_MARKER = b"\xff\xdb"
_LAST_FREQUENCIES = 60  # of 64: what nobody sees


def encoded(*, progressive: bool = False) -> bytes:
    """One JPEG of about 6 MB, as noisy as a photo."""
    noise = Image.frombytes("RGB", (750, 500), os.urandom(750 * 500 * 3))
    large = noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    file = BytesIO()
    large.save(file, "JPEG", quality=85, progressive=progressive)
    return file.getvalue()


def distinct(photo: bytes, number: int) -> bytes:
    """The same photo with other coefficients: another content, decoded as slowly."""
    at = photo.index(_TABLE_MARKER) + 5 + _LAST_FREQUENCIES
    changed = bytearray(photo)
    changed[at], changed[at + 1] = 1 + number % 255, 1 + number // 255
    return bytes(changed)


def write_distinct_heic(folder: Path, photos: Sequence[bytes], count: int) -> list[Path]:
    """So many files from fewer photos, each with a number in a box that decoders pass over."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04d}.heic" for number in range(count)]
    for number, (path, photo) in enumerate(zip(paths, cycle(photos), strict=False)):
        path.write_bytes(photo + (16).to_bytes(4) + b"free" + number.to_bytes(8))
    return paths


def write_distinct(folder: Path, photo: bytes, count: int, *, first: int = 0) -> list[Path]:
    """So many distinct photos in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04d}.jpg" for number in range(first, first + count)]
    for number, path in enumerate(paths, start=first):
        path.write_bytes(distinct(photo, number))
    return paths
