"""`backup` and `verify` as a person types them."""

import json
from pathlib import Path

import pytest

from doubles.house import FakeHouse
from phototagd.domain.errors import Unavailable
from phototagd.domain.status import Finding, FindingCause, FindingLevel


@pytest.fixture
def house(tmp_path: Path) -> FakeHouse:
    return FakeHouse(tmp_path)


def test_a_backup_says_where_it_is(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("backup") == 0

    assert "/state/backups/" in capsys.readouterr().out
    assert house.control.told == [("back_up", None)]


def test_a_named_file_is_taken_from_where_the_person_is(
    house: FakeHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The daemon works in another folder."""
    monkeypatch.chdir(tmp_path)

    assert house.run("backup", "copy.db", "--json") == 0

    assert house.control.told == [("back_up", bytes(tmp_path / "copy.db"))]


def test_a_backup_that_fails_is_told(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    house.control.error = Unavailable("the disk is full", remedy="make room")

    assert house.run("backup") == 75
    assert "make room" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "code"),
    [(FindingLevel.OK, 0), (FindingLevel.WARNING, 0), (FindingLevel.PROBLEM, 1)],
)
def test_only_what_is_wrong_makes_verify_fail(
    house: FakeHouse, capsys: pytest.CaptureFixture[str], level: FindingLevel, code: int
) -> None:
    finding = Finding(
        name="/p/a.xmp", level=level, cause=FindingCause.PHOTOS, detail="gone", remedy="rescan"
    )
    house.control.findings = [finding]

    assert house.run("verify", "--json") == code
    assert json.loads(capsys.readouterr().out)[0]["level"] == level.value
    assert house.run("verify") == code
    assert "-> rescan" in capsys.readouterr().out
