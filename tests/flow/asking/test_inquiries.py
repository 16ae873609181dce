"""A person's question goes before all photos, through the same lane, and is never stored."""

import json
from collections.abc import Callable

import pytest

from doubles.captioner import reply_with
from doubles.tagging_line import TaggingLine
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.inquiry import InquiryState
from phototagd.flow.asking.inquiries import MOST_WAITING, PATIENCE_SECONDS, TOO_LATE, TOO_MANY
from phototagd.flow.asking.refusing import PAUSED, refusal

ANSWER = {"answer": "A falcon."}
AWAY = Unavailable("connection refused", remedy="start Ollama: ollama serve")


@pytest.fixture
def asked(line: TaggingLine) -> Callable[[str], str]:
    """Puts a question about a photo; its name."""
    line.photo("bird.jpg")

    def put(question: str = "Which bird?") -> str:
        return line.inquiries.ask([line.path("bird.jpg")], question, profile="photos").id

    return put


def state(line: TaggingLine, name: str) -> InquiryState:
    inquiry = line.inquiries.asked(name)
    assert inquiry is not None
    return inquiry.state


def test_a_question_is_answered_before_photos_that_wait(
    line: TaggingLine, asked: Callable[[str], str]
) -> None:
    waiting = line.photo("other.jpg")
    line.prepare_all()
    line.captioner.script.append(reply_with(ANSWER))
    name = asked("Which bird?")
    assert state(line, name) is InquiryState.WAITING

    line.lane.step()

    inquiry = line.inquiries.asked(name)
    assert inquiry is not None
    assert (inquiry.state, inquiry.answer) == (InquiryState.ANSWERED, "A falcon.")
    assert inquiry.model == "qwen3-vl:4b-instruct"
    assert "Which bird?" in line.captioner.questions[0].user
    assert line.state(waiting) != "done"
    assert [event.name for event in line.events.events] == ["question.answered"]


def test_nothing_of_it_is_stored(line: TaggingLine, asked: Callable[[str], str]) -> None:
    line.captioner.script.append(reply_with({"answer": "zyzzyva"}))
    asked("xylophone?")
    line.lane.step()

    told = json.dumps([str(event) for event in line.events.events])
    assert "xylophone" not in told
    assert "zyzzyva" not in told
    for file in line.folder.parent.glob("line.db*"):
        kept = file.read_bytes()
        assert b"zyzzyva" not in kept
        assert b"xylophone" not in kept


@pytest.mark.parametrize(
    "error", [BadReply("cut"), AWAY, ProcessKilled("it died"), Unreadable("no picture"), KeyError()]
)
def test_a_failed_question_says_why_and_charges_no_photo(
    line: TaggingLine, asked: Callable[[str], str], error: Exception
) -> None:
    photo = line.photo("other.jpg")
    line.captioner.script.append(error)
    name = asked("Which bird?")

    line.lane.step()

    inquiry = line.inquiries.asked(name)
    assert inquiry is not None
    assert inquiry.state is InquiryState.FAILED
    assert str(error) in inquiry.reason
    assert line.tag_job(photo).attempt == 0


def test_while_the_model_is_away_a_question_is_refused_and_a_waiting_one_ends(
    line: TaggingLine, asked: Callable[[str], str]
) -> None:
    name = asked("Which bird?")
    line.captioner.lost = AWAY
    line.clock.advance(400)
    line.endpoint.keep()

    with pytest.raises(Unavailable, match="connection refused") as caught:
        asked("Which bird?")
    assert caught.value.remedy == AWAY.remedy
    inquiry = line.inquiries.asked(name)
    assert inquiry is not None
    assert (inquiry.state, inquiry.remedy) == (InquiryState.FAILED, AWAY.remedy)
    assert not line.inquiries.are_waiting()


def test_a_pause_refuses_questions(line: TaggingLine, asked: Callable[[str], str]) -> None:
    line.is_paused = True

    with pytest.raises(Unavailable, match=PAUSED):
        asked("Which bird?")


def test_few_questions_wait_and_none_for_ever(
    line: TaggingLine, asked: Callable[[str], str]
) -> None:
    names = [asked("Which bird?") for _ in range(MOST_WAITING)]
    with pytest.raises(Unavailable, match=TOO_MANY):
        asked("Which bird?")

    line.clock.advance(PATIENCE_SECONDS)

    inquiry = line.inquiries.asked(names[0])
    assert inquiry is not None
    assert (inquiry.state, inquiry.reason) == (InquiryState.FAILED, TOO_LATE)
    assert asked("Which bird?")


def test_a_copy_that_is_gone_is_passed_over(line: TaggingLine) -> None:
    line.photo("bird.jpg")
    line.reader.errors[line.path("gone.jpg")] = Unreadable("broken")
    copies = [line.path("gone.jpg"), line.path("bird.jpg")]

    assert line.inquiries.ask(copies, "Which?", profile="photos").state is InquiryState.WAITING
    with pytest.raises(Unreadable):
        line.inquiries.ask(copies[:1], "Which?", profile="photos")


def test_an_unknown_name_is_nothing(line: TaggingLine) -> None:
    assert line.inquiries.asked("x") is None
    assert not line.inquiries.answer_next(line.endpoint)


def test_without_a_model_there_is_no_answer() -> None:
    refused = refusal([], is_paused=False, admitted=frozenset())
    assert refused is not None
    assert refused.remedy == "set model.engine"


def test_a_lane_that_waits_for_photos_is_woken_by_a_question(line: TaggingLine) -> None:
    """Else the question would wait as long as a lane waits for a photo."""
    line.ready.wake()

    assert line.ready.take(0.0) is None
