"""The months of the timeline."""

from pydantic import Field

from phototagd.web.gallery.api.operation import Asked, get
from phototagd.web.gallery.api.shapes import Answer


class MonthCount(Answer):
    """A month and its photos."""

    month: str = Field(description="2026-11, or undated.")
    photos: int


class Timeline(Answer):
    """All months that have photos, newest first, `undated` last."""

    months: list[MonthCount]


def timeline(asked: Asked) -> Timeline:
    """List the months that have photos."""
    months = asked.needs.gallery.months(asked.sight)
    return Timeline(months=[MonthCount(month=one.name, photos=one.count) for one in months])


OPERATIONS = (get("/timeline", timeline),)
