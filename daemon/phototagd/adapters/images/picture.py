"""A picture as its decoder gives it, and how Pillow opens each kind."""

import io
import math
from dataclasses import dataclass
from typing import BinaryIO

import pi_heif
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from phototagd.adapters.images.colour import plain
from phototagd.domain.asset import PhotoKind
from phototagd.domain.errors import Unreadable

pi_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # `refuse_if_too_large` says it with a reason
PngImagePlugin.MAX_TEXT_CHUNK = 16 << 20  # generators put megabytes of notes into a PNG

# Naming the format keeps a file that pretends to be another from reaching other decoders.
_OPENERS: dict[PhotoKind, type[ImageFile.ImageFile]] = {
    PhotoKind.AVIF: AvifImagePlugin.AvifImageFile,
    PhotoKind.BMP: BmpImagePlugin.BmpImageFile,
    PhotoKind.GIF: GifImagePlugin.GifImageFile,
    PhotoKind.HEIF: pi_heif.HeifImageFile,
    PhotoKind.JPEG: JpegImagePlugin.JpegImageFile,
    PhotoKind.PNG: PngImagePlugin.PngImageFile,
    PhotoKind.TIFF: TiffImagePlugin.TiffImageFile,
    PhotoKind.WEBP: WebPImagePlugin.WebPImageFile,
}

_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})  # orientations that swap width and height
_UPRIGHT: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The first frame, fully decoded, in a plain mode, not yet upright.

    `width` and `height` are those of the whole picture as stored; `image` may have been
    decoded smaller. `orientation` is what is still to be done, as EXIF counts (1 to 8).
    """

    image: Image.Image
    width: int
    height: int
    orientation: int = 1
    profile: bytes | None = None
    is_scalable: bool = False  # another `long_side` may decode to other pixels

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the whole picture when upright."""
        if self.orientation in _TURNED:
            return self.height, self.width
        return self.width, self.height


def open_image(file: BinaryIO, kind: PhotoKind) -> Image.Image:
    """Read the header of a photo of a known kind; foreign errors pass through."""
    opener = _OPENERS[kind]
    file.seek(0)
    return Image.open(file, formats=(str(opener.format),))


def decode_image(file: BinaryIO, kind: PhotoKind, *, long_side: int, max_pixels: int) -> Picture:
    """Decode the first frame completely; foreign errors pass through.

    A JPEG may be decoded at a half, quarter or eighth as long as its long side keeps
    `long_side` pixels. Raises Unreadable for more than `max_pixels`.
    """
    with open_image(file, kind) as image:
        width, height = image.size
        refuse_if_too_large(width, height, max_pixels)
        if kind is PhotoKind.JPEG:
            image.draft(None, _draft_size(width, height, long_side))
        image.load()
        if kind is not PhotoKind.JPEG:
            width, height = image.size  # some decoders know the true size only now
        return Picture(
            image=plain(image),
            width=width,
            height=height,
            orientation=orientation_of(image),
            profile=image.info.get("icc_profile"),
            is_scalable=kind is PhotoKind.JPEG,
        )


def decode_jpeg_bytes(data: bytes, *, long_side: int, max_pixels: int) -> Picture:
    """The same for a JPEG in memory, such as a preview."""
    return decode_image(
        io.BytesIO(data), PhotoKind.JPEG, long_side=long_side, max_pixels=max_pixels
    )


def refuse_if_too_large(width: int, height: int, max_pixels: int) -> None:
    """Raises Unreadable for a picture that would not fit, before it is decoded."""
    if width * height > max_pixels:
        raise Unreadable(
            f"{width} x {height} is {width * height / 1e6:.0f} megapixels, "
            f"more than the {max_pixels / 1e6:.0f} that are allowed"
        )


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 when it is missing, broken or unknown."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  (broken EXIF must not cost the picture)
        return 1
    return value if value in _UPRIGHT else 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The image turned and mirrored as the orientation asks."""
    how = _UPRIGHT.get(orientation)
    return image if how is None else image.transpose(how)


def _draft_size(width: int, height: int, long_side: int) -> tuple[int, int]:
    """The wanted size with the photo's aspect; a square would halve the gain."""
    scale = min(1.0, long_side / max(width, height))
    return math.ceil(width * scale), math.ceil(height * scale)
