"""What a camera wrote into EXIF, as far as it can be believed.

Tags: EXIF 2.32 (CIPA DC-008-2019).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from phototagd.domain.asset import CaptureFacts
from phototagd.rules.photo.capture import plain_text, position, taken_at

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL = 0x010F, 0x0110
_TIME_ORIGINAL, _OFFSET_ORIGINAL, _LENS_MODEL = 0x9003, 0x9011, 0xA434
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4

Tags = Mapping[int, Any]


def facts_of(exif: Image.Exif) -> CaptureFacts:
    """The facts in an EXIF block; broken parts are left out."""
    return facts_from(exif, _directory(exif, _EXIF_IFD), _directory(exif, _GPS_IFD))


def facts_from(image: Tags, camera: Tags, gps: Tags) -> CaptureFacts:
    """The facts in the three directories that hold them: image, Exif and GPS."""
    where = position(
        _numbers(gps.get(_LATITUDE)),
        _text(gps.get(_LATITUDE_REF)),
        _numbers(gps.get(_LONGITUDE)),
        _text(gps.get(_LONGITUDE_REF)),
    )
    return CaptureFacts(
        taken_at=taken_at(_text(camera.get(_TIME_ORIGINAL)), _text(camera.get(_OFFSET_ORIGINAL))),
        make=plain_text(_text(image.get(_MAKE))),
        model=plain_text(_text(image.get(_MODEL))),
        lens=plain_text(_text(camera.get(_LENS_MODEL))),
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
    )


def _directory(exif: Image.Exif, which: int) -> Tags:
    try:
        return exif.get_ifd(which)
    except Exception:  # noqa: BLE001  (anything may be wrong in there; the rest still counts)
        return {}


def _text(value: object) -> str:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _numbers(value: object) -> Sequence[float]:
    """Rationals as floats; nothing when one of them is no number (0/0 is not a number)."""
    if not isinstance(value, tuple):
        return ()
    try:
        return tuple(float(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return ()
