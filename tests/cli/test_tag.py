"""`tag` waits for what it was given, and ends with what became of it."""

import json
import os
from pathlib import Path

import pytest

from doubles.control import a_status
from doubles.house import FakeHouse
from phototagd.cli.patience import Patience
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.job import JobState
from phototagd.domain.status import TagReport

AWAY = a_status(engine=EngineReport(EngineState.WAITING, "refused", "start it"))


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    path = tmp_path / os.fsdecode(b"a\xff\n.jpg")
    path.touch()
    return os.fsencode(path)


def test_a_photo_of_any_name_is_tagged_and_shown_on_one_line(
    house: FakeHouse, photo: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words below it; relative names and repeats are one photo."""
    house.control.polls = 3

    assert house.run("tag", os.fsdecode(photo), "./" + Path(os.fsdecode(photo)).name) == 0

    out = capsys.readouterr().out
    assert out.splitlines()[0].endswith(r"/a\xff\n.jpg")
    assert [line.strip() for line in out.splitlines()[1:]] == ["A dog on a beach.", "dog, beach"]
    assert house.control.told[0] == ("tag", photo)


def test_json_names_the_bytes(
    house: FakeHouse, photo: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list with one object for each photo."""
    assert house.run("tag", "--json", os.fsdecode(photo)) == 0

    [report] = json.loads(capsys.readouterr().out)
    assert report["path_base64"]
    assert report["state"] == "done"
    assert report["caption"] == "A dog on a beach."
    assert report["keywords"] == ["dog", "beach"]


def test_a_dead_photo_ends_with_1_and_its_reason(
    house: FakeHouse, photo: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others are done all the same."""
    house.control.outcomes[photo] = TagReport(
        path=photo, state=JobState.DEAD, reason="this is not a photo"
    )

    assert house.run("tag", os.fsdecode(photo)) == 1
    assert "this is not a photo" in capsys.readouterr().out


@pytest.mark.parametrize("wait", ["0", "12"])
def test_an_absent_model_is_waited_for_and_ends_with_75(
    house: FakeHouse, photo: bytes, wait: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As long as it was told; then it says why, and what to do."""
    house.control.polls = 1000
    house.control.report = AWAY

    assert house.run("tag", "--wait", wait, os.fsdecode(photo)) == 75
    assert float(wait) <= house.slept < float(wait) + 1
    assert capsys.readouterr().err == "phototagd: refused\nphototagd: start it\n"


def test_ctrl_c_while_waiting_is_130(house: FakeHouse, photo: bytes) -> None:
    """The photo stays queued."""
    house.control.polls = 1000
    house.interrupt_after = 3

    assert house.run("tag", os.fsdecode(photo)) == 130


@pytest.mark.parametrize(
    ("engine", "report", "expected"),
    [
        (EngineState.OK, TagReport(path=b"a", state=JobState.RUNNING), [False, False]),
        (EngineState.OK, TagReport(path=b"a", state=JobState.QUEUED), [False, False]),
        (EngineState.OK, TagReport(path=b"a", state=JobState.QUEUED, reason="cut"), [False, True]),
        (EngineState.WAITING, TagReport(path=b"a", state=JobState.QUEUED), [False, True]),
        (EngineState.OFF, TagReport(path=b"a", state=JobState.QUEUED), [True, True]),
    ],
)
def test_patience_ends_only_without_hope(
    engine: EngineState, report: TagReport, expected: list[bool]
) -> None:
    """Asked at once and again after the time is up."""
    now = [0.0]
    patience = Patience(seconds=30, monotonic=lambda: now[0])
    status = a_status(engine=EngineReport(engine))

    first = patience.is_over(status, [report])
    now[0] = 31

    assert [first, patience.is_over(status, [report])] == expected


def test_any_hope_renews_patience() -> None:
    """A model that comes and goes is not given up."""
    now = [0.0]
    patience = Patience(seconds=30, monotonic=lambda: now[0])
    waiting = [TagReport(path=b"a", state=JobState.QUEUED)]
    for seconds, status in ((0, AWAY), (29, a_status()), (40, AWAY), (69, AWAY)):
        now[0] = seconds
        assert not patience.is_over(status, waiting)

    now[0] = 70
    assert patience.is_over(AWAY, waiting)
