"""A photo as the daemon knows it: where it lies, what its bytes are, what its camera said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from phototagd.domain.sketch import Sketch

LibraryId = NewType("LibraryId", int)
AssetId = NewType("AssetId", int)
PathId = NewType("PathId", int)


class PhotoKind(StrEnum):
    """What a photo is by its content, whatever its name says."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    TIFF = "tiff"
    BMP = "bmp"
    AVIF = "avif"
    HEIF = "heif"
    RAW = "raw"


class PathState(StrEnum):
    """What became of a name in a watched folder."""

    KNOWN = "known"  # a photo with an asset
    FOREIGN = "foreign"  # not a photo, and not named like one: remembered, never read again
    WAITING = "waiting"  # named or shaped like a photo, cannot be read yet
    DEAD = "dead"  # named like a photo, can never be read


class Visibility(StrEnum):
    """Whether an asset may be shown; `private` after a private thing was seen in it."""

    VISIBLE = "visible"
    PRIVATE = "private"


class Stamp(NamedTuple):
    """What `lstat` says of a file's content; equal stamps mean an unread, unchanged file.

    A scan makes one for each of a million files: a tuple takes half the time.
    """

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class FolderStamp:
    """What `lstat` says of a folder; a scan may skip a folder whose stamp is old and equal."""

    mtime_ns: int
    ctime_ns: int
    inode: int


class Location(NamedTuple):
    """A name in a folder of a library; bytes from end to end, so any name is possible.

    `folder` is relative to the library's root, without a leading or trailing slash, and
    empty for the root itself.
    """

    library: LibraryId
    folder: bytes
    name: bytes

    @property
    def relative(self) -> bytes:
        """The path below the library's root."""
        return self.folder + b"/" + self.name if self.folder else self.name


@dataclass(frozen=True, slots=True)
class Identity:
    """What the bytes of a stable file are.

    `content_hash` covers the image data where the format lets us find it (JPEG, PNG, WebP),
    else the whole file; `covers_metadata` says which. `kind` is None for what is no photo:
    its hash is empty, and `looks_like` says in words what it seems to be.
    """

    kind: PhotoKind | None
    content_hash: str
    covers_metadata: bool
    stamp: Stamp
    looks_like: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo was taken, as words; `country_code` is ISO 3166-1 alpha-2."""

    city: str = ""
    state: str = ""
    country: str = ""
    country_code: str = ""


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """What the camera wrote; every field absent where it wrote nothing believable.

    `taken_at` is aware when the camera recorded its offset, else naive local time.
    `latitude` and `longitude` are WGS 84 degrees.
    """

    taken_at: datetime | None = None
    make: str = ""
    model: str = ""
    lens: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a photo file carries besides its pixels.

    `xmp` is the embedded packet as found; `iptc_keywords` and `iptc_caption` are the older
    IPTC-IIM spellings, decoded.
    """

    facts: CaptureFacts
    xmp: bytes | None = None
    iptc_keywords: tuple[str, ...] = ()
    iptc_caption: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo made ready for the model: upright sRGB baseline JPEG, and what it was before.

    `pixel_hash` identifies the decoded picture whatever metadata surrounds it; `sketch` says what
    it looks like.
    """

    jpeg: bytes
    width: int
    height: int
    original_width: int
    original_height: int
    kind: PhotoKind
    pixel_hash: str
    sketch: Sketch | None = None
