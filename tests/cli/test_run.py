"""`run` chooses settings, starts the daemon, and ends with its code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from doubles.control import a_status
from doubles.house import FakeHouse
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.domain.events import DaemonChanged


def test_folders_on_the_command_line_replace_those_of_the_file(
    house: FakeHouse, tmp_path: Path
) -> None:
    """And flags go before the file; the file may be named after the command."""
    (tmp_path / "new").mkdir()
    file = tmp_path / "my.toml"
    file.write_text('[[library]]\npath = "old"\n[model]\nname = "m"\nlanguage = "zh"')

    assert house.run("run", "--settings", str(file), "--model", "n", "new") == 0

    assert house.runner.settings is not None
    assert [lib.path for lib in house.runner.settings.library] == [tmp_path / "new"]
    assert house.runner.settings.model.name == "n"
    assert house.runner.settings.model.language == "zh"
    assert house.runner.done == ["serve", "close"]


def test_a_file_named_before_the_command_counts_too(house: FakeHouse, tmp_path: Path) -> None:
    """As does one in the current folder."""
    (tmp_path / "settings.toml").write_text('[[library]]\npath = "here"')
    (tmp_path / "other.toml").write_text('[[library]]\npath = "there"')

    assert house.run("--settings", "other.toml", "run") == 0
    assert house.runner.settings is not None
    assert house.runner.settings.library[0].path.name == "there"
    assert house.run("run") == 0
    assert house.runner.settings.library[0].path.name == "here"


@pytest.mark.parametrize(("arguments", "wait"), [((), 30), (("--wait", "2.5"), 2.5)])
def test_once_ends_with_what_became_of_the_photos(
    house: FakeHouse, tmp_path: Path, arguments: tuple[str, ...], wait: float
) -> None:
    """The daemon decides; the bar keeps quiet without a terminal."""
    house.runner.code = 75
    house.runner.reports = [
        a_status(),
        a_status(engine=EngineReport(EngineState.WAITING, "[red]x", "")),
    ]

    assert house.run("run", "--once", *arguments, str(tmp_path)) == 75
    assert house.runner.done == [f"once {wait:g}", "close"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, ""),
        (1, "phototagd: 1 photo is dead: phototagd jobs --state dead\n"),
        (75, "phototagd: 3 photos are left: it sleeps\nphototagd: wake it\n"),
        (130, "phototagd: 3 photos are left: phototagd jobs --state queued\n"),
    ],
)
def test_once_says_what_is_left_over(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str], code: int, said: str
) -> None:
    """An exit code alone explains nothing."""
    away = EngineReport(EngineState.WAITING, "it sleeps", "wake it")
    house.runner.code = code
    house.runner.reports = {
        0: [a_status(queued=0, running=0, dead=0)],
        1: [a_status(queued=0, running=0)],
        75: [a_status(dead=0, engine=away)],
        130: [a_status(dead=0)],
    }[code]

    assert house.run("run", "--once", str(tmp_path)) == code
    assert capsys.readouterr().err == said


def test_events_are_logged_while_it_runs(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To standard error, in the chosen format."""

    def serve() -> int:
        for listener in house.runner.listeners:
            listener(DaemonChanged(state="ready"))
        return 0

    house.runner.serve = serve  # type: ignore[method-assign]

    assert house.run("run", "--log-format", "json", str(tmp_path)) == 0
    captured = capsys.readouterr()
    assert '"event": "daemon.state"' in captured.err
    assert captured.out == ""


def test_settings_that_give_more_away_are_doubted(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Allowed, with a warning that names the key."""
    house.environ["PHOTOTAGD_MODEL__ALLOW_CLOUD"] = "true"

    assert house.run("run", "--listen", "0.0.0.0:8420", "--log-format", "json", str(tmp_path)) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(x["event"], x["level"], x["key"]) for x in lines] == [
        ("setting.doubted", "warning", "web.listen"),
        ("setting.doubted", "warning", "model.allow_cloud"),
    ]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("state_dir is in use by process 7"), 78),
        (Unavailable("disk full", remedy="make room"), 75),
    ],
)
def test_a_daemon_that_cannot_start_says_why(
    house: FakeHouse,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    error: ConfigError | Unavailable,
    code: int,
) -> None:
    """In one line each for the reason and the remedy, without a traceback."""
    house.runner.error = error

    assert house.run("run", str(tmp_path)) == code
    err = capsys.readouterr().err
    assert f"phototagd: {error}\n" in err
    assert getattr(error, "remedy", "") in err


def test_ctrl_c_ends_with_130_and_closes(house: FakeHouse, tmp_path: Path) -> None:
    """Wherever it hits."""
    house.runner.error = KeyboardInterrupt()

    assert house.run("run", str(tmp_path)) == 130
    assert house.runner.done == ["serve", "close"]


def test_without_a_folder_there_is_nothing_to_run(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says both ways to name one."""
    assert house.run("run") == 78
    assert "[[library]]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "/no/such/folder"),
        ("run", "--wait", "3", "."),
        ("run", "--frob"),
        ("frob",),
        ("tag",),
        ("tag", "no-such.jpg"),
        ("retry", "1", "--dead"),
        ("jobs", "--state", "lost"),
    ],
)
def test_a_senseless_command_line_is_usage(house: FakeHouse, arguments: tuple[str, ...]) -> None:
    """2, and nothing was done."""
    assert house.run(*arguments) == 2
    assert house.runner.done == []
    assert house.control.told == []


def test_the_real_program_says_its_version_and_refuses_wrong_settings(tmp_path: Path) -> None:
    """As a process of its own, as scripts see it."""

    def program(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "phototagd", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | environ,
            check=False,
        )

    version = program("--version")
    wrong = program("config", PHOTOTAGD_MODEL__ENGINE="olama")

    assert (version.returncode, version.stdout.split()[0]) == (0, "phototagd")
    assert (wrong.returncode, wrong.stdout) == (78, "")
    assert "model.engine = 'olama': must be one of 'ollama'," in wrong.stderr
