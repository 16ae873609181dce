"""A question becomes a request that all servers know; only a finished answer is a reply."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.captioner import question
from doubles.profiles import style as style_of
from phototagd.adapters.http_exchange import Refused
from phototagd.adapters.openai_api.completion import MAX_ANSWER_BYTES, read_reply, request_for
from phototagd.domain.errors import BadReply, Unavailable
from phototagd.rules.answers.prompting import question_for, recipe_for

COMMON = {
    "model", "messages", "stream", "max_tokens", "response_format", "chat_template_kwargs",
    "seed", "temperature", "top_p",
}  # fmt: skip


def completion(content: str | None = '{"caption":"a"}', **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, **more.pop("message", {})}
    choice = {"index": 0, "message": message, "finish_reason": "stop", **more.pop("choice", {})}
    return {"choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 4}, **more}


def read(value: object) -> Any:
    return read_reply([json.dumps(value).encode()])


def test_a_request_says_no_more_than_all_servers_know() -> None:
    body = request_for(question(), "qwen", {})

    assert set(body) == COMMON
    assert body["max_tokens"] == 500
    assert body["chat_template_kwargs"] == {"enable_thinking": False}


def test_the_picture_is_a_data_url_behind_the_constant_words() -> None:
    system, user = request_for(question(b"jpeg"), "qwen", {})["messages"]  # type: ignore[misc]

    assert system["role"] == "system"
    assert [part["type"] for part in user["content"]] == ["text", "image_url"]
    assert user["content"][1]["image_url"]["url"] == "data:image/jpeg;base64,anBlZw=="


def test_a_second_attempt_frowns_on_what_repeats() -> None:
    """In the word that all servers know for it."""
    body = request_for(question(attempt=2), "qwen", {})

    assert set(body) == COMMON | {"frequency_penalty"}
    assert body["frequency_penalty"] == 0.1
    assert body["seed"] == 43


def test_a_persons_options_are_handed_on_and_loading_is_not_our_business() -> None:
    style = style_of(options={"top_k": 20, "num_ctx": 4096, "num_predict": 300})
    asked = question_for(recipe_for(style, "any", ""), style, 1, b"jpeg")

    body = request_for(asked, "qwen", {})

    assert body["top_k"] == 20
    assert body["max_tokens"] == 300
    assert not {"num_ctx", "num_predict", "repeat_penalty"} & set(body)


def test_extra_body_has_the_last_word() -> None:
    extra = {"chat_template_kwargs": {}, "temperature": 1, "reasoning_effort": "none"}

    body = request_for(question(), "qwen", extra)

    assert {key: body[key] for key in extra} == extra
    assert body["model"] == "qwen"


def test_a_finished_answer_is_a_reply() -> None:
    reply = read(completion(timings={"prompt_ms": 812.5, "predicted_ms": 400}))

    assert reply.content == '{"caption":"a"}'
    assert (reply.prompt_tokens, reply.answer_tokens) == (9, 4)
    assert (reply.prompt_seconds, reply.tokens_per_second) == (0.8125, 10)


@pytest.mark.parametrize("word", ["reasoning_content", "reasoning"])
def test_thoughts_are_kept_apart(word: str) -> None:
    reply = read(completion(None, message={word: '{"caption":"b"}'}))

    assert (reply.content, reply.thinking) == ("", '{"caption":"b"}')


@pytest.mark.parametrize(
    "value",
    [
        completion(choice={"finish_reason": "length"}),
        completion(choice={"finish_reason": None}),
        completion(choice={"finish_reason": "abort"}),
        completion(choice={"finish_reason": "content_filter"}),
        completion(" \n\n "),
        completion(None),
        {"choices": []},
        {"choices": [None]},
        {},
    ],
)
def test_anything_else_is_none(value: object) -> None:
    with pytest.raises(BadReply):
        read(value)


def test_no_usage_is_no_harm() -> None:
    reply = read(completion(usage=None))

    assert (reply.answer_tokens, reply.tokens_per_second) == (0, 0)


def test_an_error_inside_a_good_status_is_a_refusal() -> None:
    with pytest.raises(Refused, match="model has crashed"):
        read({"error": {"message": "The model has crashed"}})


@pytest.mark.parametrize("noise", [b"<html></html>", b"", b"[]", b"7"])
def test_something_else_at_the_address_is_not_the_models_fault(noise: bytes) -> None:
    with pytest.raises(Unavailable) as caught:
        read_reply([noise])
    assert caught.value.alive


def test_an_answer_without_end_is_given_up() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"{" + b" " * (MAX_ANSWER_BYTES // 4)

    with pytest.raises(BadReply, match="does not end"):
        read_reply(endless())


@given(st.data())
def test_an_answer_cut_anywhere_is_bad_and_one_split_anywhere_is_the_same(
    data: st.DataObject,
) -> None:
    whole = json.dumps(completion("\u4e00 \U0001f600"), ensure_ascii=False).encode()
    at = data.draw(st.integers(1, len(whole) - 1))

    with pytest.raises(BadReply):
        read_reply([whole[:at]])
    assert read_reply([whole[:at], whole[at:]]) == read_reply([whole])


def test_the_question_itself_is_not_changed() -> None:
    asked = question()
    before = replace(asked)

    request_for(asked, "qwen", {"top_p": 1})

    assert asked == before
