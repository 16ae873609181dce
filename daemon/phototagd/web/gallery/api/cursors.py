"""Where in the timeline to go on, although photos come and go meanwhile.

A cursor is `MONTH.POSITION.ID`: after that photo; where it is gone, from that position of its
month.
"""

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import UNDATED, MonthPhotos, Sight
from phototagd.ports import Gallery


def photos_from(
    gallery: Gallery, sight: Sight, *, month: str, cursor: str, limit: int
) -> tuple[list[AssetId], str | None]:
    """The next photos of the timeline, newest first, and the cursor after them.

    They begin with `month`, the newest one if that is empty, or where `cursor` says. A month
    that has no photos any more is passed over. The cursor is None at the end.
    """
    first, position, asset = _read(cursor) if cursor else (month, 0, None)
    wanted: list[AssetId] = []
    for name in _months_from(gallery, sight, first):
        photos = gallery.month(name, sight)
        start = _start(photos, position, asset) if name == first else 0
        room = limit - len(wanted)
        taken = photos.assets[start : start + room]
        wanted += taken
        end = start + len(taken)
        if len(wanted) == limit:
            at = f"{name}.{end}.{taken[-1]}" if taken else cursor
            is_last = end == len(photos.assets) and name == _last_month(gallery, sight)
            return wanted, None if is_last else at
    return wanted, None


def _read(cursor: str) -> tuple[str, int, AssetId]:
    month, position, asset = cursor.split(".")
    return month, int(position), AssetId(int(asset))


def _months_from(gallery: Gallery, sight: Sight, first: str) -> list[str]:
    """The months from the first one on, newest first, `undated` last."""
    names = [month.name for month in gallery.months(sight)]
    return [name for name in names if not first or _rank(name) <= _rank(first)]


def _last_month(gallery: Gallery, sight: Sight) -> str:
    return gallery.months(sight)[-1].name


def _rank(name: str) -> str:
    return "" if name == UNDATED else name


def _start(photos: MonthPhotos, position: int, asset: AssetId | None) -> int:
    if asset in photos.assets:
        return photos.assets.index(asset) + 1
    return min(position, len(photos.assets))
