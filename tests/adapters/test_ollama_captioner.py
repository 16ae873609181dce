"""The captioner against a server that misbehaves in every way we know."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from contracts.captioner import jpeg, question
from doubles import FakeClock
from doubles.captioners import MODEL, captioner_for, wait_until
from doubles.ollama import Fault, OllamaDouble, Recorded, Say, bodies, model_named
from phototagd.adapters.ollama import OllamaCaptioner
from phototagd.domain.errors import (
    BadReply,
    ConfigError,
    PhototagdError,
    ProcessKilled,
    Unavailable,
    Unreadable,
)
from phototagd.domain.tagging import Question

BROKEN = (Unavailable, False)
ENDINGS: dict[Fault, tuple[type[PhototagdError], bool | None]] = {
    Fault.RESET_MID_STREAM: BROKEN,
    Fault.HALF_CLOSE: BROKEN,
    Fault.CRASH: (ProcessKilled, None),
    Fault.CRASH_MID_STREAM: (ProcessKilled, None),
    Fault.ERROR_LINE: (ProcessKilled, None),
    Fault.SILENT_END: (BadReply, None),
    Fault.NOT_DONE: (BadReply, None),
    Fault.EMPTY_OBJECT: (BadReply, None),
    Fault.WHITESPACE: (BadReply, None),
    Fault.LENGTH: (BadReply, None),
    Fault.CUT_LINE: (BadReply, None),
    Fault.EMPTY: (BadReply, None),
    Fault.OUT_OF_MEMORY: (Unavailable, True),
    Fault.TERMINATED: (Unavailable, True),
    Fault.UNKNOWN_ARCHITECTURE: (Unavailable, True),
    Fault.LOAD_FAILED: (Unavailable, True),
    Fault.LOAD_STALLED: (Unavailable, True),
    Fault.BINARY_MISSING: (Unavailable, True),
}
HANGS = (Fault.WEDGE, Fault.WEDGE_MID_STREAM, Fault.DRIP)
ANSWERS = (Fault.THINKING, Fault.FENCED, Fault.PROSE, Fault.VIOLATION, Fault.RESET)


@pytest.fixture
def double() -> Iterator[OllamaDouble]:
    with OllamaDouble() as double:
        yield double


@pytest.fixture
def captioner(double: OllamaDouble) -> Iterator[OllamaCaptioner]:
    captioner = captioner_for(double.url)
    yield captioner
    captioner.close()


def in_background(call: Any) -> tuple[threading.Thread, list[Any]]:
    """Run a call in a thread; its result or error is in the list at the end."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(call())
        except PhototagdError as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


# --- what goes wrong with one answer ---------------------------------------------------------


def test_every_fault_of_the_double_is_tried_here() -> None:
    assert {*ENDINGS, *HANGS, *ANSWERS} == set(Fault)


@pytest.mark.parametrize("fault", list(ENDINGS))
def test_a_fault_ends_as_the_catalogue_says_and_is_not_asked_twice(
    double: OllamaDouble, captioner: OllamaCaptioner, fault: Fault
) -> None:
    expected, is_alive = ENDINGS[fault]
    double.script(fault)

    with pytest.raises(expected) as caught:
        captioner.ask(question())

    assert getattr(caught.value, "alive", None) is is_alive
    assert len(double.chats) <= 1


@pytest.mark.parametrize("fault", HANGS)
def test_a_hanging_answer_makes_the_photo_a_suspect(double: OllamaDouble, fault: Fault) -> None:
    """The wall clock counts, not the time since the last byte; the slot is free again."""
    captioner = captioner_for(double.url, timeout_seconds=0.2)
    double.script(fault)

    with pytest.raises(ProcessKilled, match=r"no answer within 0\.2 s"):
        captioner.ask(question())

    captioner.close()
    patient = captioner_for(double.url)
    assert patient.ask(question()).content
    patient.close()


@pytest.mark.parametrize("fault", [Fault.FENCED, Fault.PROSE, Fault.VIOLATION])
def test_a_finished_answer_is_handed_on_as_it_is(
    double: OllamaDouble, captioner: OllamaCaptioner, fault: Fault
) -> None:
    """Whether it can be understood is not for the adapter to say."""
    double.script(fault)

    assert captioner.ask(question()).content


def test_an_answer_in_thinking_is_kept(double: OllamaDouble, captioner: OllamaCaptioner) -> None:
    double.script(Fault.THINKING)

    reply = captioner.ask(question())

    assert reply.content == ""
    assert reply.thinking.startswith("{")


@pytest.mark.parametrize("size", [1, 3, 7])
def test_an_answer_cut_anywhere_is_whole(
    double: OllamaDouble, captioner: OllamaCaptioner, size: int
) -> None:
    """Packets end inside characters of three and four bytes."""
    double.slice_bytes = size
    double.script(Say('{"caption": "海边的日落 🌅"}'))

    assert captioner.ask(question()).content == '{"caption": "海边的日落 🌅"}'


