"""When a library is scanned, when hints are followed, and when nothing is believed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import FakeHints, House
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import Unavailable
from phototagd.domain.library import LibraryState, Mount, WatchMode
from phototagd.flow.arriving.watcher import ScanSchedule, Watcher

SCHEDULE = ScanSchedule(rescan=timedelta(minutes=5), full_scan=timedelta(hours=6))


class ShareMounts(MountTable):
    """Every folder lies on a network share."""

    def mount_of(self, folder: bytes) -> Mount:
        return Mount(b"/", "nfs4", 1, is_remote=True)


class Post:
    """A watcher and the sources it was given."""

    def __init__(self, house: House, watch: str = "auto") -> None:
        self.house = house
        self.sources: list[FakeHints] = []
        self.refusal: Exception | None = None
        self.watcher = Watcher(
            library=house.library,
            watch=watch,
            scanner=house.scanner,
            new_hints=self._new_hints,
            catalogue=house.catalogue,
            clock=house.clock,
            emit=house.events,
            schedule=SCHEDULE,
        )

    @property
    def source(self) -> FakeHints:
        return self.sources[-1]

    @property
    def scans(self) -> list[str]:
        return [e.kind for e in self.house.events.named("scan.finished")]

    def run(self, seconds: float = 0.0) -> None:
        """Let time pass as the loop would, with intake beside it."""
        end = self.house.clock.monotonic() + seconds
        while True:
            rest = self.watcher.run_once()
            self.house.intake.run_once()
            left = end - self.house.clock.monotonic()
            if rest > 0 and left <= 0:
                return
            self.house.clock.advance(min(rest, max(left, 0)))

    def _new_hints(self) -> FakeHints:
        source = FakeHints()
        source.refusal = self.refusal
        self.sources.append(source)
        return source


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield store


@pytest.fixture
def house(tmp_path: Path, store: Store, clock: FakeClock) -> House:
    return House(tmp_path / "photos", store=store, clock=clock, mounts=MountTable(read=lambda: b""))


@pytest.fixture
def post(house: House) -> Post:
    return Post(house)


def test_it_begins_with_hints_and_a_full_scan(post: Post) -> None:
    post.house.put("a.jpg")

    post.run()

    assert post.scans == ["full"]
    assert post.source.is_running
    report = post.watcher.report()
    assert (report.watch, report.state) == (WatchMode.NATIVE, LibraryState.ONLINE)
    assert report.last_scan_at == post.house.clock.now()
    assert post.house.events.named("library.changed") == []


def test_scans_follow_their_schedule(post: Post) -> None:
    post.run(3600 * 6 + 10)

    assert post.scans.count("full") == 2
    assert 60 <= post.scans.count("pruned") <= 72


def test_a_hint_is_followed_within_a_second(post: Post) -> None:
    post.run()
    post.house.put("inbox/a.jpg")
    post.source.names = {b"inbox": frozenset({b"a.jpg"})}

    post.run(8)

    assert post.house.found() == ["inbox/a.jpg new"]
    assert post.scans == ["full"]


def test_lost_hints_ask_for_a_full_scan(post: Post) -> None:
    post.run()
    post.house.put("unseen/a.jpg")
    post.source.everything = True

    post.run(8)

    assert post.scans == ["full", "full"]
    assert post.house.found() == ["unseen/a.jpg new"]
    assert len(post.house.events.named("hints.lost")) == 1


def test_after_trouble_scans_go_on_alone_and_hints_are_retried_ever_later(post: Post) -> None:
    post.run()
    post.source.said_trouble = "the kernel's event queue overflowed"
    post.refusal = Unavailable("inotify limit", remedy="raise it")
    post.run(2)
    assert not post.source.is_running
    report = post.watcher.report()
    assert report.watch is WatchMode.SCAN
    assert "overflowed" in report.why

    post.run(57)
    assert len(post.sources) == 1
    post.run(4)
    assert len(post.sources) == 2
    assert "inotify limit" in post.watcher.report().why
    post.run(115)
    assert len(post.sources) == 2
    post.refusal = None
    post.run(10)

    assert len(post.sources) == 3
    assert post.watcher.report().watch is WatchMode.NATIVE
    assert post.scans.count("full") == 3
    changes = [(e.watch, e.state) for e in post.house.events.named("library.changed")]
    assert changes == [("scan", "online"), ("scan", "online"), ("native", "online")]


def test_an_offline_library_is_left_alone_and_scanned_when_it_is_back(
    post: Post, tmp_path: Path
) -> None:
    post.house.put("2026/a.jpg")
    post.run(10)
    before = post.house.live()
    post.house.folder.rename(tmp_path / "unmounted")
    post.house.folder.mkdir()

    post.run(600)
    report = post.watcher.report()
    assert report.state is LibraryState.OFFLINE
    assert "empty" in report.why
    assert not post.source.is_running
    assert post.scans.count("full") == 1
    post.house.folder.rmdir()
    (tmp_path / "unmounted").rename(post.house.folder)
    assert post.house.live() == before
    post.house.put("2026/b.jpg")
    post.run(30)

    assert post.scans.count("full") == 2
    assert len(post.house.live()) == 2
    changes = [e.state for e in post.house.events.named("library.changed")]
    assert changes == ["offline", "online"]


def test_a_library_that_is_away_at_the_start_is_said_once(post: Post) -> None:
    post.house.folder.rmdir()

    post.run(60)

    (event,) = post.house.events.named("library.changed")
    assert event.state == "offline"
    assert post.watcher.is_idle


def test_a_share_is_watched_by_scans_alone_within_a_minute(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    house = House(tmp_path / "share", store=store, clock=clock, mounts=ShareMounts())
    house.put("2020/a.jpg")
    post = Post(house)
    post.run(3600)
    assert post.sources == []
    assert post.watcher.report().watch is WatchMode.SCAN
    assert "nfs4" in post.watcher.report().why

    house.put("2020/b.jpg")
    post.run(60)

    assert "2020/b.jpg new" in house.found()


def test_on_a_share_more_photos_for_a_hot_folder_are_seen_in_seconds(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    house = House(tmp_path / "share", store=store, clock=clock, mounts=ShareMounts())
    post = Post(house)
    post.run(20)
    house.put("inbox/a.jpg")
    post.run(60)
    house.put("inbox/b.jpg")
    post.run(5 + 5 + 1)

    assert house.found() == ["inbox/a.jpg new", "inbox/b.jpg new"]


def test_off_means_only_what_a_person_names(house: House) -> None:
    house.put("a.jpg")
    post = Post(house, watch="off")

    post.run(3600)

    assert post.scans == []
    assert post.sources == []
    assert post.watcher.is_idle


def test_a_person_may_ask_for_a_scan(post: Post) -> None:
    post.run()
    post.watcher.rescan(full=False)
    post.run(1)
    post.watcher.rescan(full=True)
    post.run(1)

    assert post.scans[:2] == ["full", "pruned"]
    assert "full" in post.scans[2:]


def test_a_scan_asked_for_during_a_scan_follows_it(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    house = House(tmp_path / "photos", store=store, clock=clock, most_waiting=1)
    house.put("a/a.jpg")
    house.put("b/b.jpg")
    post = Post(house, watch="scan")
    post.watcher.run_once()
    assert post.scans == []
    assert not post.watcher.is_idle

    post.watcher.rescan(full=True)
    post.run(30)

    assert post.scans[:2] == ["full", "full"]


def test_it_is_idle_when_everything_was_compared(post: Post) -> None:
    assert not post.watcher.is_idle

    post.run()

    assert post.watcher.is_idle


def test_a_schedule_can_be_shortened_while_it_runs(post: Post) -> None:
    post.run()
    post.watcher.reschedule(
        ScanSchedule(rescan=timedelta(seconds=30), full_scan=timedelta(seconds=100))
    )

    post.run(105)

    assert post.scans.count("full") == 2


def test_a_store_that_fails_costs_a_full_scan_and_nothing_else(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.run()
    post.house.put("a.jpg")
    post.source.names = {b"": frozenset({b"a.jpg"})}

    def full(*_: object, **__: object) -> None:
        raise Unavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(post.house.catalogue, "record_listings", full)
        with pytest.raises(Unavailable):
            post.watcher.run_once()
    post.run(10)

    assert post.house.found() == ["a.jpg new"]
    assert post.scans == ["full", "full"]


def test_a_move_is_confirmed_between_scans(post: Post) -> None:
    photo = post.house.put("a.jpg")
    post.run(10)
    photo.rename(post.house.folder / "b.jpg")
    post.source.names = {b"": frozenset({b"a.jpg", b"b.jpg"})}

    post.run(30)

    left = post.house.catalogue.find_path(post.house.library.id, b"", b"a.jpg")
    assert left is not None
    assert left.is_gone
    assert post.scans == ["full"]


def test_stopping_ends_the_hints(post: Post) -> None:
    post.run()

    post.watcher.stop()
    post.watcher.stop()

    assert not post.source.is_running


def test_a_rescan_looks_at_an_absent_library_at_once(post: Post, tmp_path: Path) -> None:
    """Whoever has just mounted the share does not want to wait for the next look."""
    post.house.put("2026/a.jpg")
    post.run(10)
    post.house.folder.rename(tmp_path / "unmounted")
    post.run(10)
    assert post.watcher.report().state is LibraryState.OFFLINE
    (tmp_path / "unmounted").rename(post.house.folder)

    post.watcher.rescan(full=False)
    post.run()

    assert post.watcher.report().state is LibraryState.ONLINE
