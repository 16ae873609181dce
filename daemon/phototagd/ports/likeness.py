"""What photos look like, and which of them look alike."""

from collections.abc import Sequence
from typing import Protocol

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Sight, SmallPicture
from phototagd.domain.likeness import Alike, Sketched


class SketchStore(Protocol):
    """Keeps what each photo looks like. Every method raises Unavailable when it cannot."""

    def has(self, asset: AssetId) -> bool:
        """Whether it is known what this photo looks like."""
        ...

    def note(self, asset: AssetId, small: SmallPicture) -> None:
        """Remember it, and the size of the photo where that is not known."""
        ...

    def state(self, sight: Sight) -> object:
        """Another value whenever something else could be alike."""
        ...

    def sketched(self, sight: Sight) -> list[Sketched]:
        """All photos of which it is known what they look like."""
        ...

    def not_sketched(self, sight: Sight) -> int:
        """How many photos it is not known of."""
        ...

    def several_copies(self, sight: Sight) -> list[AssetId]:
        """Photos with more than one live copy."""
        ...

    def alike(self, assets: Sequence[AssetId], sight: Sight) -> list[Alike]:
        """Photos in the given order with their live copies; those that are gone are left out."""
        ...
