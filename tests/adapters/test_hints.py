"""Native hints: what they say, and how they admit that they cannot be trusted."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.api import BaseObserver

from doubles import FakeClock
from phototagd.adapters import hints as hints_module
from phototagd.adapters.hints import DirtyNames, WatchdogHintSource, count_folders
from phototagd.domain.errors import Unavailable
from phototagd.domain.library import Hints

PATIENCE = 1000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "2026").mkdir(parents=True)
    return tmp_path / "photos"


@pytest.fixture
def source(root: Path, clock: FakeClock) -> Iterator[WatchdogHintSource]:
    source = WatchdogHintSource(root=os.fsencode(root), clock=clock)
    yield source
    source.stop()


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread, in as many short turns as it takes."""
    turn = threading.Event()
    for _ in range(PATIENCE):
        if condition():
            return
        turn.wait(0.01)
    raise AssertionError("it never happened")


class Heard:
    """All names that a source ever gave."""

    def __init__(self, source: WatchdogHintSource) -> None:
        self._source = source
        self.names: dict[bytes, set[bytes]] = {}
        self.everything = False

    def has(self, folder: bytes, name: bytes) -> bool:
        hints = self._source.drain()
        self.everything |= hints.everything
        for key, names in hints.names.items():
            self.names.setdefault(key, set()).update(names)
        return name in self.names.get(folder, set())


def observer_of(source: WatchdogHintSource) -> BaseObserver:
    assert source._observer is not None
    return source._observer


def test_changes_are_told_by_folder_and_name(root: Path, source: WatchdogHintSource) -> None:
    source.start()
    heard = Heard(source)

    (root / "2026" / "a.jpg").write_bytes(b"x")
    (root / os.fsdecode(b"\xff\n.jpg")).write_bytes(b"x")
    until(lambda: heard.has(b"2026", b"a.jpg"))
    until(lambda: heard.has(b"", b"\xff\n.jpg"))
    (root / "2026" / "a.jpg").rename(root / "b.jpg")
    until(lambda: heard.has(b"", b"b.jpg"))

    assert source.trouble() == ""
    assert not heard.everything


def test_a_new_folder_is_told_itself_and_to_its_parent(
    root: Path, source: WatchdogHintSource
) -> None:
    source.start()
    heard = Heard(source)

    (root / "new" / "deep").mkdir(parents=True)

    until(lambda: heard.has(b"", b"new"))
    until(lambda: heard.has(b"new", b"deep"))
    assert b"new" in heard.names


def test_reading_gives_no_hints(root: Path, source: WatchdogHintSource) -> None:
    """Backups and our own hashing read every file; that must not feed the watcher."""
    (root / "old.jpg").write_bytes(b"x")
    source.start()
    heard = Heard(source)

    (root / "old.jpg").read_bytes()
    list(root.iterdir())
    (root / "marker").touch()
    until(lambda: heard.has(b"", b"marker"))

    assert heard.names == {b"": {b"marker"}}


def test_a_root_behind_a_link_is_watched(root: Path, tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "link").symlink_to(root)
    source = WatchdogHintSource(root=os.fsencode(tmp_path / "link"), clock=clock)
    source.start()
    heard = Heard(source)
    (root / "a.jpg").touch()
    until(lambda: heard.has(b"", b"a.jpg"))
    source.stop()


def test_stopping_leaves_nothing_behind(source: WatchdogHintSource) -> None:
    source.stop()
    threads = threading.active_count()
    handlers = list(logging.getLogger("watchdog").handlers)
    source.start()
    assert source._canary is not None
    canary = Path(source._canary.folder)
    assert canary.is_dir()

    source.stop()
    source.stop()

    assert threading.active_count() == threads
    assert logging.getLogger("watchdog").handlers == handlers
    assert not canary.exists()
    assert source.drain() == Hints({})


def test_it_can_be_started_again(root: Path, source: WatchdogHintSource) -> None:
    source.start()
    source.stop()
    source.start()
    heard = Heard(source)

    (root / "a.jpg").touch()

    until(lambda: heard.has(b"", b"a.jpg"))


def test_a_tree_beyond_the_budget_is_refused(root: Path, clock: FakeClock) -> None:
    for number in range(5):
        (root / str(number)).mkdir()
    source = WatchdogHintSource(root=os.fsencode(root), clock=clock, most_folders=6)

    with pytest.raises(Unavailable, match="more than 6 folders") as caught:
        source.start()

    assert "max_user_watches" in caught.value.remedy


def test_a_tree_that_outgrows_the_budget_is_trouble(root: Path, clock: FakeClock) -> None:
    source = WatchdogHintSource(root=os.fsencode(root), clock=clock, most_folders=3)
    source.start()
    (root / "a" / "b").mkdir(parents=True)
    assert source.trouble() == ""
    assert source._canary is not None
    until(source._canary._heard.is_set)

    clock.advance(60)

    assert "grown beyond 3 folders" in source.trouble()
    source.stop()


