"""One measured scan in a process of its own, so that its peak memory is its own.

`python -m bench.scan_once DATABASE ROOT full|pruned|fill`: prints wall and CPU seconds, files
and files brought up, and the highest resident memory in MB. `fill` records every file as known
through the store's own port, as a first scan and intake would.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.spent import resident_mb, spent
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.walking import ScandirWalker
from phototagd.domain.asset import Location, PathState
from phototagd.domain.events import Event, ScanFinished
from phototagd.domain.library import Library, Listing
from phototagd.domain.record import Refusal
from phototagd.flow.arriving.candidates import Found
from phototagd.flow.arriving.scanner import Scanner
from phototagd.rules.arriving.eligibility import IgnoreRules

BATCH = 10_000


class Sink:
    """Takes what the scan brings up, in place of intake: hashing is aside."""

    has_room = has_much_room = True

    def offer(self, files: Iterable[Found]) -> bool:
        for _ in files:
            pass
        return True


def fill(store: Store, library: Library) -> None:
    """Record every file, so that nothing is new."""
    batch: list[Refusal] = []
    for listing in ScandirWalker(ignore=IgnoreRules()).walk(library.root, None):
        assert isinstance(listing, Listing)
        batch += [
            Refusal(
                Location(library.id, listing.folder, file.name),
                file.stamp,
                PathState.FOREIGN,
                "empty",
                None,
            )
            for file in listing.files
        ]
        if len(batch) >= BATCH:
            store.catalogue.refuse(batch)
            batch.clear()
    store.catalogue.refuse(batch)


def main(database: str, root: str, what: str) -> None:
    events: list[Event] = []
    clock = SystemClock()
    with Store.open(Path(database), clock=clock) as store:
        library = store.catalogue.open_library(os.fsencode(root))
        if what == "fill":
            fill(store, library)
            return
        scanner = Scanner(
            library=library,
            catalogue=store.catalogue,
            walker=ScandirWalker(ignore=IgnoreRules()),
            mounts=MountTable(),
            intake=Sink(),  # type: ignore[arg-type]
            clock=clock,
            emit=events.append,
            ignore=IgnoreRules(),
        )
        assert not scanner.why_offline()
        scanner.came_online()
        cost = spent(lambda: [None for _ in scanner.scan(full=what == "full")])
    (done,) = (event for event in events if isinstance(event, ScanFinished))
    memory = resident_mb(os.getpid(), "VmHWM")
    sys.stdout.write(f"{cost.wall} {cost.cpu} {done.files} {done.appeared} {memory}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
