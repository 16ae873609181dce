"""A photo that somebody sent."""

from dataclasses import dataclass

from phototagd.domain.asset import AssetId


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload.

    `asset` is None when the file is kept but could not be taken in at once: the next scan
    does. `is_new` is false when the photo was there already.
    """

    path: bytes
    asset: AssetId | None
    is_new: bool
