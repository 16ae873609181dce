"""What persons can ask about finding photos, over the parts of one daemon."""

from phototagd.app.parts import Parts
from phototagd.domain.asset import AssetId
from phototagd.domain.search import Found, HitOrder
from phototagd.flow.finding.finder import Finder


def finder_of(parts: Parts) -> Finder:
    """Who finds photos by their words and by their meaning."""

    def without_meaning() -> int:
        report = parts.meaning.report()
        return 0 if report is None else report.waiting

    return Finder(
        index=parts.store.search,
        clock=parts.clock,
        interpreter=parts.meaning.interpreter,
        without_meaning=without_meaning,
    )


class Searching:
    """Searches, shows what is similar, and remembers what was not meant, by names of files."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._finder = finder_of(parts)

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first photos for a query."""
        return self._finder.search(text, limit=limit, order=order)

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        """The photos most like one; None when nothing is known of it."""
        asset = self._asset(file)
        return None if asset is None else self._finder.similar(asset, limit=limit)

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant, or forget that again.

        False when nothing is known of the photo, or there was nothing to forget.
        """
        asset = self._asset(file)
        return asset is not None and self._finder.not_this(asset, text, is_meant=is_meant)

    def _asset(self, file: bytes) -> AssetId | None:
        record = self._parts.arriving.requests.find(file)
        return None if record is None else record.asset
