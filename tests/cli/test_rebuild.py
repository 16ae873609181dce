"""`rebuild` as a person types it."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from doubles.house import FakeHouse
from phototagd.domain.rebuilding import Forgotten, RebuildProgress, Rebuilt


@pytest.fixture
def house(tmp_path: Path) -> FakeHouse:
    house = FakeHouse(tmp_path)
    house.rebuilt = Rebuilt(
        progress=RebuildProgress(photos=1200, answers=1100, sidecars=1100),
        aside=b"/state/before-rebuild",
        forgotten=(
            Forgotten(
                what="answers that stand in no sidecar",
                count=3,
                why="these photos are asked about again",
                examples=(b"/p/\xff\n.jpg",),
            ),
        ),
    )
    return house


def test_it_says_what_came_back_and_what_did_not(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("rebuild") == 0

    said = capsys.readouterr()
    assert "1,200 photos, 1,100 answers" in said.out
    assert "/state/before-rebuild" in said.out
    assert "answers that stand in no sidecar (3); these photos are asked about again" in said.out
    assert "and 2 more" in said.out
    assert "scanning" in said.err


def test_a_running_daemon_must_be_stopped_first(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.client = SimpleNamespace(close=lambda: None)

    assert house.run("rebuild") == 75

    assert "systemctl stop" in capsys.readouterr().err


def test_trouble_on_the_way_is_told_and_ends_with_75(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.rebuilt = Rebuilt(
        progress=RebuildProgress(), aside=None, forgotten=None, trouble="the disk is full"
    )

    assert house.run("rebuild") == 75

    said = capsys.readouterr().out
    assert "the disk is full" in said
    assert "cannot be listed" in said


def test_a_script_reads_it_as_json(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("rebuild", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["answers"], told["forgotten"][0]["count"]) == (1100, 3)
