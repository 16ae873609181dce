"""`status`, `jobs`, `show`, `check`, `config`: text for people, stable JSON for programs."""

import io
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from doubles.control import AT, a_status
from doubles.house import FakeHouse
from phototagd.cli.printing import outline, print_json, print_lines
from phototagd.cli.status_text import duration, status_lines
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.job import JobState
from phototagd.domain.status import Closure, ClosureCause, Finding, FindingCause, FindingLevel


def test_status_for_programs_has_its_stable_keys(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Others script against them."""
    assert house.run("status", "--json") == 0

    status = json.loads(capsys.readouterr().out)
    assert {k: status[k] for k in ("queued", "running", "done", "dead", "cancelled")} == {
        "queued": 2,
        "running": 1,
        "done": 10,
        "dead": 1,
        "cancelled": 0,
    }
    assert (status["engine"], status["engine_reason"]) == ("ok", "")
    assert (status["per_minute"], status["eta_seconds"]) == (12.5, 14.4)
    [library] = status["libraries"]
    assert library.pop("path_base64")
    assert library == {
        "path": "/photos/\\xff",
        "watch": "native",
        "state": "online",
        "why": "local disk",
        "last_scan": AT.isoformat(),
        "degraded": False,
        "held_losses": 0,
    }
    assert status["closures"] == []


def test_status_says_why_nothing_happens(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """For people in words, for programs with the moment; a pause is told once."""
    closed = Closure(ClosureCause.SCHEDULE, "outside the schedule until 22:00", AT)
    paused = Closure(ClosureCause.PERSON, "paused; go on with: phototagd resume")
    house.control.report = a_status(paused=True, closures=(paused, closed))

    house.run("status")
    out = capsys.readouterr().out
    assert "waiting    outside the schedule until 22:00" in out
    assert out.count("phototagd resume") == 1

    house.run("status", "--json")
    assert json.loads(capsys.readouterr().out)["closures"][1] == {
        "cause": "schedule",
        "reason": "outside the schedule until 22:00",
        "until": AT.isoformat(),
    }


def test_status_for_people_says_what_to_do(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reason and remedy stand below each other."""
    house.control.report = a_status(
        engine=EngineReport(EngineState.WAITING, "model missing\x1b[2J", "ollama pull x"),
        queued=1204,
        eta_seconds=7500,
        paused=True,
    )
    assert house.run("status") == 0

    out = capsys.readouterr().out
    assert "running for 1 min, paused; go on with: phototagd resume" in out
    assert "1,204 queued" in out
    assert "12.5 a minute, 2 h 5 min left" in out
    assert "waiting: model missing\\x1b[2J\n           -> ollama pull x" in out
    assert r"/photos/\xff  online, watch: native (local disk), scanned" in out


def test_status_without_a_daemon_says_so() -> None:
    """It comes from the store alone."""
    text = "\n".join(status_lines(a_status(uptime_seconds=None, per_minute=0)))

    assert "not running" in text
    assert "pace" not in text


def test_watching_prints_one_report_after_the_other_until_ctrl_c(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one JSON object per line for programs."""
    house.interrupt_after = 2

    assert house.run("status", "--watch", "--json") == 130
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["queued"] for line in lines] == [2, 2, 2]


def test_watching_on_a_terminal_shows_a_bar(
    house: FakeHouse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the photos done since it began, rate and time left."""
    house.interrupt_after = 0
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert house.run("status", "--watch") == 130
    out = capsys.readouterr().out
    assert "0/3" in out
    assert "12.5 a minute" in out


def test_jobs_can_be_grepped(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, whatever the name."""
    assert house.run("jobs") == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == ["1", "tag", "dead", "/p/a.jpg", *["the", "file", "is", "cut", "off"]]
    assert second.split()[-1] == r"/p/\xff\n.jpg"


def test_jobs_for_programs(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    """Filtered by state."""
    assert house.run("jobs", "--state", "dead", "--limit", "5", "--json") == 0

    assert house.control.told == [("jobs", JobState.DEAD, 5)]
    [job] = json.loads(capsys.readouterr().out)
    assert (job["id"], job["state"], job["reason"]) == (1, "dead", "the file is cut off")


@pytest.mark.parametrize(("arguments", "ids"), [((), None), (("--dead",), None), (("1",), [1])])
def test_retry_queues_what_is_named_or_all(
    house: FakeHouse,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    ids: list[int] | None,
) -> None:
    """And says how many."""
    assert house.run("retry", *arguments) == 0
    assert house.control.told == [("retry", ids)]
    assert capsys.readouterr().out == "1 queued again\n"


def test_retry_says_when_a_named_job_is_not_dead(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped number must not look like success."""
    assert house.run("retry", "2", "1") == 1
    captured = capsys.readouterr()
    assert captured.out == "1 queued again\n"
    assert captured.err == "phototagd: 1 of them is not dead: phototagd jobs --state dead\n"


def test_show_tells_everything_in_an_outline(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Empty things are left out, long texts are indented."""
    photo = os.fsencode(tmp_path / "a.jpg")
    house.control.known[photo] = {
        "path": os.fsdecode(photo),
        "reason": "",
        "tagging": {"prompt": {"system": "one\ntwo"}, "keywords": ["dog", "beach"]},
        "jobs": [{"id": 1, "state": "done"}],
    }

    assert house.run("show", "./a.jpg") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "tagging:",
        "  prompt:",
        "    system:",
        "      one",
        "      two",
        "  keywords: dog, beach",
        "jobs:",
        "  -",
        "    id: 1",
        "    state: done",
    ]
    assert house.run("show", "--json", "a.jpg") == 0
    assert json.loads(capsys.readouterr().out) == house.control.known[photo]


def test_show_of_an_unknown_photo_ends_with_1(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """And names it."""
    assert house.run("show", "b.jpg") == 1
    assert "b.jpg: nothing is known of it" in capsys.readouterr().err


def finding(level: FindingLevel, cause: FindingCause) -> Finding:
    return Finding(name="n", level=level, cause=cause, detail="d", remedy="do this")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], 0),
        ([(FindingLevel.WARNING, FindingCause.SETTINGS)], 0),
        ([(FindingLevel.PROBLEM, FindingCause.PHOTOS)], 1),
        (
            [
                (FindingLevel.PROBLEM, FindingCause.PHOTOS),
                (FindingLevel.PROBLEM, FindingCause.ENGINE),
            ],
            75,
        ),
        (
            [
                (FindingLevel.PROBLEM, FindingCause.ENGINE),
                (FindingLevel.PROBLEM, FindingCause.SETTINGS),
            ],
            78,
        ),
    ],
)
def test_check_ends_with_the_gravest_problem(
    house: FakeHouse,
    capsys: pytest.CaptureFixture[str],
    found: list[tuple[FindingLevel, FindingCause]],
    code: int,
) -> None:
    """Every finding is told with its remedy."""
    house.control.findings = [finding(level, cause) for level, cause in found]

    assert house.run("check") == code
    assert capsys.readouterr().out.count("-> do this") == len(found)
    assert house.run("check", "--json") == code
    assert [f["level"] for f in json.loads(capsys.readouterr().out)] == [x[0] for x in found]


def test_config_tells_value_and_source(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """In TOML's own spelling, and as JSON."""
    house.environ["PHOTOTAGD_MODEL__URL"] = "http://me:secret@h:1"

    assert house.run("config", "--listen", "") == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert 'web.listen = "" # flag' in lines
    assert 'model.url = "http://***@h:1" # environment' in lines
    assert "intake.quiet_seconds = 5.0 # default" in lines

    assert house.run("config", "--json") == 0
    assert json.loads(capsys.readouterr().out)["model.name"] == {
        "value": "qwen3-vl:4b-instruct",
        "source": "default",
    }


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3725, "1 h 2 min"), (90000, "1 d 1 h")],
)
def test_durations_are_told_in_two_units(seconds: float, text: str) -> None:
    """Nobody needs the third."""
    assert duration(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_text_can_be_printed_in_any_locale(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an escape where the terminal has no such letter; JSON stays exact."""
    content = {"path": os.fsdecode("/照片/".encode() + b"\xff")}
    buffer = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(buffer, encoding=encoding))

    print_json(content)
    assert json.loads(buffer.getvalue().decode(encoding)) == content
    print_lines(content.values())


def test_an_outline_keeps_numbers_and_truth() -> None:
    """0 and false are no empty things."""
    assert list(outline({"a": 0, "b": False, "c": None})) == ["a: 0", "b: False"]
