"""Native change hints through watchdog, distrusted: bounded, counted, and tested by a canary.

watchdog 7.1 was seen to lose events without a word (overflow of the kernel's queue, watch limit
reached below the root, reader thread dead from a KeyError, root renamed) while all its threads
claim to be alive. So events only mark names to be looked at, and `trouble` says when not even
that can be relied on. Its polling observer is never used: it holds every file in memory.
"""

import logging
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from phototagd.adapters.last_words import LastWords
from phototagd.domain.errors import Unavailable
from phototagd.domain.library import Hints
from phototagd.ports import Clock
from phototagd.rules.arriving.watching import MOST_NATIVE_FOLDERS, watch_budget

MOST_DIRTY_FOLDERS = 2_000
MOST_DIRTY_NAMES = 50_000
CANARY_EVERY_SECONDS = 60.0
UNWATCHED_FOR_SECONDS = 5.0
JOIN_SECONDS = 10.0
RAISE_LIMIT = "raise it with: sysctl fs.inotify.max_user_watches=524288"

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,  # Linux only; elsewhere the end of writing is a modification
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
]
if sys.platform != "linux":
    _EVENTS.append(FileModifiedEvent)


class WatchdogHintSource:
    """Hints for one library, from one observer of its own.

    `most_folders` is the watch budget; None asks the kernel. Junk folders count too, because
    watchdog watches them.
    """

    def __init__(
        self,
        *,
        root: bytes,
        clock: Clock,
        most_folders: int | None = None,
        canary_every_seconds: float = CANARY_EVERY_SECONDS,
    ) -> None:
        self._root = os.path.realpath(root)
        self._clock = clock
        self._budget = most_folders if most_folders is not None else watch_budget(_kernel_limit())
        self._every = canary_every_seconds
        self._dirty = DirtyNames()
        self._observer: BaseObserver | None = None
        self._canary: _Canary | None = None
        self._overflow: _OverflowListener | None = None
        self._last_words: LastWords | None = None
        self._identity = (0, 0)
        self._next_check = 0.0
        self._next_count = 0.0
        self._unwatched_before = False
        self._trouble = ""

    def start(self) -> None:
        """Begin; raises Unavailable when the kernel refuses or the tree is too large."""
        if self._observer is not None:
            return
        self._trouble, self._unwatched_before = "", False
        self._dirty.drain()
        folders = count_folders(self._root, most=self._budget)
        if folders > self._budget:
            may_be_raised = self._budget < MOST_NATIVE_FOLDERS
            raise Unavailable(
                f"more than {self._budget} folders", remedy=RAISE_LIMIT if may_be_raised else ""
            )
        try:
            found = os.lstat(self._root)
            self._identity = (found.st_dev, found.st_ino)
            self._begin()
        except OSError as error:
            self.stop()
            raise Unavailable(
                f"the kernel refuses to watch: {error.strerror or error}", remedy=RAISE_LIMIT
            ) from error

    def drain(self) -> Hints:
        """What may have changed since the last call; never blocks."""
        if self._overflow is not None and self._overflow.happened:
            self._dirty.lose()
        return self._dirty.drain()

    def trouble(self) -> str:
        """Why the source can no longer be trusted; empty while it can."""
        if self._observer is not None and not self._trouble:
            self._trouble = self._find_trouble(self._observer)
        return self._trouble

    def stop(self) -> None:
        """End; may be called twice or without start."""
        observer, self._observer = self._observer, None
        if observer is not None:
            _end(observer)
        if self._overflow is not None:
            self._overflow.detach()
            self._overflow = None
        if self._last_words is not None:
            self._last_words.stop()
            self._last_words = None
        if self._canary is not None:
            self._canary.remove()
            self._canary = None

    def _begin(self) -> None:
        observer = Observer()
        self._observer = observer
        if isinstance(observer, PollingObserver):
            raise OSError("this system has no change notifications")
        self._canary = _Canary()
        self._last_words = LastWords(threads=lambda: _threads(observer))
        self._overflow = _OverflowListener(reader=_reader(observer))
        handler = _Handler(self._root, self._dirty)
        observer.schedule(self._canary, self._canary.folder, recursive=False, event_filter=_EVENTS)
        observer.schedule(handler, os.fsdecode(self._root), recursive=True, event_filter=_EVENTS)
        observer.start()
        self._canary.sing()
        self._next_check = self._clock.monotonic() + self._every
        self._next_count = self._clock.monotonic() + UNWATCHED_FOR_SECONDS

    def _find_trouble(self, observer: BaseObserver) -> str:
        if self._overflow is not None and self._overflow.happened:
            return "the kernel's event queue overflowed"
        if not all(thread.is_alive() for thread in _threads(observer)):
            reason = self._last_words.heard if self._last_words is not None else ""
            return f"watchdog's reader died{reason and ': '}{reason}"
        try:
            found = os.lstat(self._root)
        except OSError:
            return "the watched folder is gone"
        if (found.st_dev, found.st_ino) != self._identity:
            return "the watched folder was replaced"
        return self._check_canary() or self._check_watches(observer)

    def _check_canary(self) -> str:
        assert self._canary is not None
        if self._clock.monotonic() < self._next_check:
            return ""
        self._next_check = self._clock.monotonic() + self._every
        if self._canary.missed >= 2:  # noqa: PLR2004 - once may be a busy machine
            return "watchdog has gone deaf: it missed two test events"
        self._canary.sing()
        return ""

    def _check_watches(self, observer: BaseObserver) -> str:
        """Count soon after the start, where the kernel refuses most, and once again in doubt."""
        if self._clock.monotonic() < self._next_count:
            return ""
        folders = count_folders(self._root, most=self._budget)
        if folders > self._budget:
            return f"the library has grown beyond {self._budget} folders"
        watches = _watches(observer)
        unwatched = watches is not None and watches - 1 < folders  # one is the canary's
        if unwatched and self._unwatched_before:
            return f"only {watches} of {folders} folders are watched ({RAISE_LIMIT})"
        self._unwatched_before = unwatched
        pause = UNWATCHED_FOR_SECONDS if unwatched else self._every
        self._next_count = self._clock.monotonic() + pause
        return ""


