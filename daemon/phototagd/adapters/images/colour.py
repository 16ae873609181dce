"""Any mode and profile that photos come in, to plain sRGB."""

import io
from typing import Any

import numpy as np
from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_LAB_TO_RGB = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _SRGB, "LAB", "RGB")
_PAPER = (255, 255, 255)
_PROFILE_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def plain(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: L, LA, RGB, RGBA, CMYK or LAB, 8 bit."""
    if image.mode in {"LA", "RGBA", "CMYK", "LAB"}:
        return image
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in {"1", "L"} else "RGBA")
    if image.mode in {"L", "RGB"}:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return _eight_bit_grey(image)
    return image.convert("RGB")  # P, RGBX, YCbCr, HSV, premultiplied


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A plain picture as opaque sRGB: profile applied, transparency shown on white paper.

    A profile that is broken or made for another kind of picture is ignored.
    """
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA"} else None
    if alpha is not None:
        image = image.convert("L" if image.mode == "LA" else "RGB")
    converted = _through_profile(image, profile) if profile else None
    if converted is None and image.mode == "LAB":
        converted = ImageCms.applyTransform(image, _LAB_TO_RGB)
    rgb = converted or image.convert("RGB")
    if alpha is None:
        return rgb
    paper = Image.new("RGB", rgb.size, _PAPER)
    paper.paste(rgb, mask=alpha)
    return paper


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _PROFILE_SPACES.get(image.mode):
            return None
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _eight_bit_grey(image: Image.Image) -> Image.Image:
    """16-bit, 32-bit and floating point grey; the scale is taken from what the mode means.

    I;16 is full scale. I mostly carries 16-bit values; F mostly 0 to 1. What exceeds that is
    scaled by its maximum, so that something is to be seen.
    """
    values: Any = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
    top = float(values.max(initial=0.0))
    usual = 1.0 if image.mode == "F" else 65535.0
    scale = 255.0 / max(usual, top)
    return Image.fromarray(np.clip(values * scale, 0, 255).astype(np.uint8))
