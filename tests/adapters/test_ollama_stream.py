"""A stream of bytes becomes one finished reply, however it was cut on the way."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.adapters.http_exchange import Refused
from phototagd.adapters.ollama.stream import (
    MAX_ANSWER_BYTES,
    lines,
    read_loaded,
    read_reply,
)
from phototagd.domain.errors import BadReply, Unavailable

LAST = {
    "model": "m",
    "message": {"role": "assistant", "content": ""},
    "done": True,
    "done_reason": "stop",
    "total_duration": 2_143_000_000,
    "prompt_eval_count": 1312,
    "eval_count": 87,
    "eval_duration": 1_220_000_000,
}


def said(content: str, **more: object) -> dict[str, Any]:
    return {
        "model": "m",
        "message": {"role": "assistant", "content": content, **more},
        "done": False,
    }


def wire(*objects: object) -> bytes:
    return b"".join(json.dumps(o, ensure_ascii=False).encode() + b"\n" for o in objects)


@given(text=st.text(min_size=1).filter(str.strip), cuts=st.lists(st.integers(0, 10_000)))
def test_an_answer_survives_every_cut(text: str, cuts: list[int]) -> None:
    """Chunks may end anywhere, inside a character too."""
    whole = wire(*(said(character) for character in text), LAST)
    edges = sorted({0, len(whole), *(cut % len(whole) for cut in cuts)})
    chunks = [whole[a:b] for a, b in itertools.pairwise(edges)]

    assert read_reply(chunks).content == text


def test_lines_are_whole_and_the_last_needs_no_end() -> None:
    assert list(lines([b"a\n\nb", b"c\nd"])) == [b"a", b"bc", b"d"]


def test_counts_and_nanoseconds_are_read_and_may_be_absent() -> None:
    reply = read_reply([wire(said("{}"), LAST)])

    assert (reply.prompt_tokens, reply.answer_tokens) == (1312, 87)
    assert reply.total_seconds == pytest.approx(2.143)
    assert reply.load_seconds == 0
    assert reply.tokens_per_second == pytest.approx(87 / 1.22)


def test_thinking_alone_is_an_answer() -> None:
    reply = read_reply([wire(said("", thinking='{"a":'), said("", thinking="1}"), LAST)])

    assert (reply.content, reply.thinking) == ("", '{"a":1}')


@pytest.mark.parametrize(
    "stream",
    [
        wire(said("{"), {**LAST, "done_reason": "length"}),
        wire(said("\n\n\n\n"), {**LAST, "done_reason": "length"}),
        wire(said("{}"), {**LAST, "done_reason": "load"}),
        wire(said("{}"), {k: v for k, v in LAST.items() if k != "done_reason"}),
        wire(said("{}")),
        wire(said("{}"), said("")),
        wire({"model": "", "message": {"role": "", "content": ""}, "done": False}),
        wire(said(" \n"), LAST),
        wire(LAST),
        wire(said("{}"))[:-10],
        b"",
    ],
    ids=[
        "cut",
        "cut-white",
        "load",
        "no-reason",
        "silent",
        "not-done",
        "empty-object",
        "white",
        "empty",
        "cut-line",
        "nothing",
    ],
)
def test_what_is_not_finished_with_stop_is_no_answer(stream: bytes) -> None:
    with pytest.raises(BadReply):
        read_reply([stream])


def test_an_error_line_ends_the_stream() -> None:
    with pytest.raises(Refused) as caught:
        read_reply([wire(said("{"), {"error": "an error was encountered"})])

    assert caught.value.refusal.text == "an error was encountered"


@pytest.mark.parametrize("page", [b"<html>hello</html>\n", b"[1, 2]\n", b"42"])
def test_another_service_is_told_from_ollama(page: bytes) -> None:
    with pytest.raises(Unavailable):
        read_reply([page])


def test_an_endless_answer_is_given_up() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * (MAX_ANSWER_BYTES // 4)

    with pytest.raises(BadReply):
        read_reply(endless())


def test_a_load_is_over_when_the_server_says_so() -> None:
    read_loaded([wire({**LAST, "done_reason": "load"})])

    with pytest.raises(Unavailable):
        read_loaded([wire(said(""))])
