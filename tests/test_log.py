"""One event, one line; for people on a terminal, as JSON elsewhere."""

import json
import logging
import warnings
from typing import Any

import pytest

from doubles import FakeClock
from phototagd.domain.events import (
    DaemonChanged,
    Event,
    JobEnded,
    PhotoRefused,
    PhotoTagged,
    ScanFinished,
    Trouble,
)
from phototagd.log import LogListener, logging_to_stderr, set_level


def tagged(path: bytes = b"/p/a.jpg") -> PhotoTagged:
    return PhotoTagged(
        asset=3,
        job=4,
        attempt=1,
        path=path,
        model="m",
        seconds=1.23456,
        tokens=90,
        tokens_per_second=51.0,
        keywords=9,
    )


def ended(job: int, reason: str = "permission denied", outcome: str = "snooze") -> JobEnded:
    return JobEnded(
        job=job,
        kind="tag",
        asset=job,
        path=b"/p/%d" % job,
        attempt=1,
        outcome=outcome,
        reason=reason,
    )


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def logged(
    capsys: pytest.CaptureFixture[str], *events: Event, level: str = "info"
) -> list[dict[str, Any]]:
    listener = LogListener(clock=FakeClock())
    with logging_to_stderr(level=level, style="json"):
        for event in events:
            listener(event)
    return lines(capsys)


def test_an_event_is_one_json_object_with_all_its_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Time, level and name come first; empty fields are left out."""
    [line] = logged(capsys, tagged())

    assert list(line)[:3] == ["ts", "level", "event"]
    assert line.pop("ts").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "photo.tagged",
        "asset": 3,
        "job": 4,
        "attempt": 1,
        "path": "/p/a.jpg",
        "model": "m",
        "seconds": 1.235,
        "tokens": 90,
        "tokens_per_second": 51.0,
        "keywords": 9,
        "is_private": False,
    }


@pytest.mark.parametrize("style", ["json", "console"])
def test_any_name_stays_on_one_line(capsys: pytest.CaptureFixture[str], style: str) -> None:
    """Newlines, escape codes and bytes that are no text are written out."""
    with logging_to_stderr(level="info", style=style):
        LogListener(clock=FakeClock())(tagged(b"/p/\xff\n\x1b[31m\xe2\x80\xae.jpg"))

    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert "\x1b" not in text
    assert r"\xff" in text


def test_the_style_is_for_people_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`auto` looks at standard error."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with logging_to_stderr(level="info", style="auto"):
        LogListener(clock=FakeClock())(tagged())

    assert not capsys.readouterr().err.startswith("{")


def test_the_level_is_the_events_own_and_can_change_while_running(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A debug event appears once the level says so."""
    scan = ScanFinished(
        root=b"/p", kind="full", seconds=1, folders=1, files=1, appeared=0, changed=0, gone=0
    )
    listener = LogListener(clock=FakeClock())
    with logging_to_stderr(level="info", style="json"):
        listener(scan)
        set_level("debug")
        listener(scan)
        set_level("error")
        listener(tagged())
        listener(Trouble(what="disk", reason="full", remedy="make room"))

    assert [(x["level"], x["event"]) for x in lines(capsys)] == [
        ("debug", "scan.finished"),
        ("error", "trouble"),
    ]


def test_repeats_of_a_warning_are_counted_instead_of_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A thousand unreadable photos are five lines and a number; another reason is its own."""
    clock = FakeClock()
    listener = LogListener(clock=clock)
    with logging_to_stderr(level="info", style="json"):
        for job in range(1000):
            listener(ended(job))
        listener(ended(1, "disk full"))
        clock.advance(61)
        listener(ended(2))

    written = lines(capsys)
    assert [x["event"] for x in written] == ["job.ended"] * 6 + ["log.suppressed", "job.ended"]
    assert written[6]["count"] == 995
    assert (written[6]["of"], written[6]["reason"]) == ("job.ended", "permission denied")


def test_what_is_final_for_a_photo_is_always_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Dead photos can be grepped one by one."""
    dead = [ended(job, outcome="dead") for job in range(20)]
    refused = [PhotoRefused(path=b"%d" % n, reason="r", is_final=True) for n in range(20)]

    assert len(logged(capsys, *dead, *refused)) == 40


def test_libraries_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    """uvicorn, httpx and watchdog go through the same handler, with their tracebacks."""
    with logging_to_stderr(level="debug", style="json"):
        logging.getLogger("httpx").info("chatter")
        try:
            raise OSError(28, "No space left on device")  # noqa: TRY301 -- needs a traceback
        except OSError:
            logging.getLogger("watchdog").exception("emitter %s", "died")

    [line] = lines(capsys)
    assert (line["event"], line["logger"], line["message"]) == (
        "library",
        "watchdog",
        "emitter died",
    )
    assert "No space left" in line["exception"]


def test_details_are_nested_and_the_old_state_of_logging_comes_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing stays installed after the block."""
    before = logging.getLogger().handlers[:]

    [line] = logged(capsys, DaemonChanged(state="ready", detail={"roots": [b"/p"], "n": 1}))

    assert line["detail"] == {"roots": ["/p"], "n": 1}
    assert logging.getLogger().handlers == before


def test_a_warning_of_a_library_is_a_line_like_any_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Raw text in between would break whoever reads JSON."""
    with warnings.catch_warnings(), logging_to_stderr(level="info", style="json"):
        warnings.simplefilter("always")
        warnings.warn("watched twice", RuntimeWarning, stacklevel=1)
    [line] = lines(capsys)
    assert (line["event"], line["level"], line["logger"]) == ("library", "warning", "py.warnings")
    assert "watched twice" in line["message"]
