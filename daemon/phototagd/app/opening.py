"""Opens a state folder: lock, store, parts; and closes them in mirror order."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta

from phototagd.adapters.clock import SystemClock
from phototagd.adapters.instance import InstanceLock
from phototagd.adapters.mounts import MountTable
from phototagd.app.parts import Parts
from phototagd.app.store import Patience, open_store
from phototagd.flow.bus import Bus
from phototagd.ports import Listener, StepHook
from phototagd.settings import Settings


def no_step(_name: str) -> None:
    """What happens at a named step in production: nothing."""


@contextmanager
def opened(
    settings: Settings, *, listeners: Sequence[Listener] = (), step: StepHook = no_step
) -> Iterator[Parts]:
    """All parts, wired and idle; the state folder is locked for the length of the block.

    Raises ConfigError when the settings cannot work, Unavailable when another daemon has the
    folder or the store cannot be opened.
    """
    clock = SystemClock()
    bus = Bus()
    for listener in listeners:
        bus.join(listener)
    patience = Patience(place=timedelta()) if settings.model.engine == "none" else Patience()
    mounts = MountTable()
    with InstanceLock(state_dir=settings.state_dir, mount_of=mounts.mount_of, clock=clock):
        store = open_store(settings.state_dir, clock=clock, emit=bus, patience=patience)
        with closing(store.database):
            parts = Parts(settings, clock=clock, bus=bus, store=store, mounts=mounts, step=step)
            with closing(parts.reader):
                yield parts
