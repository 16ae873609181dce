"""What every part of the catalogue is made with."""

from datetime import timedelta

from phototagd.adapters.sqlite.arriving.missing import LossLimit
from phototagd.adapters.sqlite.columns import duration_ms, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.ports import Clock


class Section:
    """A part of the catalogue: some methods on the shared database.

    `confirm_after` is how long the sidecar of a moved photo waits until it may follow;
    `place_patience` how long a new photo waits for words before its place is written without;
    `loss_share` the share of a library that may go at once without asking a person.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        confirm_after: timedelta,
        place_patience: timedelta,
        loss_share: float,
    ) -> None:
        self._database = database
        self._clock = clock
        self._confirm_after_ms = duration_ms(confirm_after)
        self._place_patience_ms = duration_ms(place_patience)
        self._loss_share = loss_share
        self._loss_limit = LossLimit(share=loss_share)

    def _now(self) -> int:
        return to_ms(self._clock.now())
