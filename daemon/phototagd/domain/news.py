"""What is new for somebody who looks at a page: little, without names, and soon."""

from dataclasses import dataclass

from phototagd.domain.asset import AssetId


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that changed: a photo, or without one how the work stands."""

    asset: AssetId | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What came since a place in the news; `until` is the place to ask from next.

    `is_complete` is False when some of it is no longer known, or the place never was: then
    everything is to be looked at anew, and `notices` is empty.
    """

    until: str
    notices: tuple[Notice, ...] = ()
    is_complete: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return self.is_complete and not self.notices
