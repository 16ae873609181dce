"""Who looks for private text in photos, by the settings and what is installed."""

from collections.abc import Callable
from contextlib import suppress

from phototagd.adapters.reading_text import ProcessTextReader, TextReaderPool, installed_reader
from phototagd.adapters.sqlite.store import Store
from phototagd.app.asking.decoding import cpus, decoders_of
from phototagd.domain.asset import AssetId, Prepared
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.flow.asking.reviewer import Reviewer
from phototagd.flow.asking.screener import Screener
from phototagd.ports import Clock, Listener, PhotoReader
from phototagd.ports.privacy import TextReader
from phototagd.settings import Settings


def text_reader(settings: Settings) -> TextReader | None:
    """The reader of the daemon, nothing started yet; None where photos are not read.

    Raises ConfigError where it is wanted and not installed.
    """
    name = installed_reader()
    if settings.privacy.ocr and not name:
        raise ConfigError("privacy.ocr = true needs phototagd[ocr]: pip install 'phototagd[ocr]'")
    if not name or settings.privacy.ocr is False or settings.model.engine == "none":
        return None
    processes = decoders_of(settings)
    threads = max(1, cpus() // (2 * processes))  # the other half decodes, writes and serves
    return TextReaderPool(
        readers=[ProcessTextReader(name=name, threads=threads) for _ in range(processes)]
    )


class Screening:
    """Screener and reviewer over one text reader, or nobody."""

    def __init__(
        self,
        reader: TextReader | None,
        *,
        store: Store,
        photos: PhotoReader,
        clock: Clock,
        emit: Listener,
        long_side: int,
        is_busy: Callable[[], bool],
    ) -> None:
        self._reader = reader
        self._screener: Screener | None = None
        self.reviewer: Reviewer | None = None
        if reader is None:
            return
        self._screener = Screener(reader=reader, store=store.privacy, clock=clock, emit=emit)
        self.reviewer = Reviewer(
            screener=self._screener,
            store=store.privacy,
            catalogue=store.catalogue,
            reader=photos,
            reader_name=reader.name,
            long_side=long_side,
            is_busy=is_busy,
        )

    def screen(self, asset: AssetId, path: bytes, prepared: Prepared) -> None:
        """Check a photo before the model sees it, where somebody can."""
        if self._screener is not None:
            self._screener.screen(asset, path, prepared)

    def warm(self) -> None:
        """Start what reads without waiting for it; what cannot start is told at the first photo."""
        if self._reader is not None:
            with suppress(Unavailable):
                self._reader.warm()

    def close(self) -> None:
        """End what was started; may be called twice."""
        if self._reader is not None:
            self._reader.close()
