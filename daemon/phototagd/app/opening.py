"""Opens a state folder: lock, store, parts; and closes them in mirror order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from phototagd.adapters.clock import SystemClock
from phototagd.adapters.instance import InstanceLock
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.app.asking.decoding import photo_reader
from phototagd.app.asking.engines import Connect, captioner_at
from phototagd.app.parts import Parts
from phototagd.app.store import no_step, open_store
from phototagd.flow.bus import Bus
from phototagd.ports import Clock, Listener, StepHook
from phototagd.settings import Settings


@contextmanager
def opened(
    settings: Settings,
    *,
    listeners: Sequence[Listener] = (),
    step: StepHook = no_step,
    connect: Connect = captioner_at,
    once_locked: Callable[[], None] = lambda: None,
) -> Iterator[Parts]:
    """All parts, wired and idle; the state folder is locked for the length of the block.

    `once_locked` is called between locking it and opening the store.
    Raises ConfigError when the settings cannot work, Unavailable when another daemon has the
    folder or the store cannot be opened.
    """
    clock = SystemClock()
    bus = Bus()
    for listener in listeners:
        bus.join(listener)
    mounts = MountTable()
    with InstanceLock(state_dir=settings.state_dir, mount_of=mounts.mount_of, clock=clock):
        once_locked()
        with _store(settings, clock, bus, step) as store, closing(photo_reader(settings)) as reader:
            parts = Parts(
                settings,
                clock=clock,
                bus=bus,
                store=store,
                mounts=mounts,
                reader=reader,
                step=step,
                connect=connect,
            )
            with closing(parts):
                yield parts


def _store(settings: Settings, clock: Clock, bus: Bus, step: StepHook) -> Store:
    return open_store(
        settings.state_dir,
        clock=clock,
        emit=bus,
        has_engine=settings.model.engine != "none",
        loss_share=settings.intake.confirm_above_percent / 100,
        step=step,
    )