@pytest.mark.parametrize("name", ["html-502", "html-413", "host-check", "overloaded"])
def test_errors_of_proxies_and_clouds_pass_through(
    double: OllamaDouble, captioner: OllamaCaptioner, name: str
) -> None:
    double.script(Recorded(name))

    with pytest.raises((Unavailable, Unreadable)):
        captioner.ask(question())


def test_a_poisonous_photo_is_a_suspect_every_time_and_others_are_answered(
    double: OllamaDouble, captioner: OllamaCaptioner
) -> None:
    poison = jpeg((1, 2, 3))
    double.poison.add(hashlib.sha256(poison).hexdigest())

    for _ in range(2):
        with pytest.raises(ProcessKilled):
            captioner.ask(question(poison))
        assert captioner.ask(question()).content

    assert double.loads == [MODEL] * 3  # a crashed model is loaded again


def test_the_model_is_asked_for_once_for_questions_in_a_row(double: OllamaDouble) -> None:
    """A round trip before every photo is time in which the GPU waits."""
    clock = FakeClock()
    captioner = captioner_for(double.url, clock=clock)

    for pause, requests in ((0.0, 2), (4.9, 3), (5.0, 5)):
        clock.advance(pause)
        captioner.ask(question())
        assert double.requests["/api/chat"] == requests

    double.script(Fault.CRASH)
    with pytest.raises(ProcessKilled):
        captioner.ask(question())
    captioner.ask(question())
    assert double.requests["/api/chat"] == 8, "after a failure the model is asked for again"
    captioner.close()


def test_bytes_that_are_no_picture_are_unreadable(captioner: OllamaCaptioner) -> None:
    with pytest.raises(Unreadable):
        captioner.ask(question(b"\0\0\0\x20ftypheic"))


# --- what is asked again at once -------------------------------------------------------------


def test_a_reset_before_any_answer_is_asked_again(
    double: OllamaDouble, captioner: OllamaCaptioner
) -> None:
    double.script(Fault.RESET, Fault.RESET)

    assert captioner.ask(question()).content
    assert len(double.chats) == 3


def test_three_resets_are_enough(double: OllamaDouble, captioner: OllamaCaptioner) -> None:
    double.always = Fault.RESET

    with pytest.raises(Unavailable) as caught:
        captioner.ask(question())

    assert not caught.value.alive
    assert len(double.chats) == 3


def test_a_busy_server_is_asked_again(double: OllamaDouble, captioner: OllamaCaptioner) -> None:
    double.script(Recorded("busy"), Recorded("busy"))

    assert captioner.ask(question()).content
    assert len(double.chats) == 3


def test_a_server_that_names_its_time_is_not_asked_before(
    double: OllamaDouble, captioner: OllamaCaptioner
) -> None:
    double.script_path("/api/chat", "overloaded")

    with pytest.raises(Unavailable) as caught:
        captioner.preload()

    assert caught.value.retry_after == 20
    assert double.requests["/api/chat"] == 1


# --- what is sent ----------------------------------------------------------------------------


def test_the_request_is_as_the_server_wants_it(
    double: OllamaDouble, captioner: OllamaCaptioner
) -> None:
    asked = question()
    captioner.ask(asked)

    (body,) = double.chats
    system, user = body["messages"]
    assert (system["role"], system["content"]) == ("system", asked.system)
    assert (user["role"], user["content"]) == ("user", asked.user)
    assert [base64.b64decode(i) for i in user["images"]] == [asked.image]
    assert body["think"] is False
    assert body["stream"] is True
    assert body["keep_alive"] == "30m"
    assert body["format"] == asked.schema
    assert list(body["format"]["properties"]) == sorted(body["format"]["properties"])
    assert body["options"] == {**asked.options, "num_ctx": 8192}


def test_no_question_makes_the_server_load_anew(double: OllamaDouble) -> None:
    """Load options belong to the endpoint; a question cannot differ in them."""
    captioner = captioner_for(double.url, load_options={"num_gpu": 99}, num_ctx=4096)
    asked = question()
    meddling = Question(
        asked.system, asked.user, asked.schema, {"num_ctx": 512, "num_gpu": 0}, asked.image
    )

    captioner.preload()
    captioner.ask(asked)
    captioner.ask(meddling)
    captioner.ask(question(attempt=2))

    captioner.close()
    assert double.loads == [MODEL]
    assert double.concurrent_max == 1
    assert {c["options"]["num_ctx"] for c in double.chats} == {4096}


def test_unloading_frees_the_memory(double: OllamaDouble, captioner: OllamaCaptioner) -> None:
    captioner.preload()
    captioner.unload()

    assert captioner.memory() is None


def test_a_question_right_after_unloading_has_the_long_time_for_the_load(
    double: OllamaDouble,
) -> None:
    """A pause that is taken back at once: the load does not count against the photo."""
    captioner = captioner_for(double.url, timeout_seconds=0.3)
    captioner.ask(question())
    captioner.unload()
    double.engine.load_seconds = 0.6

    assert captioner.ask(question(jpeg((1, 2, 3)))).content

    assert double.engine.aborted_loads == 0
    captioner.close()


# --- loading ---------------------------------------------------------------------------------