class DirtyNames:
    """A bounded set of names by folder; when it runs over, everything is dirty."""

    def __init__(
        self, *, most_folders: int = MOST_DIRTY_FOLDERS, most_names: int = MOST_DIRTY_NAMES
    ) -> None:
        self._most_folders = most_folders
        self._most_names = most_names
        self._lock = threading.Lock()
        self._names: dict[bytes, set[bytes]] = {}
        self._count = 0
        self._everything = False

    def add(self, folder: bytes, name: bytes | None = None) -> None:
        """Remember a name, or the folder as a whole."""
        with self._lock:
            if self._everything:
                return
            names = self._names.setdefault(folder, set())
            if name is not None and name not in names:
                names.add(name)
                self._count += 1
            if len(self._names) > self._most_folders or self._count > self._most_names:
                self._forget(everything=True)

    def lose(self) -> None:
        """Something was lost: everything is dirty."""
        with self._lock:
            self._forget(everything=True)

    def drain(self) -> Hints:
        """Take out what is there."""
        with self._lock:
            hints = Hints(
                names={folder: frozenset(names) for folder, names in self._names.items()},
                everything=self._everything,
            )
            self._forget(everything=False)
            return hints

    def _forget(self, *, everything: bool) -> None:
        self._names, self._count, self._everything = {}, 0, everything


class _Handler(FileSystemEventHandler):
    """Marks what events name, and of folders also what lies in them."""

    def __init__(self, root: bytes, dirty: DirtyNames) -> None:
        self._prefix = root.rstrip(b"/") + b"/"
        self._dirty = dirty

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._mark(os.fsencode(path), is_folder=event.is_directory)

    def _mark(self, path: bytes, *, is_folder: bool) -> None:
        if not path.startswith(self._prefix):
            return
        relative = path[len(self._prefix) :]
        folder, _, name = relative.rpartition(b"/")
        self._dirty.add(folder, name)
        if is_folder:
            self._dirty.add(relative)


