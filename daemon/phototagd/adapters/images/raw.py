"""RAW photos: the preview the camera embedded, or a quick development without one."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import rawpy
from PIL import Image

from phototagd.adapters.images.picture import Picture, decode_jpeg_bytes, refuse_if_too_large
from phototagd.domain.errors import Unreadable

_PREVIEW_ENOUGH = 768
"""Long side in pixels from which a preview shows what there is to see."""

# LibRaw counts quarter turns its own way; the right side is EXIF.
_EXIF_ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}


def decode_raw(file: BinaryIO, *, long_side: int, max_pixels: int) -> Picture:
    """The preview of a RAW photo if it is large enough, else half-size demosaicing.

    `width` and `height` are those of the photo, not of the preview. Raises MemoryError;
    LibRaw's other errors pass through.
    """
    with rawpy.RawPy() as raw:
        try:
            _open(raw, file)
            sizes = raw.sizes
            refuse_if_too_large(sizes.width, sizes.height, max_pixels)
            preview = _preview(raw, long_side, max_pixels)
            if preview is None:
                image = _developed(raw)
                return Picture(
                    image=image,
                    width=sizes.width,
                    height=sizes.height,
                    orientation=_EXIF_ORIENTATIONS.get(sizes.flip, 1),
                )
        except (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawMemPoolOverflowError) as error:
            raise MemoryError from error
    orientation = _preview_orientation(preview, sizes)
    turned = (preview.width > preview.height) != (sizes.width > sizes.height)
    return Picture(
        image=preview.image,
        width=sizes.height if turned else sizes.width,
        height=sizes.width if turned else sizes.height,
        orientation=orientation,
        profile=preview.profile,
        is_scalable=preview.is_scalable,
    )


def _open(raw: rawpy.RawPy, file: BinaryIO) -> None:
    """By descriptor, so that LibRaw reads only the parts it needs, of the very same file."""
    same_file = Path(f"/dev/fd/{file.fileno()}")
    if same_file.exists():
        raw.open_file(str(same_file))
    else:
        file.seek(0)
        raw.open_buffer(file)


def _preview(raw: rawpy.RawPy, long_side: int, max_pixels: int) -> Picture | None:
    """The embedded preview, None when there is none that is whole and large enough."""
    try:
        thumbnail = raw.extract_thumb()
        if isinstance(thumbnail.data, bytes):
            picture = decode_jpeg_bytes(thumbnail.data, long_side=long_side, max_pixels=max_pixels)
        else:
            image = Image.fromarray(np.ascontiguousarray(thumbnail.data))
            picture = Picture(image=image, width=image.width, height=image.height)
    except (rawpy.LibRawNonFatalError, OSError, SyntaxError, ValueError, Unreadable):
        return None
    whole = max(raw.sizes.width, raw.sizes.height)
    return picture if max(picture.width, picture.height) >= min(_PREVIEW_ENOUGH, whole) else None


def _developed(raw: rawpy.RawPy) -> Image.Image:
    pixels = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8, user_flip=0)
    return Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)


def _preview_orientation(preview: Picture, sizes: "rawpy.ImageSizes") -> int:
    """Its own EXIF, else that of the RAW unless the camera stored the preview upright."""
    if preview.orientation != 1:
        return preview.orientation
    orientation = _EXIF_ORIENTATIONS.get(sizes.flip, 1)
    preview_is_tall = preview.height > preview.width
    raw_is_tall = sizes.height > sizes.width
    is_quarter_turn = orientation in {6, 8}
    return 1 if is_quarter_turn and preview_is_tall != raw_is_tall else orientation
