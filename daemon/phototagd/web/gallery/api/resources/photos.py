"""Photos: lists of them, one with all its words, its small picture, and those like it."""

from typing import Literal

from pydantic import Field
from starlette.responses import Response

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import PhotoSheet, ThumbnailSize
from phototagd.domain.job import JobState
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.api.cursors import photos_from
from phototagd.web.gallery.api.operation import Asked, get
from phototagd.web.gallery.api.resources.search import Hits, hits_of
from phototagd.web.gallery.api.shapes import (
    MOST_AT_ONCE,
    USUAL,
    Answer,
    Number,
    Params,
    PhotoId,
    PhotoTile,
    asset_of,
    local_time,
    tile_of,
)
from phototagd.web.gallery.problems import Refused

WEBP = "image/webp"
NO_PHOTO = "there is no such photo, or it is not for you to see"


class TimelinePart(Params):
    """A part of the timeline."""

    month: str = Field(
        default="",
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2])|undated)?$",
        description="Begin with this month, as in 2026-11 or undated; with the newest if empty.",
    )
    limit: Number = Field(default=USUAL, ge=1, le=MOST_AT_ONCE, description="At most so many.")
    cursor: str = Field(
        default="",
        pattern=r"^(([0-9]{4}-(0[1-9]|1[0-2])|undated)\.[0-9]{1,9}\.[0-9]{1,18})?$",
        description="Where to go on: `next` of the answer before.",
    )


class PhotoList(Answer):
    """Photos, newest first."""

    photos: list[PhotoTile]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")


class Progress(Answer):
    """How far a photo is."""

    state: JobState = Field(description="Dead means that it failed for good; see `reason`.")
    reason: str


class Photo(PhotoTile):
    """One photo with what is known of it."""

    taken_at: str | None = Field(description="On the photo's own clock, without a zone.")
    keywords: list[str]
    category: str
    objects: list[str]
    mood: list[str]
    place: list[str]
    camera: str
    text: list[str] = Field(description="What can be read in the picture.")
    people: int | None
    sensitive: str
    kind: str
    is_tagged: bool = Field(description="Whether a model has looked at it.")
    progress: Progress | None
    files: list[str] = Field(description="Where its copies are.")
    newer: int | None
    older: int | None


class PictureOf(PhotoId):
    """A small picture."""

    size: Literal["256", "1440"] = Field(
        default="256", description="Pixels: of the short side for 256, of the long side for 1440."
    )


class LikeWhat(PhotoId):
    """How many like it."""

    limit: Number = Field(default=20, ge=1, le=MOST_AT_ONCE, description="At most so many.")


def photos(asked: Asked, params: TimelinePart) -> PhotoList:
    """List the photos of the timeline, newest first."""
    gallery = asked.needs.gallery
    assets, cursor = photos_from(
        gallery, asked.sight, month=params.month, cursor=params.cursor, limit=params.limit
    )
    tiles = gallery.tiles(assets, asked.sight)
    return PhotoList(photos=[tile_of(tile) for tile in tiles], next=cursor)


def photo(asked: Asked, params: PhotoId) -> Photo:
    """Tell all that is known of a photo."""
    sheet = asked.needs.gallery.photo(asset_of(params), asked.sight)
    if sheet is None:
        raise Refused(404, NO_PHOTO)
    files = asked.needs.gallery.copies(sheet.tile.asset, asked.sight)
    return _told(sheet, files, _progress(asked, files))


def thumbnail(asked: Asked, params: PictureOf) -> Response:
    """Give a small picture, WebP without metadata."""
    size = ThumbnailSize(int(params.size))
    found = asked.needs.gallery.thumbnail(asset_of(params), size, asked.sight)
    if found is None:
        raise Refused(404, NO_PHOTO)
    cache = "no-store" if found.is_private else "private, no-cache"
    return Response(
        found.webp,
        media_type=WEBP,
        headers={"cache-control": cache, "etag": f'"{found.version}-{size.value}"'},
    )


def similar(asked: Asked, params: LikeWhat) -> Hits:
    """Find the photos most like one."""
    file = a_copy(asked, asset_of(params))
    found = asked.needs.control.similar(file, limit=params.limit)
    if found is None:
        raise Refused(404, NO_PHOTO)
    return hits_of(asked, found, start=0, limit=params.limit)


def a_copy(asked: Asked, asset: AssetId) -> bytes:
    """The path of a live copy; refused when there is none to be seen."""
    files = asked.needs.gallery.copies(asset, asked.sight)
    if not files:
        raise Refused(404, NO_PHOTO)
    return files[0]


def _progress(asked: Asked, files: list[bytes]) -> Progress | None:
    reports = asked.needs.control.tagged(files[:1])
    return next((Progress(state=one.state, reason=one.reason) for one in reports), None)


def _told(sheet: PhotoSheet, files: list[bytes], progress: Progress | None) -> Photo:
    facts = sheet.facts
    return Photo(
        **tile_of(sheet.tile).model_dump(),
        taken_at=local_time(facts.taken_at),
        keywords=list(facts.keywords),
        category=facts.category,
        objects=list(facts.objects),
        mood=list(facts.mood),
        place=list(facts.place),
        camera=facts.camera[-1] if facts.camera else "",
        text=list(facts.text),
        people=facts.people,
        sensitive=facts.sensitive,
        kind=facts.kind,
        is_tagged=facts.is_tagged,
        progress=progress,
        files=[readable(file) for file in files],
        newer=sheet.newer,
        older=sheet.older,
    )


OPERATIONS = (
    get("/photos", photos),
    get("/photos/{id}", photo, 404),
    get("/photos/{id}/thumbnail", thumbnail, 404, 422, gives=WEBP),
    get("/photos/{id}/similar", similar, 404),
)
