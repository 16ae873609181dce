"""How many processes decode photos, and the photo reader over them."""

import os

from phototagd.adapters.images import PhotoReaderPool, ProcessPhotoReader
from phototagd.adapters.reading_text import installed_reader
from phototagd.app.asking.engines import endpoints_of
from phototagd.ports import PhotoReader
from phototagd.rules.asking.decoders import decoders
from phototagd.settings import Settings


def decoders_of(settings: Settings) -> int:
    """As the settings say, or as many as the requests in flight need.

    Reading the text in a photo takes longer than decoding it, so then each lane has its own.
    """
    if settings.intake.decoders is not None:
        return settings.intake.decoders
    lanes = sum(endpoint.concurrency for endpoint in endpoints_of(settings))
    is_read = settings.privacy.ocr is not False and bool(installed_reader())
    return decoders(lanes=lanes, cpus=cpus(), is_text_read=is_read)


def photo_reader(settings: Settings) -> PhotoReader:
    """The reader of the daemon; nothing is started yet."""
    return PhotoReaderPool(readers=[ProcessPhotoReader() for _ in range(decoders_of(settings))])


def cpus() -> int:
    """The CPUs this process may use: a container often has fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
