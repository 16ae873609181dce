"""How is an uploaded photo called in a folder, whatever its sender called it?"""

import re
import unicodedata

from phototagd.domain.asset import PhotoKind
from phototagd.rules.photo.kinds import looks_like_photo

_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')  # on one system or another
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_MOST_BYTES = 200  # of 255: a number, and a sidecar's suffix, may come behind
_SUFFIXES = {PhotoKind.JPEG: "jpg", PhotoKind.TIFF: "tif", PhotoKind.HEIF: "heic"}
_UNNAMED = "photo"


def safe_name(wanted: str, kind: PhotoKind) -> bytes:
    """A name that every system takes, that hides nothing, and that promises a photo.

    What stands before a slash goes; the suffix stays when it is one of photos, else that of
    the kind is added.
    """
    last = re.split(r"[/\\]", wanted)[-1]
    text = unicodedata.normalize("NFC", last.encode("utf-8", "ignore").decode("utf-8"))
    text = _FORBIDDEN.sub("_", "".join(char for char in text if char.isprintable()))
    text = text.strip(" .").lstrip("~$. ")
    if not looks_like_photo(text.encode()):
        text = f"{text or _UNNAMED}.{_SUFFIXES.get(kind, kind.value)}"
    stem, _, suffix = text.rpartition(".")
    stem = _cut(stem, _MOST_BYTES - len(suffix.encode()) - 1).rstrip(" .")
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem or _UNNAMED}.{suffix}".encode()


def numbered(name: bytes, number: int) -> bytes:
    """The name for the second, third … photo that is called so: `IMG (2).jpg`."""
    if number == 1:
        return name
    stem, dot, suffix = name.rpartition(b".")
    return b"%b (%d)%b%b" % (stem, number, dot, suffix)


def taken_beside(name: bytes) -> tuple[bytes, ...]:
    """Names that must be free too: sidecars of a photo called so would be taken for its own."""
    stem = name.rpartition(b".")[0]
    return name + b".xmp", name + b".XMP", stem + b".xmp", stem + b".XMP"


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")
