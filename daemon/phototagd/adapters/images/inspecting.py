"""What a photo file carries besides its pixels: camera facts, XMP, IPTC words."""

from typing import BinaryIO

from PIL import Image

from phototagd.adapters.images.exif import facts_of
from phototagd.adapters.images.iptc import iptc_words
from phototagd.adapters.images.opening import opened
from phototagd.adapters.images.picture import open_image, refuse_if_too_large
from phototagd.adapters.images.raw_metadata import raw_facts, raw_xmp
from phototagd.domain.asset import CaptureFacts, Inspection, PhotoKind

_MAX_XMP_BYTES = 16 << 20
_XMP_KEYS = ("xmp", "XML:com.adobe.xmp")
_TIFF_XMP = 700


def inspect(photo: bytes, *, max_pixels: int) -> Inspection:
    """Facts and words embedded in the photo at an absolute path.

    Broken metadata counts as absent. The pixels are not decoded, except for PNG, which may
    keep its metadata behind them. Raises NotYet, Unreadable, Vanished, or MemoryError.
    Extended XMP (the part of a JPEG's packet beyond 64 KB) is not read.
    """
    with opened(photo) as (file, kind):
        if kind is PhotoKind.RAW:
            return Inspection(facts=raw_facts(file), xmp=_bounded(raw_xmp(file)))
        return _inspect_image(file, kind, max_pixels)


def _inspect_image(file: BinaryIO, kind: PhotoKind, max_pixels: int) -> Inspection:
    with open_image(file, kind) as image:
        if kind is PhotoKind.PNG:
            refuse_if_too_large(*image.size, max_pixels)
            image.load()
        keywords, caption = iptc_words(image)
        return Inspection(
            facts=_facts(image),
            xmp=_bounded(_packet(image)),
            iptc_keywords=keywords,
            iptc_caption=caption,
        )


def _facts(image: Image.Image) -> CaptureFacts:
    try:
        return facts_of(image.getexif())
    except Exception:  # noqa: BLE001  (metadata must never cost the photo)
        return CaptureFacts()


def _packet(image: Image.Image) -> bytes | None:
    for key in _XMP_KEYS:
        packet = image.info.get(key)
        if packet:
            return packet.encode() if isinstance(packet, str) else bytes(packet)
    packet = getattr(image, "tag_v2", {}).get(_TIFF_XMP)
    return packet if isinstance(packet, bytes) else None


def _bounded(packet: bytes | None) -> bytes | None:
    return packet if packet and len(packet) <= _MAX_XMP_BYTES else None
