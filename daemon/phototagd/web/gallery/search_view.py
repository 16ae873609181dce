"""What was found, as the search page tells it."""

import re
from dataclasses import dataclass

from phototagd.domain.gallery import Tile
from phototagd.domain.search import Chip, Found, HitOrder, Reason
from phototagd.rules.search.narrowing import without_chip
from phototagd.rules.search.saying import said

_SAID = frozenset(
    {
        *("keyword", "object", "category", "mood", "caption", "text", "place", "camera", "path"),
        *("taken", "people", "kind", "sensitive", "folder", "date", "meaning"),
    }
)
"""Where something was found, if that is worth telling; what a photo has not, is not."""

_NEARNESS = re.compile(r"\d\.\d+")


@dataclass(frozen=True, slots=True)
class ChipView:
    """A part of the query, how it was understood, and the query without it.

    `rest` is empty for the only part: a query of nothing finds nothing.
    """

    chip: Chip
    rest: str

    def meaning(self, language: str) -> str:
        """How it was understood, where that says more than the words themselves."""
        chip = self.chip
        meant = said(chip.sense, language) if chip.sense else chip.meaning
        is_new = meant.casefold() not in chip.text.casefold()
        is_told = chip.kind in {"time", "place", "people"} and is_new
        return meant if is_told else ""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: `where` is a key of the page's words."""

    where: str
    found: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A photo that was found, and why."""

    tile: Tile
    reasons: list[Why]


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything that the page shows of an answer; `more` is how many to ask for to see more."""

    found: Found
    chips: list[ChipView]
    hits: list[HitView]
    order: HitOrder
    more: int


def search_view(
    found: Found, tiles: list[Tile], *, order: HitOrder, limit: int, most: int
) -> SearchView:
    """An answer with the tiles of its hits; `limit` hits were asked for, `most` may be."""
    by_asset = {tile.asset: tile for tile in tiles}
    chips = found.query.chips
    has_more = found.total > limit and limit < most
    return SearchView(
        found=found,
        chips=[
            ChipView(chip, without_chip(found.query.text, chip) if len(chips) > 1 else "")
            for chip in chips
        ],
        hits=[
            HitView(by_asset[hit.asset], _told(hit.reasons))
            for hit in found.hits
            if hit.asset in by_asset
        ],
        order=order,
        more=min(limit * 2, most) if has_more else 0,
    )


def _told(reasons: tuple[Reason, ...]) -> list[Why]:
    """Each place once, the first of several."""
    told: dict[str, Why] = {}
    for reason in reasons:
        if reason.where in _SAID:
            told.setdefault(reason.where, Why(reason.where, _value(reason)))
    return list(told.values())


def _value(reason: Reason) -> str:
    if reason.where == "meaning":
        number = _NEARNESS.search(reason.found)
        return number[0] if number else ""
    return reason.found
