"""Opens a state folder: lock, store, parts; and closes them in mirror order."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from phototagd.adapters.clock import SystemClock
from phototagd.adapters.instance import InstanceLock
from phototagd.adapters.mounts import MountTable
from phototagd.app.parts import Parts
from phototagd.app.store import open_store
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
    mounts = MountTable()
    with InstanceLock(state_dir=settings.state_dir, mount_of=mounts.mount_of, clock=clock):
        has_engine = settings.model.engine != "none"
        with open_store(settings.state_dir, clock=clock, emit=bus, has_engine=has_engine) as store:
            parts = Parts(settings, clock=clock, bus=bus, store=store, mounts=mounts, step=step)
            with closing(parts.reader):
                yield parts
