"""Finds photos: understand, filter and rank, explain the first ones."""

from contextlib import suppress
from datetime import tzinfo

from phototagd.domain.errors import Unavailable
from phototagd.domain.search import Found, Hit, HitOrder, Query, Ranked
from phototagd.ports import Clock
from phototagd.ports.search import SearchIndex
from phototagd.rules.search.explaining import reasons
from phototagd.rules.search.querying import understand
from phototagd.rules.search.ranking import above_cliff, fuse

_CATCH_UP = 200
_MOST_LOOSE = 1000  # hits with some of the words only; further down it is noise


class Finder:
    """Answers queries from the index; `zone` says which day it is for the person who asks.

    Its list of photos by words is fused with further lists (as by meaning) where there are any.
    """

    def __init__(self, *, index: SearchIndex, clock: Clock, zone: tzinfo | None = None) -> None:
        self._index = index
        self._clock = clock
        self._zone = zone

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first `limit` photos for a query, each with its reasons.

        Raises Unavailable when the store cannot be read.
        """
        with suppress(Unavailable):  # what changed lately may be a little behind, no more
            self._index.catch_up(_CATCH_UP)
        today = self._clock.now().astimezone(self._zone).date()
        query = understand(text, today=today, names=self._index.names())
        ranked = fuse([(self._index.with_all_words(query, order), 1.0)])
        is_loose = not ranked.assets and len(query.terms) > 1
        if is_loose:
            ranked = above_cliff(self._index.with_some_words(query, _MOST_LOOSE))
        return Found(
            query=query,
            hits=self._hits(query, ranked, limit),
            total=len(ranked.assets),
            is_loose=is_loose and bool(ranked.assets),
            undated=self._index.undated(query),
            not_indexed=self._index.not_indexed(),
        )

    def _hits(self, query: Query, ranked: Ranked, limit: int) -> tuple[Hit, ...]:
        scores = dict(zip(ranked.assets[:limit], ranked.scores[:limit], strict=True))
        return tuple(
            Hit(
                asset=photo.asset,
                path=photo.path,
                caption=next(iter(photo.captions), ""),
                taken_at=photo.taken_at,
                score=scores[photo.asset],
                reasons=reasons(query, photo),
            )
            for photo in self._index.facts(ranked.assets[:limit])
        )
