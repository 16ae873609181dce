"""`phototagd rebuild`: the database made anew from photos and sidecars, without the model."""

import os
from collections.abc import Callable
from pathlib import Path

from phototagd.adapters.clock import SystemClock
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.database.connecting import set_aside
from phototagd.adapters.sqlite.keeping.forgotten import forgotten
from phototagd.app.opening import opened
from phototagd.app.parts import Parts
from phototagd.app.store import DATABASE_NAME
from phototagd.domain.errors import Unavailable
from phototagd.domain.rebuilding import Forgotten, RebuildProgress, Rebuilt
from phototagd.flow.keeping.rebuilder import Rebuilder
from phototagd.settings import Settings

Progress = Callable[[RebuildProgress], None]


def rebuild(settings: Settings, progress: Progress) -> Rebuilt:
    """Move the old database aside whole and make a new one; what could not be brought back.

    Raises ConfigError when the settings cannot work, Unavailable when a daemon has the state
    folder, or a library is away: nothing is moved then. When it is interrupted, or a disk fails
    on the way, it may be run again, and a daemon that is started goes on with what there is.
    """
    _refuse_absent(settings)
    mover = _Mover(settings.state_dir / DATABASE_NAME)
    with opened(settings, once_locked=mover.move) as parts:
        rebuilder = _rebuilder(parts)
        trouble = ""
        try:
            for step in rebuilder.run():
                progress(step)
        except Unavailable as error:
            trouble = str(error)
        return Rebuilt(
            progress=rebuilder.progress,
            aside=None if mover.aside is None else os.fsencode(mover.aside),
            forgotten=mover.forgotten(),
            trouble=trouble,
        )


class _Mover:
    """Moves the old database aside once the state folder is locked, and remembers where to."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.aside: Path | None = None

    def move(self) -> None:
        """Make room for a new database."""
        if self._database.exists():
            self.aside = set_aside(self._database, SystemClock().now(), why="before-rebuild")

    def forgotten(self) -> tuple[Forgotten, ...] | None:
        """What only the old one knew."""
        if self.aside is None:
            return ()
        found = forgotten(old=self.aside / DATABASE_NAME, new=self._database)
        return None if found is None else tuple(found)


def _rebuilder(parts: Parts) -> Rebuilder:
    return Rebuilder(
        scanners=parts.arriving.libraries.scanners(parts.arriving.intake),
        intake=parts.arriving.intake,
        adopter=parts.shelving.adopter(),
        writing=parts.writing.worker,
        catalogue=parts.store.catalogue,
        queue=parts.store.queue,
        clock=parts.clock,
        restores=[parts.vocabulary.gardener.step],
    )


def _refuse_absent(settings: Settings) -> None:
    """A share that is not mounted would be rebuilt as if it had never held a photo."""
    mounts = MountTable()
    for library in settings.library:
        root = os.fsencode(library.path)
        if library.watch == "off":
            continue
        if mounts.identify(root) is None or mounts.is_empty(root):
            raise Unavailable(
                f"the library {library.path} is empty or not there: nothing was changed",
                remedy="mount its disk, or take it out of the settings, and try again",
            )
