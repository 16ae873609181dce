"""`phototagd web setup`: a password and an address, and what it says."""

import io
import tomllib
from pathlib import Path

import pytest

from doubles.house import FakeHouse
from phototagd.adapters.door_keys import FileDoorKeys

WORD = "open sesame"


def setup(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = WORD
) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return house.run("web", "setup", "--password-stdin", *arguments)


def test_the_password_is_kept_for_the_daemon(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert setup(house, monkeypatch) == 0

    assert FileDoorKeys(folder=house.state_dir / "web").is_right(WORD)


def test_the_address_is_written_where_the_settings_are(
    house: FakeHouse,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "s.toml"
    file.write_text('# mine\n[web] # here\nthumbnails_mb = 99\n\n[log]\nlevel = "debug"\n')

    assert setup(house, monkeypatch, "--settings", str(file), "--listen", "0.0.0.0:8420") == 0

    assert file.read_text().startswith('# mine\n[web] # here\nlisten = "0.0.0.0:8420"\n')
    assert tomllib.loads(file.read_text())["web"]["thumbnails_mb"] == 99
    said = capsys.readouterr().out
    assert "start the daemon again" in said
    assert "not encrypted" in said


def test_without_a_file_the_flag_is_told(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup(house, monkeypatch, "--listen", "192.168.1.5:8420") == 0

    assert "--listen 192.168.1.5:8420" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("password", "arguments"),
    [("short", ()), ("", ()), (WORD, ("--listen", "everywhere")), (WORD, ("--listen", "x:99999"))],
)
def test_what_cannot_work_changes_nothing(
    house: FakeHouse,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
    arguments: tuple[str, ...],
) -> None:
    assert setup(house, monkeypatch, *arguments, password=password) == 78

    assert not (house.state_dir / "web").exists()


def test_an_inline_table_is_left_to_the_person(
    house: FakeHouse,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "s.toml"
    file.write_text('web = { listen = "127.0.0.1:1" }\n')

    assert setup(house, monkeypatch, "--settings", str(file), "--listen", "0.0.0.0:8420") == 78

    assert file.read_text() == 'web = { listen = "127.0.0.1:1" }\n'
    assert "below [web] yourself" in capsys.readouterr().err
