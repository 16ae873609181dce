"""What every room of the daemon stands on."""

from dataclasses import dataclass

from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.app.bells import Bells
from phototagd.flow.bus import Bus
from phototagd.flow.held import HeldLeases
from phototagd.flow.settler import Settler
from phototagd.ports import Clock, PhotoReader, StepHook
from phototagd.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Made once, given to each room; `step` is told the name of each durable step."""

    settings: Settings
    clock: Clock
    bus: Bus
    store: Store
    mounts: MountTable
    reader: PhotoReader
    step: StepHook
    bells: Bells
    held: HeldLeases
    settler: Settler
