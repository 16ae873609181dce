"""How many processes decode photos, and the photo reader over them."""

import os

from phototagd.adapters.images import PhotoReaderPool, ProcessPhotoReader
from phototagd.app.engines import endpoints_of
from phototagd.ports import PhotoReader
from phototagd.rules.asking.decoders import decoders
from phototagd.settings import Settings


def decoders_of(settings: Settings) -> int:
    """As the settings say, or as many as the requests in flight need."""
    if settings.intake.decoders is not None:
        return settings.intake.decoders
    lanes = sum(endpoint.concurrency for endpoint in endpoints_of(settings))
    return decoders(lanes=lanes, cpus=_cpus())


def photo_reader(settings: Settings) -> PhotoReader:
    """The reader of the daemon; nothing is started yet."""
    return PhotoReaderPool(readers=[ProcessPhotoReader() for _ in range(decoders_of(settings))])


def _cpus() -> int:
    """The CPUs this process may use: a container often has fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
