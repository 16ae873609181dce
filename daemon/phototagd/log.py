"""The log: one event per line, for people on a terminal and as JSON everywhere else.

Events of the house and messages of libraries go the same way, through the standard
library's logging, so that one handler renders both. Always on standard error: what a
command prints for programs stays alone on standard output.
"""

import dataclasses
import logging
import sys
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from phototagd.domain.events import Event, JobEnded, PhotoRefused
from phototagd.ports import Clock
from phototagd.rules.wire.showing import escaped, readable

LOGGER = "phototagd"
_LEVELS = logging.getLevelNamesMapping()
_OF_ONE_PHOTO = {"path", "asset", "job", "attempt"}


@contextmanager
def logging_to_stderr(*, level: str, style: str) -> Iterator[None]:
    """Log events from `level` on, and warnings of libraries, until the end of the block.

    `style` is `console`, `json`, or `auto`: for people if standard error is a terminal.
    """
    handler = _StderrHandler()
    handler.setFormatter(_formatter(style))
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers, root.level = [handler], logging.WARNING
    set_level(level)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers, root.level = before
        logging.getLogger(LOGGER).setLevel(logging.NOTSET)


def set_level(level: str) -> None:
    """Log events from this level (`debug` … `error`) on; takes effect at once."""
    logging.getLogger(LOGGER).setLevel(level.upper())


class LogListener:
    """Turns events into log lines; repeats of a warning are counted instead of written.

    The same warning (name, reason and library, whatever the photo) is written five times a
    minute; after the minute one line says how many more there were. What is final for a
    photo is always written.
    """

    def __init__(self, *, clock: Clock, most: int = 5, window_seconds: float = 60.0) -> None:
        self._log: structlog.stdlib.BoundLogger = structlog.wrap_logger(
            logging.getLogger(LOGGER),
            wrapper_class=structlog.stdlib.BoundLogger,
            processors=[ProcessorFormatter.wrap_for_formatter],
        )
        self._repeats = Repeats(clock=clock, most=most, window_seconds=window_seconds)

    def __call__(self, event: Event) -> None:
        """Write the event, unless it is one repeat too many."""
        fields = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
        for key, count in self._repeats.ended():
            self._log.warning("log.suppressed", count=count, **dict(key))
        level = _LEVELS[event.level.upper()]
        may_repeat = level < logging.WARNING or _is_final(event)
        if may_repeat or self._repeats.admit(_kind(event, fields)):
            self._log.log(level, event.name, **fields)


class Repeats:
    """Counts equal things within a window of time; safe to call from any thread."""

    def __init__(self, *, clock: Clock, most: int, window_seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._window = window_seconds
        self._lock = threading.Lock()
        self._seen: dict[Hashable, tuple[float, int]] = {}  # oldest window first

    def admit(self, key: Hashable) -> bool:
        """Count one; whether it is among the first of its window."""
        with self._lock:
            until, count = self._seen.get(key) or (self._clock.monotonic() + self._window, 0)
            self._seen[key] = (until, count + 1)
            return count < self._most

    def ended(self) -> list[tuple[Any, int]]:
        """The keys whose window is over, with how many were not admitted, if any."""
        now, over = self._clock.monotonic(), []
        with self._lock:
            while self._seen:
                key, (until, count) = next(iter(self._seen.items()))
                if until > now:
                    break
                del self._seen[key]
                over.append((key, count - self._most))
        return [(key, count) for key, count in over if count > 0]


def _is_final(event: Event) -> bool:
    match event:
        case JobEnded(outcome="dead") | PhotoRefused(is_final=True):
            return True
        case _:
            return False


def _kind(event: Event, fields: dict[str, Any]) -> Hashable:
    """What makes two events repeats of each other."""
    words = {k: v for k, v in fields.items() if isinstance(v, str | bytes)}
    return (("of", event.name), *((k, v) for k, v in words.items() if k not in _OF_ONE_PHOTO))


class _StderrHandler(logging.Handler):
    """Writes to what standard error is at that moment: progress bars replace it for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # closed or full: the daemon does not die of its log
            self.handleError(record)


def _formatter(style: str) -> logging.Formatter:
    is_terminal = sys.stderr.isatty()
    if style == "json" or (style == "auto" and not is_terminal):
        render: list[Processor] = [_in_order, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=is_terminal,
            timestamp_key="ts",
            exception_formatter=structlog.dev.plain_traceback,
        )
        render = [_harmless, renderer]
    return ProcessorFormatter(
        processors=[
            _stamped,
            ProcessorFormatter.remove_processors_meta,
            _plain,
            structlog.processors.format_exc_info,
            *render,
        ]
    )


def _stamped(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    record: logging.LogRecord = line["_record"]
    line["ts"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line["level"] = record.levelname.lower()
    if not line["_from_structlog"]:
        line.update(event="library", logger=record.name, message=line["event"])
        if record.exc_info:
            line["exc_info"] = record.exc_info
    return line


def _plain(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Only what JSON knows, and nothing that is empty."""
    return {k: v if k == "exc_info" else _as_json(v) for k, v in line.items() if v not in ("", {})}


def _as_json(value: Any) -> Any:
    match value:
        case bytes():
            return readable(value)
        case Enum():
            return value.value
        case float():
            return round(value, 3)
        case dict():
            return {str(k): _as_json(v) for k, v in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_as_json(v) for v in value]
        case _:
            return value if isinstance(value, int | str | None) else str(value)


def _in_order(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    return {key: line[key] for key in ("ts", "level", "event")} | dict(line)


def _harmless(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """No name of a photo can steer the terminal."""
    return {
        k: escaped(v) if isinstance(v, str) and k != "exception" else v for k, v in line.items()
    }
