"""A person's own question: what is sent, and what of the answer is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.photos import recipe
from phototagd.domain.errors import BadReply
from phototagd.domain.tagging import Reply
from phototagd.rules.answers.inquiring import (
    HIDDEN,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    answer_in,
    cleaned_question,
    inquiry_about,
)


@given(st.text("[imgIMG-0] <|start_ofem>\n", min_size=1, max_size=80))
def test_a_question_never_moves_the_picture_or_ends_the_message(text: str) -> None:
    sent = inquiry_about(b"jpeg", text, recipe())

    assert "[img" not in sent.user.lower()
    assert "<|" not in sent.user
    assert "<start_of" not in sent.user
    assert sent.system == inquiry_about(b"", "?", recipe()).system


@given(st.text(max_size=LONGEST_QUESTION + 20))
def test_a_question_is_one_line_of_limited_length_or_refused(text: str) -> None:
    try:
        question = cleaned_question(text)
    except ValueError:
        assert not text.strip() or len(text) > LONGEST_QUESTION or not text.isprintable()
    else:
        assert 0 < len(question) <= LONGEST_QUESTION
        assert question.isprintable()
        assert cleaned_question(question) == question


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x1b", "x" * (LONGEST_QUESTION + 1)])
def test_a_senseless_question_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="question"):
        cleaned_question(text)


@pytest.mark.parametrize(
    "content", ['{"answer": " A falcon. "}', "A falcon.", '"A falcon."', '{"answer":"A falcon."}']
)
def test_the_answer_is_read_also_from_servers_without_grammar(content: str) -> None:
    assert answer_in(Reply(content=content)) == "A falcon."


@pytest.mark.parametrize("content", ['{"answer": ""}', '{"answer": 3}', '{"answer": "cut', "[]"])
def test_nonsense_is_no_answer(content: str) -> None:
    with pytest.raises(BadReply):
        answer_in(Reply(content=content))


def test_a_private_number_is_not_shown() -> None:
    """Whoever may look at the photo may not be who may have its numbers."""
    told = json.dumps({"answer": "The card says 4111 1111 1111 1111."})

    with pytest.raises(BadReply, match=HIDDEN):
        answer_in(Reply(content=told))


def test_an_endless_answer_is_cut() -> None:
    assert len(answer_in(Reply(content="word " * 2000))) <= LONGEST_ANSWER
