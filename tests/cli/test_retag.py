"""`phototagd retag` says how many and how long, asks, and then queues."""

import json

import pytest

from doubles.house import FakeHouse

WHERE = ("--where", "model != qwen* and before 2024")
TEXT = WHERE[1]


def test_it_says_what_would_be_done_and_for_how_long(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.retagging |= {"photos": 12, "seconds": 7300.0, "examples": [{"path": "/p/a.jpg"}]}

    assert house.run("retag", *WHERE, "--dry-run") == 0

    assert house.control.told == [("retag", TEXT, True)]
    assert capsys.readouterr().out.splitlines() == [
        "  /p/a.jpg",
        "  and 11 more",
        "12 photos to ask, for about 2 hours",
    ]


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_nothing_is_queued_before_a_person_agrees(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answer == "y\n")

    assert house.run("retag", *WHERE) == code

    orders = [("retag", TEXT, True), ("retag", TEXT, False)]
    assert house.control.told == orders[: 2 - code]


def test_with_yes_nobody_is_asked_and_json_is_for_programs(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("retag", *WHERE, "--yes", "--json") == 0

    assert json.loads(capsys.readouterr().out)["is_done"] is True


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "for how long is not known yet"),
        (20.0, "for less than a minute"),
        (61.0, "for about 1 minute"),
        (4000.0, "for about 1 hour"),
        (260_000.0, "for about 3 days"),
    ],
)
def test_the_time_is_said_as_people_say_it(
    house: FakeHouse, capsys: pytest.CaptureFixture[str], seconds: float | None, said: str
) -> None:
    house.control.retagging["seconds"] = seconds

    assert house.run("retag", *WHERE, "--yes") == 0

    assert capsys.readouterr().out.splitlines()[-1] == f"2 photos queued, {said}"


def test_without_any_photo_nothing_is_asked(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.retagging["photos"] = 0

    assert house.run("retag", *WHERE) == 0

    assert capsys.readouterr().out == "no photo to be asked about again\n"


def test_nonsense_never_reaches_the_daemon(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("retag", "--where", "modle = x") == 2

    assert "is not understood" in capsys.readouterr().err
    assert house.control.told == []