def test_a_load_may_take_longer_than_an_answer(double: OllamaDouble) -> None:
    """Dropping the connection would abort the load, and the next question start it again."""
    captioner = captioner_for(double.url, timeout_seconds=0.5)
    double.engine.load_seconds = 0.6

    reply = captioner.ask(question())

    captioner.close()
    assert reply.content
    assert double.engine.aborted_loads == 0


def test_a_load_that_never_ends_is_not_the_photos_fault(double: OllamaDouble) -> None:
    captioner = captioner_for(double.url, load_timeout_seconds=0.1)
    double.engine.load_gate.clear()

    with pytest.raises(Unavailable, match="did not load") as caught:
        captioner.ask(question())

    captioner.close()
    assert caught.value.alive


def test_while_a_model_loads_the_server_lives_but_memory_is_unknown(
    double: OllamaDouble, captioner: OllamaCaptioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phototagd.adapters.ollama.captioner._MEMORY_SECONDS", 0.1)
    double.engine.load_gate.clear()
    thread, results = in_background(captioner.preload)
    wait_until(lambda: double.requests["/api/chat"])

    assert captioner.probe() == "0.32.15"
    assert captioner.memory() is None

    double.engine.load_gate.set()
    thread.join()
    assert results == [None]


# --- abandoning ------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.WEDGE, Fault.WEDGE_MID_STREAM])
def test_closing_abandons_the_request_in_flight(
    double: OllamaDouble, captioner: OllamaCaptioner, fault: Fault
) -> None:
    double.script(fault)
    thread, results = in_background(lambda: captioner.ask(question()))
    wait_until(lambda: double.seen)

    captioner.close()
    thread.join()

    (error,) = results
    assert isinstance(error, Unavailable)
    assert "abandoned" in str(error)
    assert len(double.chats) == 1


def test_an_abandoned_question_frees_the_slot(double: OllamaDouble) -> None:
    impatient, patient = captioner_for(double.url), captioner_for(double.url)
    double.script(Fault.WEDGE)
    thread, _ = in_background(lambda: impatient.ask(question()))
    wait_until(lambda: double.seen)

    impatient.close()
    thread.join()

    assert patient.ask(question()).content
    patient.close()


# --- checking --------------------------------------------------------------------------------


def test_a_missing_model_is_told_how_to_get(double: OllamaDouble) -> None:
    captioner = captioner_for(double.url, model="gemma3:4b")

    for call in (captioner.check, captioner.preload, lambda: captioner.ask(question())):
        with pytest.raises(Unavailable) as caught:
            call()
        assert caught.value.alive
        assert caught.value.remedy == "run: ollama pull gemma3:4b"
    captioner.close()


@pytest.mark.parametrize("version", ["0.24.0", "0.32.15"])
def test_a_cloud_model_is_refused_unless_allowed(version: str) -> None:
    """By its name, or by what the server says of it; not one picture is sent."""
    local_name = model_named("someone/photos")
    remote = type(local_name)(local_name.name, remote_host="https://ollama.com")
    with OllamaDouble(models=["qwen3-vl:235b-cloud", remote], version=version) as double:
        for name in ("qwen3-vl:235b-cloud", "someone/photos"):
            refused = captioner_for(double.url, model=name)
            with pytest.raises(Unavailable, match="cloud"):
                refused.check()
            refused.close()
            allowed = captioner_for(double.url, model=name, allow_cloud=True)
            assert allowed.check().is_remote
            allowed.close()
        assert not double.seen


def test_a_cloud_name_is_not_even_asked(double: OllamaDouble) -> None:
    captioner = captioner_for(double.url, model="qwen3-vl:235b-cloud")

    with pytest.raises(Unavailable, match="cloud"):
        captioner.ask(question())

    captioner.close()
    assert not double.requests


def test_a_warning_names_the_tag_to_take() -> None:
    with OllamaDouble(models=["qwen3-vl:8b"]) as double:
        captioner = captioner_for(double.url, model="qwen3-vl:8b")
        (warning,) = captioner.check().warnings
        captioner.close()

    assert "qwen3-vl:8b-instruct" in warning


def test_another_service_at_the_address_is_recognised(double: OllamaDouble) -> None:
    captioner = captioner_for(double.url)
    for page in ("wrong-path", "html-502"):
        double.script_path("/api/version", page)
        with pytest.raises(Unavailable):
            captioner.probe()
    double.script_path("/api/version", bodies.Body(200, b"<html>router</html>", "text/html"))
    with pytest.raises(Unavailable, match="not Ollama"):
        captioner.probe()
    double.script_path("/api/version", bodies.Body(200, b'{"hello":1}'))
    with pytest.raises(Unavailable, match="not Ollama"):
        captioner.probe()
    captioner.close()


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://nas:11434/", "http://nas:11434"),
        ("nas:11434", "http://nas:11434"),
        ("https://me:secret@photos.example/ollama", "https://photos.example/ollama"),
    ],
)
def test_the_name_is_the_address_without_secrets(url: str, name: str) -> None:
    captioner = captioner_for(url)

    assert captioner.name == name
    captioner.close()


@pytest.mark.parametrize("url", ["", "ftp://nas", "http://", "http://nas:port"])
def test_a_wrong_address_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="url"):
        captioner_for(url)
