"""Whether RAW and JPEG pairs share one answer."""

from collections.abc import Callable

from phototagd.adapters.sqlite.store import Store
from phototagd.domain.job import Lease, Snooze
from phototagd.domain.tagging import Tagging
from phototagd.flow.asking.pair_sharer import PairSharer
from phototagd.ports import Clock, PhotoReader
from phototagd.settings import Settings


def pair_sharing(
    settings: Settings, store: Store, reader: PhotoReader, clock: Clock
) -> Callable[[Lease], Tagging | Snooze | None]:
    """What a preparer asks before it decodes a photo; by the settings, nothing."""
    if not settings.model.share_pairs:
        return lambda _: None
    return PairSharer(catalogue=store.catalogue, queue=store.queue, reader=reader, clock=clock).look
