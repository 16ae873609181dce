"""How values lie in columns: times, stamps, JSON, and text that may hold stray bytes."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from phototagd.domain.asset import CaptureFacts, FolderStamp, Place, Stamp
from phototagd.domain.library import RootIdentity

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(at: datetime) -> int:
    """Milliseconds since 1970 UTC, rounded down."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime:
    """The aware UTC time of a column."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def duration_ms(duration: timedelta) -> int:
    """A duration in milliseconds, rounded down."""
    return duration // timedelta(milliseconds=1)


def plain(text: str) -> str:
    """Text that SQLite accepts: lone surrogates (undecodable file names) are escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def stamp_text(stamp: Stamp) -> str:
    """A file's stamp as its column holds it."""
    return f"{stamp.size} {stamp.mtime_ns} {stamp.inode}"


def read_stamp(text: str) -> Stamp:
    """The reverse of `stamp_text`."""
    size, mtime_ns, inode = map(int, text.split())
    return Stamp(size=size, mtime_ns=mtime_ns, inode=inode)


def folder_stamp_text(stamp: FolderStamp) -> str:
    """A folder's stamp as its column holds it."""
    return f"{stamp.mtime_ns} {stamp.ctime_ns} {stamp.inode}"


def read_folder_stamp(text: str) -> FolderStamp:
    """The reverse of `folder_stamp_text`."""
    mtime_ns, ctime_ns, inode = map(int, text.split())
    return FolderStamp(mtime_ns=mtime_ns, ctime_ns=ctime_ns, inode=inode)


def json_text(value: Any) -> str:
    """JSON in ASCII, so that any string survives."""
    return json.dumps(value, separators=(",", ":"))


def ids_text(ids: Iterable[int]) -> str:
    """Row numbers as the argument of `json_each`."""
    return json_text(list(ids))


def identity_text(identity: RootIdentity) -> str:
    """A root's identity as JSON."""
    return json_text(asdict(identity))


def read_identity(text: str | None) -> RootIdentity | None:
    """The reverse of `identity_text`; None where nothing is stored."""
    return None if text is None else RootIdentity(**json.loads(text))


def facts_text(facts: CaptureFacts | None) -> str | None:
    """Camera facts as JSON; the time keeps its offset, or the lack of one."""
    if facts is None:
        return None
    taken_at = facts.taken_at.isoformat() if facts.taken_at else None
    return json_text(asdict(facts) | {"taken_at": taken_at})


def read_facts(text: str | None) -> CaptureFacts | None:
    """The reverse of `facts_text`."""
    if text is None:
        return None
    fields = json.loads(text)
    taken_at = fields.pop("taken_at")
    return CaptureFacts(
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        **fields,
    )


def place_text(place: Place | None) -> str | None:
    """A place as JSON."""
    return None if place is None else json_text(asdict(place))


def read_place(text: str | None) -> Place | None:
    """The reverse of `place_text`."""
    return None if text is None else Place(**json.loads(text))
