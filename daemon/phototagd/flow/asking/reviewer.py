"""Checks photos that were answered before their text could be read, when nothing else waits."""

from collections.abc import Callable

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.flow.asking.screener import REST_SECONDS, Screener
from phototagd.ports import Catalogue, PhotoReader
from phototagd.ports.privacy import PrivacyStore

BUSY_REST_SECONDS = 10.0
DONE_REST_SECONDS = 3600.0


class Reviewer:
    """Goes through the assets by their numbers, one photo a step, and begins again after a rest.

    New photos go first: they are checked on their way to the model.
    """

    def __init__(
        self,
        *,
        screener: Screener,
        store: PrivacyStore,
        catalogue: Catalogue,
        reader: PhotoReader,
        reader_name: str,
        long_side: int,
        is_busy: Callable[[], bool],
    ) -> None:
        self._screener = screener
        self._store = store
        self._catalogue = catalogue
        self._reader = reader
        self._reader_name = reader_name
        self._long_side = long_side
        self._is_busy = is_busy
        self._after = AssetId(0)

    def step(self) -> float:
        """Check one photo; how long to rest. Raises Unavailable when nothing can be recorded."""
        if self._screener.is_resting:
            return REST_SECONDS
        if self._is_busy():
            return BUSY_REST_SECONDS
        due = self._store.unchecked(self._reader_name, self._after, 1)
        if not due:
            self._after = AssetId(0)
            return DONE_REST_SECONDS
        self._check(due[0])
        self._after = due[0]  # one that cannot be read must not keep the others waiting
        return 0.0

    def _check(self, asset: AssetId) -> None:
        for copy in self._catalogue.paths_of(asset):
            try:
                prepared = self._reader.prepare(copy.absolute, long_side=self._long_side)
            except Unavailable:
                raise
            except PhototagdError:
                continue  # gone or broken: intake finds that out
            self._screener.screen(asset, copy.absolute, prepared)
            return
