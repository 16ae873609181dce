"""`phototagd ask`: waits for the answer, prints it, and says why there is none."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from doubles.house import FakeHouse
from phototagd.domain.errors import Unavailable
from phototagd.domain.inquiry import Inquiry, InquiryState


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "bird.jpg"
    path.write_bytes(b"a photo")
    return path


def test_it_waits_for_the_answer(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.polls = 3

    assert house.run("ask", str(photo), " Which\tbird? ") == 0

    assert capsys.readouterr().out == "A falcon.\n"
    assert ("ask", bytes(photo), "Which bird?") in house.control.told
    assert house.slept > 0


def test_programs_get_all_of_it(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("ask", "--json", str(photo), "Which bird?") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["answer"], told["path"]) == ("answered", "A falcon.", str(photo))


def test_no_answer_is_explained(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inquiry = house.control.inquiry
    house.control.inquiry = replace(
        inquiry, state=InquiryState.FAILED, reason="it died", remedy="restart it"
    )

    assert house.run("ask", str(photo), "Which bird?") == 1

    assert capsys.readouterr().err == "phototagd: it died\nphototagd: restart it\n"


def test_a_model_that_is_away_is_told_by_the_exit_code(house: FakeHouse, photo: Path) -> None:
    house.control.error = Unavailable("it is paused")

    assert house.run("ask", str(photo), "Which bird?") == 75


def test_a_daemon_that_forgot_the_question_ends_the_wait(
    house: FakeHouse, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgotten(_: str) -> Inquiry | None:
        return None

    monkeypatch.setattr(house.control, "asked", forgotten)

    assert house.run("ask", str(photo), "Which bird?") == 75


@pytest.mark.parametrize("question", ["", "x" * 501])
def test_a_senseless_question_is_a_mistake_of_usage(
    house: FakeHouse, photo: Path, question: str
) -> None:
    assert house.run("ask", str(photo), question) == 2
    assert house.control.told == []
