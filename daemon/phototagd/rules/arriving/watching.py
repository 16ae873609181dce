"""How a library is watched: native hints or scans alone, how often, and whether it is itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from phototagd.domain.library import Mount, RootIdentity, WatchMode

MOST_NATIVE_FOLDERS = 4000
"""Beyond it recursive inotify watching was seen to fail without a word."""

SHARE_OF_KERNEL_WATCHES = 0.5
"""Other programs on the machine need watches too."""

SEEN_WITHIN = timedelta(seconds=50)
"""What scans alone promise where it can be afforded: a photo is noticed within that time."""

AFFORDABLE_SCAN = timedelta(seconds=15)
DUTY = 0.05
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=60)
SAME_ENTRIES_SHARE = 0.5

_LAYERED = frozenset({"overlay", "aufs", "unionfs"})


@dataclass(frozen=True, slots=True)
class ModeChoice:
    """How a library is watched, and why, in words for a person."""

    mode: WatchMode
    why: str


def choose_mode(wanted: str, mount: Mount) -> ModeChoice:
    """The way to watch a library; `wanted` is "auto", "native", "scan" or "off"."""
    if wanted != "auto":
        mode = WatchMode(wanted)
        if mode is WatchMode.NATIVE and mount.is_remote:
            return ModeChoice(
                mode, f"chosen in the settings, though {mount.filesystem} hides changes by others"
            )
        return ModeChoice(mode, "chosen in the settings")
    if mount.filesystem in _LAYERED:
        return ModeChoice(
            WatchMode.SCAN, f"{mount.filesystem} hides changes made in its lower layers"
        )
    if mount.is_remote:
        return ModeChoice(
            WatchMode.SCAN, f"{mount.filesystem} does not tell of changes made elsewhere"
        )
    return ModeChoice(WatchMode.NATIVE, f"local disk ({mount.filesystem or 'native'})")


def watch_budget(max_user_watches: int | None) -> int:
    """How many folders native hints may watch; the argument is the kernel's limit, if any."""
    if max_user_watches is None:
        return MOST_NATIVE_FOLDERS
    return min(MOST_NATIVE_FOLDERS, int(max_user_watches * SHARE_OF_KERNEL_WATCHES))


def next_retry(previous: timedelta) -> timedelta:
    """How long to do without native hints after they failed; zero when they never had."""
    return min(max(previous * 2, FIRST_RETRY), LONGEST_RETRY)


def pause_between_scans(took: timedelta, *, mode: WatchMode, rescan: timedelta) -> timedelta:
    """How long to rest after a pruned scan that took so long.

    With native hints it is the setting. Scans alone come round within a minute as long as one
    is quick, and otherwise take up no more than a twentieth of the time. Never more often
    than that, never less often than the setting where it can be afforded.
    """
    thrifty = took * (1 / DUTY - 1)
    if mode is not WatchMode.SCAN:
        return max(rescan, thrifty)
    if took <= AFFORDABLE_SCAN:
        return min(rescan, SEEN_WITHIN - took)
    return max(min(rescan, thrifty), took)


def same_root(now: RootIdentity, known: RootIdentity, *, is_remote: bool) -> bool:
    """Whether a root is certainly the one it was.

    A network share may get another device number at every mount.
    """
    if now.inode != known.inode or now.filesystem != known.filesystem:
        return False
    return is_remote or now.device == known.device


def holds_the_same(names: Collection[bytes], known: Collection[bytes]) -> bool:
    """Whether a root whose identity changed still holds what it held.

    Device numbers also change when disks are found in another order at boot, and inodes when a
    library is restored to a new disk. Then what lies in the root decides.
    """
    if not known:
        return True
    return len(set(known) & set(names)) >= len(known) * SAME_ENTRIES_SHARE
