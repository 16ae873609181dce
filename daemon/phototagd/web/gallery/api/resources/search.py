"""Looking for photos in one's own words."""

from pydantic import Field

from phototagd.domain.asset import AssetId
from phototagd.domain.search import Found, Hit, HitOrder
from phototagd.web.gallery.api.operation import Asked, get, post
from phototagd.web.gallery.api.shapes import (
    MOST_ID,
    Answer,
    Body,
    PhotoTile,
    Portion,
    Whole,
    local_time,
    tile_of,
)
from phototagd.web.gallery.problems import Refused

MOST_LETTERS = 500


class Sought(Portion):
    """A query."""

    q: str = Field(
        max_length=MOST_LETTERS, description="In your own words, as in dogs at the beach 2024."
    )
    order: HitOrder = Field(default=HitOrder.RELEVANCE, description="Best first, or newest.")


class Part(Answer):
    """A part of the query, from letter `start` until before `end`, and how it was understood."""

    start: int
    end: int
    text: str
    kind: str
    meaning: str
    is_negated: bool


class Why(Answer):
    """Why a photo was found: `wanted` of the query was `found` in `where`."""

    wanted: str
    where: str
    found: str


class HitPhoto(PhotoTile):
    """A photo that was found."""

    score: float = Field(description="Compares the hits of one answer; higher is better.")
    taken_at: str | None = Field(description="On the photo's own clock, without a zone.")
    reasons: list[Why]


class Hits(Answer):
    """What was found."""

    photos: list[HitPhoto]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")
    total: int = Field(description="How many there are, as far as was counted.")
    understood: list[Part]
    is_loose: bool = Field(description="No photo has all the words: these have some.")
    undated: int = Field(description="So many more would fit if their time were known.")
    not_indexed: int = Field(description="So many photos were not looked at by a model yet.")


class Verdict(Body):
    """Whether a photo is what a query meant."""

    photo: Whole = Field(ge=1, le=MOST_ID)
    q: str = Field(max_length=MOST_LETTERS)
    is_meant: bool = Field(description="False remembers that it is not; true forgets that again.")


class Noted(Answer):
    """Whether something changed."""

    is_noted: bool


def search(asked: Asked, params: Sought) -> Hits:
    """Find photos."""
    wanted = params.start + params.limit
    found = asked.needs.gallery.search(
        params.q, limit=wanted, order=params.order, sight=asked.sight
    )
    return hits_of(asked, found, start=params.start, limit=params.limit)


def judge(asked: Asked, body: Verdict) -> Noted:
    """Say that a photo is not what a query meant, or take that back."""
    files = asked.needs.gallery.copies(AssetId(body.photo), asked.sight)
    if not files:
        raise Refused(404, "there is no such photo, or it is not for you to see")
    noted = asked.needs.control.not_this(files[0], body.q, is_meant=body.is_meant)
    return Noted(is_noted=noted)


def hits_of(asked: Asked, found: Found, *, start: int, limit: int) -> Hits:
    """The hits from `start` on that may be seen."""
    hits = found.hits[start : start + limit]
    tiles = {t.asset: t for t in asked.needs.gallery.tiles([h.asset for h in hits], asked.sight)}
    shown = [_hit(hit, tile_of(tiles[hit.asset])) for hit in hits if hit.asset in tiles]
    is_more = len(found.hits) >= start + limit and found.total > start + limit
    return Hits(
        photos=shown,
        next=str(start + limit) if is_more else None,
        total=found.total,
        understood=[
            Part(
                start=chip.start,
                end=chip.end,
                text=chip.text,
                kind=chip.kind,
                meaning=chip.meaning,
                is_negated=chip.is_negated,
            )
            for chip in found.query.chips
        ],
        is_loose=found.is_loose,
        undated=found.undated,
        not_indexed=found.not_indexed,
    )


def _hit(hit: Hit, tile: PhotoTile) -> HitPhoto:
    return HitPhoto(
        **tile.model_dump(),
        score=hit.score,
        taken_at=local_time(hit.taken_at),
        reasons=[Why(wanted=one.wanted, where=one.where, found=one.found) for one in hit.reasons],
    )


OPERATIONS = (
    get("/search", search),
    post("/search/verdicts", judge, 404),
)
