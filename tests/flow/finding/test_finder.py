"""Finding: understood, ranked, explained, and true to the day of the person who asks."""

from datetime import UTC, datetime, timedelta, timezone

from doubles import FakeClock
from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.meaning import Selection
from phototagd.domain.search import (
    HitOrder,
    LibraryNames,
    Page,
    PhotoFacts,
    Query,
    Ranked,
    Reason,
)
from phototagd.flow.finding.finder import Finder


class FakeIndex:
    """Two photos; the first query word decides which lists they are on."""

    def __init__(self) -> None:
        self.all_words = Ranked((AssetId(1), AssetId(2)), (2.0, 1.0))
        self.some_words = Ranked((AssetId(2),), (0.5,))
        self.asked: list[Query] = []
        self.error: Exception | None = None

    def names(self) -> LibraryNames:
        return LibraryNames()

    def with_all_words(self, query: Query, order: HitOrder, limit: int) -> Page:
        self.asked.append(query)
        return Page(self.all_words, len(self.all_words.assets))

    def with_words_among(self, query: Query, assets: list[AssetId]) -> frozenset[AssetId]:
        return frozenset(self.all_words.assets).intersection(assets)

    def selection(self, query: Query) -> Selection:
        return Selection((), is_all_but=True)

    def newest_first(self, assets: list[AssetId]) -> list[AssetId]:
        return sorted(assets)

    def with_some_words(self, query: Query, limit: int) -> Ranked:
        return self.some_words

    def facts(self, assets: list[AssetId]) -> list[PhotoFacts]:
        return [
            PhotoFacts(
                asset=asset,
                path=b"/p/%d.jpg" % asset,
                keywords=("小狗",),
                captions=("A puppy at night",),
                text=("DOGS ONLY",),
                people=0,
                taken_at=datetime(2025, 7, 1, 9, 30, tzinfo=UTC),
            )
            for asset in assets
        ]

    def undated(self, query: Query) -> int:
        return 0

    def not_indexed(self) -> int:
        return 3

    def catch_up(self, limit: int) -> int:
        if self.error:
            raise self.error
        return 0


def finder(index: FakeIndex, hours: int = 0) -> Finder:
    clock = FakeClock(datetime(2026, 1, 1, 0, 30, tzinfo=UTC))
    return Finder(index=index, clock=clock, zone=timezone(timedelta(hours=hours)))


def test_hits_come_in_order_with_the_reason_for_each_part() -> None:
    found = finder(FakeIndex()).search(
        "dog last summer without people -cat", limit=1, order=HitOrder.RELEVANCE
    )

    [hit] = found.hits
    assert (found.total, found.not_indexed, hit.score) == (2, 3, 2.0)
    assert hit.reasons == (
        Reason("dog", "keyword", "小狗"),
        Reason("last summer", "taken", "2025-07-01 09:30"),
        Reason("without people", "people", "0"),
        Reason("-cat", "not", "cat"),
    )


def test_words_may_say_what_the_clock_does_not() -> None:
    [hit, _] = finder(FakeIndex()).search("at night", limit=9, order=HitOrder.DATE).hits

    assert hit.reasons == (Reason("at night", "caption", "A puppy at night"),)


def test_some_words_do_only_where_none_has_all_and_there_is_more_than_one() -> None:
    index = FakeIndex()
    index.all_words = Ranked()

    assert finder(index).search("red dog", limit=9, order=HitOrder.RELEVANCE).is_loose
    assert finder(index).search("dog", limit=9, order=HitOrder.RELEVANCE).total == 0


def test_today_is_the_day_where_the_person_is() -> None:
    """Half past midnight in London on New Year's Day is still last year in New York."""
    index = FakeIndex()
    for hours in (0, -5):
        finder(index, hours).search("this year", limit=1, order=HitOrder.DATE)

    assert [query.chips[0].meaning for query in index.asked] == ["2026", "2025"]


def test_a_store_that_cannot_be_written_is_searched_all_the_same() -> None:
    index = FakeIndex()
    index.error = Unavailable("disk full")

    assert finder(index).search("dog", limit=1, order=HitOrder.DATE).total == 2
