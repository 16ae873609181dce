"""A person's word that photos which are missing at once were meant to go."""

from collections.abc import Sequence

from phototagd.domain.errors import ConfigError
from phototagd.flow.arriving.watcher import Watcher
from phototagd.rules.wire.showing import readable


def confirm_losses(watchers: Sequence[Watcher], root: bytes | None) -> int:
    """Believe them gone in the library of this root, or in all that ask; how many photos.

    Raises ConfigError for a folder that is no library, Unavailable for one that is away.
    """
    if root is not None:
        named = [w for w in watchers if w.report().root.rstrip(b"/") == root.rstrip(b"/")]
        if not named:
            raise ConfigError(f"{readable(root)} is not the folder of a library")
        return named[0].confirm_losses()
    return sum(w.confirm_losses() for w in watchers if w.report().held_losses)
