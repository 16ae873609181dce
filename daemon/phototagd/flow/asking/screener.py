"""Looks for private text in photos before any model sees them."""

from phototagd.domain.asset import AssetId, Prepared
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.events import PhotoChecked, PhotoUnchecked, Trouble
from phototagd.domain.privacy import PrivacyCheck
from phototagd.ports import Clock, Listener
from phototagd.ports.privacy import PrivacyStore, TextReader
from phototagd.rules.answers.private_text import findings_in, suspicion_of

REST_SECONDS = 600.0
"""How long nothing is read after the reader did not start: photos go on meanwhile."""


class Screener:
    """Reads a photo's text once and keeps what kind of private thing it shows, if any.

    What was read is in nobody's hands but this one's, and for a moment. A photo whose text
    cannot be read is asked about all the same: the model's own view of it remains.
    """

    def __init__(
        self, *, reader: TextReader, store: PrivacyStore, clock: Clock, emit: Listener
    ) -> None:
        self._reader = reader
        self._store = store
        self._clock = clock
        self._emit = emit
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether nothing can be read for now."""
        return self._clock.monotonic() < self._rests_until

    def screen(self, asset: AssetId, path: bytes, prepared: Prepared) -> None:
        """Check a photo, unless that was done or a person has judged it.

        Raises Unavailable when the store cannot be read or written.
        """
        if self.is_resting or not self._is_due(asset):
            return
        started = self._clock.monotonic()
        try:
            lines = self._reader.read(prepared.jpeg)
        except Unavailable as error:
            self._rest(error)
            return
        except PhototagdError as error:
            self._emit(PhotoUnchecked(asset=asset, path=path, reason=str(error)))
            return
        check = PrivacyCheck(self._reader.name, findings_in([line.text for line in lines]))
        self._store.record_check(asset, check)
        self._emit(
            PhotoChecked(
                asset=asset,
                path=path,
                suspicion=suspicion_of(check).value,
                found=tuple(dict.fromkeys(finding.what for finding in check.findings)),
                seconds=round(self._clock.monotonic() - started, 3),
            )
        )

    def _is_due(self, asset: AssetId) -> bool:
        known = self._store.privacy(asset)
        is_read = known.check is not None and known.check.reader == self._reader.name
        return known.verdict is None and not is_read

    def _rest(self, error: Unavailable) -> None:
        was_resting = self.is_resting
        self._rests_until = self._clock.monotonic() + REST_SECONDS
        if not was_resting:  # several photos at a time may find it out
            self._emit(
                Trouble(
                    what="reading text",
                    reason=str(error),
                    remedy="reinstall phototagd[ocr], or set privacy.ocr = false; photos are "
                    "asked about unread meanwhile",
                )
            )