class _Canary(FileSystemEventHandler):
    """A private folder on the same observer; a file made there must be noticed."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="phototagd-canary-")
        self._song = 0
        self._heard = threading.Event()
        self._misses = 0

    def on_created(self, event: FileSystemEvent) -> None:
        if os.fsdecode(event.src_path).endswith(f"-{self._song}"):
            self._heard.set()

    @property
    def missed(self) -> int:
        """How many songs in a row were not heard, the present one included."""
        return 0 if self._heard.is_set() else self._misses

    def sing(self) -> None:
        self._misses = self.missed + 1
        self._heard.clear()
        old = Path(self.folder, f"song-{self._song}")
        self._song += 1
        Path(self.folder, f"song-{self._song}").touch()
        old.unlink(missing_ok=True)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class _OverflowListener(logging.Handler):
    """watchdog tells of an overflow in its log only; `reader` is the thread that would."""

    def __init__(self, *, reader: threading.Thread | None) -> None:
        super().__init__(level=logging.WARNING)
        self._reader = reader
        self.happened = False
        logging.getLogger("watchdog").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        ours = self._reader is None or record.thread == self._reader.ident
        if ours and "overflow" in record.getMessage():
            self.happened = True

    def detach(self) -> None:
        logging.getLogger("watchdog").removeHandler(self)
        self.close()


def count_folders(root: bytes, *, most: int) -> int:
    """How many readable folders a tree has, itself included; stops counting above `most`."""
    pending, count = [root], 0
    while pending and count <= most:
        try:
            with os.scandir(pending.pop()) as entries:
                pending.extend(e.path for e in entries if e.is_dir(follow_symlinks=False))
        except OSError:
            continue
        count += 1
    return count


def _kernel_limit() -> int | None:
    try:
        return int(Path("/proc/sys/fs/inotify/max_user_watches").read_text())
    except (OSError, ValueError):
        return None


def _reader(observer: BaseObserver) -> threading.Thread | None:
    """The thread that reads from inotify: private to watchdog, and the one seen to die."""
    reader = getattr(observer, "_inotify_fd", None)
    return reader if isinstance(reader, threading.Thread) else None


def _threads(observer: BaseObserver) -> list[threading.Thread]:
    """All threads that must live for hints to come."""
    reader = _reader(observer)
    return [observer, *observer.emitters, *([] if reader is None else [reader])]


def _watches(observer: BaseObserver) -> int | None:
    """How many inotify watches the kernel really holds for an observer, None if unknown."""
    fd = getattr(_reader(observer), "_inotify_fd", None)
    try:
        return Path(f"/proc/self/fdinfo/{fd}").read_bytes().count(b"inotify wd:")
    except OSError:
        return None


def _end(observer: BaseObserver) -> None:
    """Stop an observer, even one whose book-keeping is broken.

    After its reader died, watchdog 7.1 may raise KeyError while it detaches an emitter, and then
    never wakes that emitter. Closing the emitters' queues lets another try get past it.
    """
    groups = [getattr(emitter, "_inotify", None) for emitter in observer.emitters]
    logging.getLogger("watchdog.observers.inotify").addFilter(_is_no_farewell)
    for _ in range(len(groups) + 1):
        try:
            observer.stop()
            break
        except (KeyError, OSError, AssertionError):
            for group in groups:
                queue = getattr(group, "_move_event_grouper", None)
                if queue is not None:
                    queue.close()
    if observer.is_alive():
        observer.join(JOIN_SECONDS)
    logging.getLogger("watchdog.observers.inotify").removeFilter(_is_no_farewell)


def _is_no_farewell(record: logging.LogRecord) -> bool:
    """Keep out of the log what an emitter reports as an error whenever it is stopped."""
    return "when the thread is inactive" not in record.getMessage()
