"""A photo made ready for the model: fully decoded, upright, sRGB, small, baseline JPEG."""

import hashlib
import io
from typing import BinaryIO

import rawpy
from PIL import Image

from phototagd.adapters.images.colour import to_srgb
from phototagd.adapters.images.opening import opened
from phototagd.adapters.images.picture import Picture, decode_image, upright
from phototagd.adapters.images.raw import decode_raw
from phototagd.adapters.images.sketching import sketch_of
from phototagd.domain.asset import PhotoKind, Prepared
from phototagd.rules.answers.framing import frame_for

_CANONICAL_SIDE = 1024
"""Long side in pixels of the picture that the pixel hash covers."""

_HASH_SCHEME = "pixels1"
_DIGEST_BYTES = 20
_QUALITY = 90
_REDUCING_GAP = 3.0  # Pillow halves coarsely first and keeps three times the size for LANCZOS
_MARGIN = (255, 255, 255)


def prepare(photo: bytes, *, long_side: int, max_pixels: int) -> Prepared:
    """The photo at an absolute path, for a model that takes `long_side` pixels.

    The pixel hash covers the decoded picture at a fixed size, before colour profile and (but
    for kinds whose decoder turns the picture itself: HEIF, TIFF) before orientation, so that
    neither edited metadata nor another `long_side` changes it. Raises NotYet, Unreadable,
    Vanished, or MemoryError.
    """
    with opened(photo) as (file, kind):
        picture = decoded(file, kind, max(long_side, _CANONICAL_SIDE), max_pixels)
        if long_side > _CANONICAL_SIDE and picture.is_scalable:
            hashed = decoded(file, kind, _CANONICAL_SIDE, max_pixels).image
        else:
            hashed = picture.image
        canonical = reduced(hashed, _CANONICAL_SIDE)
        source = canonical if long_side <= _CANONICAL_SIDE else picture.image
        image = _framed(source, picture, long_side)
        return Prepared(
            jpeg=_jpeg(image),
            width=image.width,
            height=image.height,
            original_width=picture.upright_size[0],
            original_height=picture.upright_size[1],
            kind=kind,
            pixel_hash=_pixel_hash(canonical),
            sketch=sketch_of(canonical, picture.orientation),
        )


def decoded(file: BinaryIO, kind: PhotoKind, long_side: int, max_pixels: int) -> Picture:
    """The photo with about `long_side` pixels or more; foreign errors pass through."""
    if kind is PhotoKind.RAW:
        try:
            return decode_raw(file, long_side=long_side, max_pixels=max_pixels)
        except rawpy.LibRawFileUnsupportedError:
            if not _is_tiff(file):
                raise
            kind = PhotoKind.TIFF  # an ordinary TIFF under a RAW name
    return decode_image(file, kind, long_side=long_side, max_pixels=max_pixels)


def _is_tiff(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(4) in {b"II*\0", b"MM\0*"}


def reduced(image: Image.Image, long_side: int) -> Image.Image:
    """The picture with at most `long_side` pixels; a smaller one stays as it is."""
    longest = max(image.size)
    if longest <= long_side:
        return image
    width, height = (max(1, round(side * long_side / longest)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)


def _framed(source: Image.Image, picture: Picture, long_side: int) -> Image.Image:
    """The picture upright, in colours, and in the frame that suits the model."""
    image = upright(to_srgb(reduced(source, long_side), picture.profile), picture.orientation)
    frame = frame_for(*image.size, long_side)
    size = (frame.width, frame.height)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    canvas_size = (frame.canvas_width, frame.canvas_height)
    if canvas_size == size:
        return image
    canvas = Image.new("RGB", canvas_size, _MARGIN)
    canvas.paste(image, ((canvas_size[0] - size[0]) // 2, (canvas_size[1] - size[1]) // 2))
    return canvas


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.info = {}  # Pillow would carry the comment over
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return buffer.getvalue()


def _pixel_hash(image: Image.Image) -> str:
    hasher = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    hasher.update(f"{image.mode} {image.width} {image.height} ".encode())
    hasher.update(image.tobytes())
    return f"{_HASH_SCHEME}:{hasher.hexdigest()}"