@pytest.mark.parametrize("error", [OSError(28, "No space left"), OSError(24, "Too many files")])
def test_what_the_kernel_refuses_is_unavailable(
    source: WatchdogHintSource, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("watchdog.observers.inotify.InotifyWatchGroup", refuse)

    with pytest.raises(Unavailable, match="the kernel refuses"):
        source.start()

    assert source.drain() == Hints({})


def test_a_missing_root_is_unavailable(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(Unavailable):
        WatchdogHintSource(root=os.fsencode(tmp_path / "gone"), clock=clock).start()


def test_an_overflow_asks_for_everything_and_is_trouble(source: WatchdogHintSource) -> None:
    """The double of what the kernel sends: watchdog's own reader handles an overflow event."""
    source.start()
    reader = hints_module._reader(observer_of(source))
    assert reader is not None

    class Overflow:
        is_queue_overflow = True

    original, sent = reader.read_events, [Overflow()]  # type: ignore[attr-defined]
    reader.read_events = lambda: [*original(), *(sent.pop() for _ in sent[:])]  # type: ignore[attr-defined]

    def is_trouble() -> bool:
        assert source._canary is not None
        source._canary.sing()  # wakes the reader, which calls the patched method next time
        return bool(source.trouble())

    until(is_trouble)

    assert "overflow" in source.trouble()
    assert source.drain().everything


def test_an_overflow_of_another_library_is_not_ours(source: WatchdogHintSource) -> None:
    source.start()

    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")

    assert source.trouble() == ""
    assert not source.drain().everything


def test_a_dead_reader_is_noticed_and_can_be_stopped(
    root: Path, source: WatchdogHintSource
) -> None:
    """It dies without a traceback on standard error, where the log is one event per line."""
    threads = threading.active_count()
    source.start()
    reader = hints_module._reader(observer_of(source))
    assert reader is not None

    def die(event: object) -> None:
        raise KeyError(event)

    reader.handle_event = die  # type: ignore[attr-defined]
    (root / "a.jpg").touch()
    until(lambda: not reader.is_alive())

    assert "watchdog's reader died: KeyError" in source.trouble()
    source.stop()
    assert threading.active_count() == threads


def test_an_observer_with_broken_books_can_be_stopped(source: WatchdogHintSource) -> None:
    threads = threading.active_count()
    source.start()
    for emitter in observer_of(source).emitters:
        emitter._inotify._active_callbacks_by_path.clear()  # type: ignore[attr-defined]

    source.stop()

    assert threading.active_count() == threads


def test_a_source_gone_deaf_is_noticed(source: WatchdogHintSource, clock: FakeClock) -> None:
    source.start()
    assert source._canary is not None
    source._canary.on_created = lambda _: None  # type: ignore[assignment,method-assign]
    source._canary._heard.clear()

    clock.advance(60)
    assert source.trouble() == ""
    clock.advance(60)

    assert "deaf" in source.trouble()


def test_the_canary_sings_as_long_as_all_is_well(
    source: WatchdogHintSource, clock: FakeClock
) -> None:
    source.start()
    assert source._canary is not None
    for _ in range(4):
        until(source._canary._heard.is_set)
        clock.advance(60)
        assert source.trouble() == ""


def test_watches_that_the_kernel_silently_refused_are_noticed(
    source: WatchdogHintSource, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.start()
    assert source._canary is not None
    monkeypatch.setattr(hints_module, "_watches", lambda _: 2)

    for expected in ("", "only 2 of 2 folders"):
        until(source._canary._heard.is_set)
        clock.advance(6)
        assert expected in source.trouble()

    assert "max_user_watches" in source.trouble()


def test_the_kernel_counts_the_watches(source: WatchdogHintSource) -> None:
    source.start()

    assert hints_module._watches(observer_of(source)) == 3  # root, 2026, and the canary's


def test_a_replaced_root_is_trouble(root: Path, source: WatchdogHintSource) -> None:
    source.start()
    root.rename(root.with_name("elsewhere"))
    assert source.trouble() == "the watched folder is gone"
    source.stop()
    root.mkdir()
    source.start()
    root.rename(root.with_name("again"))
    root.mkdir()

    assert source.trouble() == "the watched folder was replaced"


def test_a_deleted_root_is_trouble(root: Path, source: WatchdogHintSource) -> None:
    source.start()
    shutil.rmtree(root)

    assert source.trouble() != ""


def test_too_many_dirty_names_are_everything() -> None:
    dirty = DirtyNames(most_folders=2, most_names=3)
    dirty.add(b"a", b"1")
    dirty.add(b"a", b"1")
    dirty.add(b"b")
    assert dirty.drain() == Hints({b"a": frozenset({b"1"}), b"b": frozenset()})

    for folder in (b"a", b"b", b"c", b"d"):
        dirty.add(folder)
    assert dirty.drain() == Hints({}, everything=True)
    for name in (b"1", b"2", b"3", b"4"):
        dirty.add(b"a", name)
    assert dirty.drain() == Hints({}, everything=True)
    assert dirty.drain() == Hints({})


def test_counting_stops_above_the_limit(root: Path) -> None:
    (root / "a" / "b").mkdir(parents=True)
    (root / "loop").symlink_to(root)

    assert count_folders(os.fsencode(root), most=100) == 4
    assert count_folders(os.fsencode(root), most=2) == 3
