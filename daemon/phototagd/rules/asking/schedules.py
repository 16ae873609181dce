"""When may photos be asked about? Spans of local time, for each day of the week.

A span that ends before it begins goes on into the next day; both days are read on the wall
clock, so a night with a change of clocks is an hour shorter or longer, as people expect.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

ALWAYS = "always"
NEVER = "never"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DAY_MINUTES = 24 * 60
_CLOCKS_CHANGE_MINUTES = 15  # changes of clocks fall on quarters of an hour
_FARTHEST = timedelta(days=8)
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """From a minute of the day until another, which may lie on the next day."""

    start: int
    end: int

    @property
    def is_over_midnight(self) -> bool:
        """Whether it ends on the next day; one as long as a day does."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Schedule:
    """The spans that begin on each day, Monday first."""

    days: tuple[tuple[Span, ...], ...]

    @classmethod
    def parse(cls, usual: str, days: Sequence[str | None] = (None,) * 7) -> "Schedule":
        """A schedule from text: `usual` for the days that say nothing of their own.

        Raises ValueError for what `spans` cannot read.
        """
        return cls(tuple(spans(usual if day is None else day) for day in days))

    def is_open(self, local: datetime) -> bool:
        """Whether a moment of local time lies in one of the spans."""
        minute = local.hour * 60 + local.minute
        today, yesterday = self.days[local.weekday()], self.days[local.weekday() - 1]
        return any(
            span.start <= minute and (minute < span.end or span.is_over_midnight) for span in today
        ) or any(minute < span.end for span in yesterday if span.is_over_midnight)

    def next_change(
        self, now: datetime, to_local: Callable[[datetime], datetime]
    ) -> datetime | None:
        """When it opens or closes next, as a moment like `now`; None when it never does."""
        is_open = self.is_open(to_local(now))
        moments = self._moments(now, to_local)
        return next((m for m in moments if self.is_open(to_local(m)) != is_open), None)

    def _moments(
        self, now: datetime, to_local: Callable[[datetime], datetime]
    ) -> Iterator[datetime]:
        """Every moment within a week at which anything can change."""
        edges = {edge for day in self.days for span in day for edge in (span.start, span.end)}
        moment = now.replace(second=0, microsecond=0)
        while moment < now + _FARTHEST:
            local = to_local(moment)
            minute = local.hour * 60 + local.minute
            steps = [(edge - minute) % _DAY_MINUTES or _DAY_MINUTES for edge in edges]
            to_quarter = _CLOCKS_CHANGE_MINUTES - moment.minute % _CLOCKS_CHANGE_MINUTES
            moment += timedelta(minutes=min(to_quarter, *steps) if steps else to_quarter)
            yield moment


def spans(text: str) -> tuple[Span, ...]:
    """The spans of `22:00-07:00, 12:00-13:30`; `always` and `never` are understood too.

    Raises ValueError for anything else.
    """
    if text.strip() in ("", ALWAYS):
        return (Span(0, _DAY_MINUTES),)
    if text.strip() == NEVER:
        return ()
    return tuple(_span(part) for part in text.split(","))


def spoken(moment: datetime, now: datetime) -> str:
    """A local time as people say it: the day only when it is not today or the coming night."""
    is_near = moment - now < timedelta(hours=24)
    return f"{moment:%H:%M}" if is_near else f"{moment:%A %H:%M}"


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError('must be times like "22:00-07:00", "always" or "never"')
    hour, minute, to_hour, to_minute = map(int, found.groups())
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    if max(minute, to_minute) >= 60 or start >= _DAY_MINUTES or end > _DAY_MINUTES:  # noqa: PLR2004
        raise ValueError(f"{text.strip()}: there is no such time of day")
    if start == end:
        raise ValueError(f'{text.strip()}: begins when it ends; write "always" for the whole day')
    return Span(start, end)
