"""The older IPTC-IIM spelling of keywords and caption (IIM 4.2, records 1 and 2)."""

from PIL import Image, ImageFile, IptcImagePlugin

_KEYWORDS, _CAPTION = (2, 25), (2, 120)
_MAX_KEYWORDS = 1000
_MAX_KEYWORD = 256
_MAX_CAPTION = 10_000


def iptc_words(image: Image.Image) -> tuple[tuple[str, ...], str]:
    """Keywords and caption of a JPEG or TIFF; empty when there are none or they are broken."""
    if not isinstance(image, ImageFile.ImageFile):
        return (), ""
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001  (metadata must never cost the photo)
        return (), ""
    words = (_text(raw)[:_MAX_KEYWORD] for raw in _values(records.get(_KEYWORDS)))
    keywords = tuple(dict.fromkeys(word for word in words if word))[:_MAX_KEYWORDS]
    captions = [_text(raw) for raw in _values(records.get(_CAPTION))]
    return keywords, captions[0][:_MAX_CAPTION] if captions else ""


def _values(value: bytes | list[bytes] | None) -> list[bytes]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(raw: bytes) -> str:
    """UTF-8 where it is valid; programs forget to announce it, so the announcement is not asked."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return text.replace("\0", "").strip()
