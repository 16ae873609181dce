"""What daemon and decoding process say to each other: requests, results, failures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from phototagd.domain.asset import CaptureFacts, Inspection, PhotoKind, Prepared
from phototagd.domain.gallery import SmallPicture, ThumbnailSize
from phototagd.domain.sketch import Sketch

Message = tuple[Mapping[str, object], bytes]


class Failure(StrEnum):
    """Why a photo gave no result, as the child knows it."""

    NOT_YET = "not_yet"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    MEMORY = "memory"  # the memory limit was reached


@dataclass(frozen=True, slots=True)
class Request:
    """One photo to work on: `long_side` for the model, `thumbnail` for people, else metadata."""

    photo: bytes
    long_side: int | None = None
    thumbnail: ThumbnailSize | None = None

    def to_message(self) -> Message:
        """The request as a frame; the path travels as raw bytes."""
        return {"long_side": self.long_side, "thumbnail": self.thumbnail}, self.photo

    @classmethod
    def from_message(cls, message: Message) -> "Request":
        """The request in a frame."""
        header, photo = message
        long_side, thumbnail = (
            None if header[key] is None else int(str(header[key]))
            for key in ("long_side", "thumbnail")
        )
        return cls(photo, long_side, None if thumbnail is None else ThumbnailSize(thumbnail))


READY: Message = ({"ready": True}, b"")
"""Said once by a child that has loaded its decoders."""


def failed(failure: Failure, reason: str) -> Message:
    """The reply for a photo that gave no result."""
    return {"failure": failure.value, "reason": reason}, b""


def failure_in(message: Message) -> tuple[Failure, str] | None:
    """The failure a reply tells of, or None for a result."""
    header, _ = message
    if "failure" not in header:
        return None
    return Failure(str(header["failure"])), str(header.get("reason", ""))


def prepared_message(prepared: Prepared) -> Message:
    """A prepared photo as a reply."""
    header = asdict(prepared)
    return header, header.pop("jpeg")


def prepared_in(message: Message) -> Prepared:
    """The prepared photo in a reply; raises KeyError, TypeError or ValueError for nonsense."""
    header, jpeg = message
    width, height, original_width, original_height = (
        int(str(header[key])) for key in ("width", "height", "original_width", "original_height")
    )
    return Prepared(
        jpeg=jpeg,
        width=width,
        height=height,
        original_width=original_width,
        original_height=original_height,
        kind=PhotoKind(str(header["kind"])),
        pixel_hash=str(header["pixel_hash"]),
        sketch=_sketch_in(header),
    )


def thumbnail_message(small: SmallPicture) -> Message:
    """A small picture as a reply."""
    header = asdict(small)
    return header, header.pop("webp")


def thumbnail_in(message: Message) -> SmallPicture:
    """The small picture in a reply; raises KeyError, TypeError or ValueError for nonsense."""
    header, webp = message
    sketch = _sketch_in(header)
    if sketch is None or not webp:
        raise ValueError("not a thumbnail")
    width, height = int(str(header["width"])), int(str(header["height"]))
    return SmallPicture(webp, width, height, sketch)


def _sketch_in(header: Mapping[str, object]) -> Sketch | None:
    fields = header["sketch"]
    return Sketch(**fields) if isinstance(fields, dict) else None


def inspection_message(inspection: Inspection) -> Message:
    """An inspection as a reply."""
    facts = asdict(inspection.facts)
    if inspection.facts.taken_at is not None:
        facts["taken_at"] = inspection.facts.taken_at.isoformat()
    header = {
        "facts": facts,
        "has_xmp": inspection.xmp is not None,
        "iptc_keywords": list(inspection.iptc_keywords),
        "iptc_caption": inspection.iptc_caption,
    }
    return header, inspection.xmp or b""


def inspection_in(message: Message) -> Inspection:
    """The inspection in a reply; raises KeyError, TypeError or ValueError for nonsense."""
    header, xmp = message
    facts, keywords = header["facts"], header["iptc_keywords"]
    if not isinstance(facts, dict) or not isinstance(keywords, list):
        raise TypeError("not an inspection")
    taken_at = facts.pop("taken_at")
    return Inspection(
        facts=CaptureFacts(
            taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
            **facts,
        ),
        xmp=xmp if header["has_xmp"] else None,
        iptc_keywords=tuple(str(keyword) for keyword in keywords),
        iptc_caption=str(header["iptc_caption"]),
    )
