"""What persons can ask about finding photos, over the parts of one daemon."""

from dataclasses import replace

from phototagd.app.parts import Parts
from phototagd.domain.asset import AssetId
from phototagd.domain.search import Found, HitOrder
from phototagd.flow.finding.finder import Finder


class Searching:
    """Searches, shows what is similar, and remembers what was not meant."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._interpreter = parts.meaning.interpreter
        self._finder = Finder(
            index=parts.store.search, clock=parts.clock, interpreter=self._interpreter
        )

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first photos for a query."""
        return self._counted(self._finder.search(text, limit=limit, order=order))

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        """The photos most like one; None when nothing is known of it."""
        asset = self._asset(file)
        found = None if asset is None else self._finder.similar(asset, limit=limit)
        return None if found is None else self._counted(found)

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant, or forget that again.

        False when nothing is known of the photo, or there was nothing to forget.
        """
        asset = self._asset(file)
        if asset is None:
            return False
        query = self._finder.understood(text)
        if is_meant:
            return self._interpreter.forgive(asset, query)
        self._interpreter.refuse(asset, query)
        return True

    def _asset(self, file: bytes) -> AssetId | None:
        record = self._parts.requests.find(file)
        return None if record is None else record.asset

    def _counted(self, found: Found) -> Found:
        report = self._parts.meaning.report()
        return found if report is None else replace(found, without_meaning=report.waiting)
