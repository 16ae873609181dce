"""The ring of news: what readers get from where they are, and what they have missed."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.events import BackupMade, DaemonChanged, EngineBack, PhotoFound
from phototagd.domain.news import News, Notice
from phototagd.flow.showing.newsroom import Newsroom


def found(asset: int) -> PhotoFound:
    return PhotoFound(path=b"/p/a.jpg", asset=asset, kind="jpeg", how="new")


def assets(news: News) -> list[int | None]:
    return [notice.asset for notice in news.notices]


def test_a_reader_gets_what_came_since_it_asked() -> None:
    room = Newsroom(run="a")
    first = room.since("")
    assert not first.is_complete, "a new reader looks at everything"

    room(found(3))
    room(EngineBack(endpoint="e", model="m", version="1", digest="d", away_seconds=1))
    second = room.since(first.until)

    assert second.notices == (Notice(AssetId(3)), Notice())
    assert room.since(second.until).is_empty


def test_what_changes_nothing_in_sight_is_no_news() -> None:
    room = Newsroom(run="a")
    place = room.since("").until
    rung: list[int] = []
    room.listen(lambda: rung.append(1))

    room(BackupMade(path=b"/b", seconds=1))

    assert room.since(place).is_empty
    assert rung == []


def test_a_reader_that_lags_is_told_to_look_anew() -> None:
    room = Newsroom(run="a", kept=3)
    place = room.since("").until
    for asset in range(1, 4):
        room(found(asset))
    assert assets(room.since(place)) == [1, 2, 3]

    room(found(4))

    assert room.since(place) == News("a-4", is_complete=False)
    assert assets(room.since("a-1")) == [2, 3, 4]


@given(st.text(max_size=40) | st.from_regex(r"\Aa-[0-9]{1,30}\Z"))
def test_a_place_that_never_was_is_one_that_missed_everything(place: str) -> None:
    """It comes from a browser, or from a daemon before this one."""
    room = Newsroom(run="a")
    room(found(1))

    news = room.since(place)

    if news.is_complete:
        assert place in {"a-0", "a-1"} or set(place.removeprefix("a-")) <= set("01")
    assert news.until == "a-1"


@given(st.lists(st.integers(1, 5), max_size=30), st.integers(1, 8))
def test_whoever_keeps_asking_hears_everything_once_or_is_told(
    batches: list[int], kept: int
) -> None:
    room = Newsroom(run="a", kept=kept)
    place = room.since("").until
    number = 0
    for size in batches:
        sent = list(range(number + 1, number + size + 1))
        for asset in sent:
            room(found(asset))
        number += size
        news = room.since(place)
        assert assets(news) == (sent if size <= kept else [])
        assert news.is_complete == (size <= kept)
        place = news.until


def test_readers_are_woken_until_they_leave() -> None:
    room = Newsroom(run="a")
    rung: list[int] = []
    leave = room.listen(lambda: rung.append(1))

    room(found(1))
    leave()
    leave()
    room(found(2))

    assert rung == [1]


def test_the_end_of_the_daemon_wakes_and_closes() -> None:
    room = Newsroom(run="a")
    closed: list[bool] = []
    room.listen(lambda: closed.append(room.is_closed))

    room(DaemonChanged(state="paused"))
    room(DaemonChanged(state="stopping"))

    assert closed == [False, True]
