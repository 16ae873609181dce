"""A status as a person reads it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from phototagd.domain.engine import EngineState
from phototagd.domain.library import LibraryReport
from phototagd.domain.status import ClosureCause, StatusReport
from phototagd.rules.wire.showing import readable

_STEPS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def status_lines(report: StatusReport) -> Iterator[str]:
    """One line a fact, the remedy below what is wrong."""
    yield f"phototagd {report.version}, {_life(report)}"
    yield (
        f"photos     {report.queued:,} queued, {report.running:,} running, {report.done:,} done, "
        f"{report.dead:,} dead, {report.cancelled:,} cancelled"
    )
    if report.per_minute:
        yield f"pace       {pace(report)}"
    engine = report.engine
    yield f"engine     {engine.state.value}" + (f": {engine.reason}" if engine.reason else "")
    if engine.remedy:
        yield f"           -> {engine.remedy}"
    yield from _meaning(report)
    for closure in report.closures:
        if closure.cause is not ClosureCause.PERSON:  # a pause stands in the first line
            yield f"waiting    {closure.reason}"
    for index, library in enumerate(report.libraries):
        yield f"{'' if index else 'libraries':<10} {_library(library)}"
        if library.held_losses:
            yield (
                f"           -> {library.held_losses:,} photos are missing at once: put them back, "
                f"or, if they were meant to go: phototagd confirm {readable(library.root)}"
            )


def _meaning(report: StatusReport) -> Iterator[str]:
    meaning = report.meaning
    if meaning is None or not (meaning.embedded or meaning.waiting or meaning.trouble):
        return
    failed = f", {meaning.failed:,} the model cannot do" if meaning.failed else ""
    yield f"meaning    {meaning.embedded:,} photos indexed, {meaning.waiting:,} waiting{failed}"
    if meaning.trouble:
        yield f"           {meaning.trouble}"
    if meaning.remedy:
        yield f"           -> {meaning.remedy}"


def ending_lines(report: StatusReport) -> Iterator[str]:
    """Why work ended with photos left over, and what to do about it."""
    waiting = report.queued + report.running
    if waiting:
        is_away = report.engine.state is EngineState.WAITING
        why = report.engine.reason if is_away else "phototagd jobs --state queued"
        yield f"{waiting:,} {_photos(waiting)} left: {why}"
        if is_away and report.engine.remedy:
            yield report.engine.remedy
    if report.dead:
        yield f"{report.dead:,} {_photos(report.dead)} dead: phototagd jobs --state dead"


def pace(report: StatusReport) -> str:
    """The rate, and the time that is left at it."""
    rate = f"{report.per_minute:.1f} a minute"
    if report.eta_seconds is None:
        return rate
    return f"{rate}, {duration(timedelta(seconds=report.eta_seconds))} left"


def duration(time: timedelta) -> str:
    """The two largest units: `3 h 12 min`."""
    rest = int(time.total_seconds())
    words: list[str] = []
    for unit, seconds in _STEPS:
        count, rest = divmod(rest, seconds)
        if count or (unit == "s" and not words):
            words.append(f"{count} {unit}")
    return " ".join(words[:2])


def _photos(count: int) -> str:
    return "photo is" if count == 1 else "photos are"


def _life(report: StatusReport) -> str:
    if report.uptime_seconds is None:
        return "not running"
    life = f"running for {duration(timedelta(seconds=report.uptime_seconds))}"
    return f"{life}, paused; go on with: phototagd resume" if report.paused else life


def _library(library: LibraryReport) -> str:
    scan = "never scanned" if library.last_scan_at is None else _scanned(library.last_scan_at)
    why = f" ({library.why})" if library.why else ""
    return (
        f"{readable(library.root)}  {library.state.value}, "
        f"watch: {library.watch.value}{why}, {scan}"
    )


def _scanned(at: datetime) -> str:
    return f"scanned {at.astimezone():%Y-%m-%d %H:%M:%S}"
