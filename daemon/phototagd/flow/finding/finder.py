"""Finds photos: understand, filter, rank by words and by meaning, explain the first ones."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import tzinfo

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.search import Found, Hit, HitOrder, Page, Query, Ranked, Reason, Term
from phototagd.flow.meaning.interpreter import Interpreter, Sense
from phototagd.ports import Clock
from phototagd.ports.search import SearchIndex
from phototagd.rules.meaning.refusing import demoted
from phototagd.rules.search.explaining import reasons
from phototagd.rules.search.querying import understand
from phototagd.rules.search.ranking import above_cliff, fuse, without

_CATCH_UP = 200
_MOST_LOOSE = 1000  # hits with some of the words only; further down it is noise
_LEAST_PAGE = 1000  # beyond it, a rank no longer counts in the fusion
_EXACT_WEIGHT, _TEXT_WEIGHT, _MEANING_WEIGHT = 2.0, 1.0, 1.0
_MOST_KEYWORDS = 12


class Finder:
    """Answers queries from the index; `zone` says which day it is for the person who asks.

    Without an `interpreter` photos are found by their words alone; `without_meaning` counts
    those that it cannot know yet.
    """

    def __init__(
        self,
        *,
        index: SearchIndex,
        clock: Clock,
        interpreter: Interpreter | None = None,
        zone: tzinfo | None = None,
        without_meaning: Callable[[], int] = int,
    ) -> None:
        self._index = index
        self._clock = clock
        self._interpreter = interpreter
        self._zone = zone
        self._without_meaning = without_meaning

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first `limit` photos for a query, each with its reasons.

        Raises Unavailable when the store cannot be read.
        """
        query = self.understood(text)
        page = self._index.with_all_words(query, order, max(limit, _LEAST_PAGE))
        sense = self._sense(query)
        only_near = self._only_near(query, page, sense)
        ranked = self._merged(page, sense, only_near, order)
        is_loose = not ranked.assets and len(query.terms) > 1
        if is_loose:
            ranked = above_cliff(self._index.with_some_words(query, _MOST_LOOSE))
        total = len(ranked.assets) if is_loose else page.total + len(only_near.assets)
        if self._interpreter is not None and order is HitOrder.RELEVANCE:
            ranked = demoted(ranked, self._interpreter.refused(query, sense))
        return Found(
            query=query,
            hits=self._hits(query, ranked, limit, sense.words, only_near),
            total=total,
            is_loose=is_loose and bool(ranked.assets),
            undated=self._index.undated(query),
            not_indexed=self._index.not_indexed(),
            without_meaning=self._without_meaning(),
            meaning_trouble=sense.trouble,
        )

    def similar(self, asset: AssetId, *, limit: int) -> Found | None:
        """Photos that mean the same as one, best first; None when nothing is known of it.

        Where it has no vector yet, photos that share its keywords.
        """
        with suppress(Unavailable):
            self._index.catch_up(_CATCH_UP)
        known = next(iter(self._index.facts([asset])), None)
        if known is None:
            return None
        query = Query(text="")
        selection = self._index.selection(query)
        near = None
        if self._interpreter is not None:
            near = self._interpreter.like(asset, selection, limit)
        if near is not None:
            hits = self._hits(query, near, limit, "", near)
            return Found(
                query=query,
                hits=hits,
                total=len(near.assets),
                without_meaning=self._without_meaning(),
            )
        terms = tuple(Term((word,)) for word in known.keywords[:_MOST_KEYWORDS])
        if not terms:
            return Found(query=query, hits=(), total=0)
        loose = self._index.with_some_words(replace(query, terms=terms), _MOST_LOOSE)
        shared = above_cliff(without(loose, {asset}))
        hits = self._hits(query, shared, limit, "", Ranked())
        return Found(query=query, hits=hits, total=len(shared.assets), is_loose=True)

    def not_this(self, asset: AssetId, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant, or forget that again.

        False when there was nothing to forget, or nothing can be remembered here.
        """
        if self._interpreter is None:
            return False
        query = self.understood(text)
        if is_meant:
            return self._interpreter.forgive(asset, query)
        self._interpreter.refuse(asset, query)
        return True

    def understood(self, text: str) -> Query:
        """What a query means today."""
        with suppress(Unavailable):  # what changed lately may be a little behind, no more
            self._index.catch_up(_CATCH_UP)
        today = self._clock.now().astimezone(self._zone).date()
        return understand(text, today=today, names=self._index.names())

    def _sense(self, query: Query) -> Sense:
        if self._interpreter is None:
            return Sense()
        return self._interpreter.sense(query, lambda: self._index.selection(query))

    def _only_near(self, query: Query, page: Page, sense: Sense) -> Ranked:
        """The photos that are found by their meaning alone."""
        on_page = set(page.ranked.assets)
        near = without(sense.near, on_page)
        if near.assets and len(on_page) < page.total:
            near = without(near, self._index.with_words_among(query, near.assets))
        return near

    def _merged(self, page: Page, sense: Sense, only_near: Ranked, order: HitOrder) -> Ranked:
        if order is HitOrder.DATE:
            if not only_near.assets:
                return page.ranked
            dated = self._index.newest_first([*page.ranked.assets, *only_near.assets])
            return Ranked(tuple(dated), (0.0,) * len(dated))
        exact = [asset for asset in page.ranked.assets if asset in page.exact]
        return fuse(
            [
                (page.ranked, _TEXT_WEIGHT),
                (sense.near, _MEANING_WEIGHT),
                *([(_flat(exact), _EXACT_WEIGHT)] if sense.near.assets else []),
            ]
        )

    def _hits(
        self, query: Query, ranked: Ranked, limit: int, words: str, only_near: Ranked
    ) -> tuple[Hit, ...]:
        scores = dict(zip(ranked.assets[:limit], ranked.scores[:limit], strict=True))
        nearness = dict(zip(only_near.assets, only_near.scores, strict=True))
        return tuple(
            Hit(
                asset=photo.asset,
                path=photo.path,
                caption=next(iter(photo.captions), ""),
                taken_at=photo.taken_at,
                score=scores[photo.asset],
                reasons=reasons(query, photo) + _by_meaning(words, nearness.get(photo.asset)),
            )
            for photo in self._index.facts(ranked.assets[:limit])
        )


def _by_meaning(words: str, nearness: float | None) -> tuple[Reason, ...]:
    if nearness is None:
        return ()
    return (Reason(words, "meaning", f"similar ({nearness:.2f})"),)


def _flat(assets: Sequence[AssetId]) -> Ranked:
    return Ranked(tuple(assets), (0.0,) * len(assets))
