"""Values for tests of the store: photos that arrive, words for them, sidecars."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from phototagd.domain.asset import (
    AssetId,
    CaptureFacts,
    FolderStamp,
    Identity,
    LibraryId,
    Location,
    PathId,
    PathState,
    PhotoKind,
    Place,
    Stamp,
)
from phototagd.domain.job import Priority
from phototagd.domain.record import Arrival, Refusal, SidecarRecord
from phototagd.domain.tagging import Answer, Recipe, Redaction, Tagging

FOLDER_STAMP = FolderStamp(mtime_ns=1, ctime_ns=2, inode=3)


def location(name: bytes, folder: bytes = b"2026/may", library: int = 1) -> Location:
    return Location(library=LibraryId(library), folder=folder, name=name)


def stamp(size: int = 1000) -> Stamp:
    return Stamp(size=size, mtime_ns=1_700_000_000_123_456_789, inode=size + 7)


def arrival(
    name: bytes = b"IMG_1.jpg",
    content: str = "sunset",
    *,
    folder: bytes = b"2026/may",
    priority: Priority = Priority.NEW,
    size: int = 1000,
    same_pixels_as: AssetId | None = None,
    library: int = 1,
) -> Arrival:
    """A stable photo whose bytes are as distinct as `content`."""
    return Arrival(
        location=location(name, folder, library),
        identity=Identity(
            kind=PhotoKind.JPEG,
            content_hash=hashlib.sha256(content.encode()).hexdigest(),
            covers_metadata=False,
            stamp=stamp(size),
        ),
        priority=priority,
        same_pixels_as=same_pixels_as,
    )


def refusal(
    name: bytes,
    state: PathState = PathState.WAITING,
    *,
    reason: str = "the photo ends too early",
    retry_at: datetime | None = None,
    size: int = 10,
    folder: bytes = b"2026/may",
) -> Refusal:
    return Refusal(
        location=location(name, folder),
        stamp=stamp(size),
        state=state,
        reason=reason,
        retry_at=retry_at,
    )


def recipe(key: str = "r1") -> Recipe:
    return Recipe(
        key=key,
        model="qwen3-vl:4b-instruct",
        model_digest="abc",
        system="Describe.",
        user="This photo.",
        schema="{}",
        options='{"temperature": 0}',
        image_long_side=1024,
        language="en",
    )


def tagging(
    asset: AssetId,
    *,
    key: str = "r1",
    caption: str = "A sunset over the sea",
    redactions: tuple[Redaction, ...] = (),
    created_at: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC),
) -> Tagging:
    return Tagging(
        asset=asset,
        recipe=recipe(key),
        answer=Answer(
            caption=caption,
            category="landscape",
            keywords=("sunset", "sea", "海"),
            mood=("calm",),
            objects=("boat",),
            people=0,
            sensitive="none",
            text=("Ferry \ud83d",),
        ),
        raw='{"caption": "A sunset \ud83d"}',
        created_at=created_at,
        seconds=4.5,
        tokens_per_second=31.5,
        salvage="fence",
        redactions=redactions,
    )


def sidecar(
    path: PathId,
    name: bytes | None = b"IMG_1.jpg.xmp",
    *,
    words: Mapping[str, object] | None = None,
) -> SidecarRecord:
    return SidecarRecord(
        path=path,
        name=name,
        stamp=None if name is None else stamp(50),
        digest="" if name is None else "d1",
        facts=CaptureFacts(taken_at=datetime(2026, 5, 1, 8), make="Fuji", latitude=59.3),  # noqa: DTZ001 -- a camera without an offset
        place=Place(city="Stockholm", country="Sweden", country_code="SE"),
        words=words or {"caption": "A sunset", "keywords": ["sunset"]},
    )
