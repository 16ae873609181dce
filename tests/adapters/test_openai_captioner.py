"""The adapter's own promises, beyond the contract."""

import threading
from collections.abc import Iterator

import pytest

from contracts.captioner import jpeg, question
from doubles.captioners import wait_until
from doubles.openai_api import Fault, Flavour, OpenAiDouble, Recorded
from doubles.openai_rigs import openai_captioner
from phototagd.adapters.clock import SystemClock
from phototagd.domain.errors import BadReply, ConfigError, ProcessKilled, Unavailable

PUBLIC = ["104.18.6.192", "2606:4700::6812:6c0"]


@pytest.fixture
def double() -> Iterator[OpenAiDouble]:
    with OpenAiDouble() as double:
        yield double


@pytest.mark.parametrize(
    ("flavour", "version"), [(Flavour.LLAMA_SERVER, "b6500-0c1e570"), (Flavour.VLLM, "0.11.0")]
)
def test_a_check_says_which_server_it_is(flavour: Flavour, version: str) -> None:
    with OpenAiDouble(flavour=flavour) as double:
        facts = openai_captioner(double.url, model=double.model).check()

    assert facts.version == version
    assert facts.model == double.model
    assert not facts.is_remote
    assert facts.warnings == ()


def test_the_digest_belongs_to_the_model_and_not_to_the_hour() -> None:
    digests = set()
    for model in ("one", "one", "two"):
        with OpenAiDouble(flavour=Flavour.VLLM, model=model) as double:
            digests.add(openai_captioner(double.url, model=model).check().digest)
    assert len(digests) == 2


def test_a_model_that_is_not_served_is_refused_with_those_that_are(double: OpenAiDouble) -> None:
    """LM Studio would silently answer with another one."""
    captioner = openai_captioner(double.url, model="gemma")

    with pytest.raises(Unavailable, match="does not serve gemma") as caught:
        captioner.check()

    assert double.model in caught.value.remedy
    assert caught.value.alive


def test_a_model_that_is_blind_is_refused(double: OpenAiDouble) -> None:
    double.sees = False

    with pytest.raises(Unavailable, match="cannot see pictures") as caught:
        openai_captioner(double.url, model=double.model).check()

    assert "--mmproj" in caught.value.remedy


def test_a_model_that_loads_is_waited_for(double: OpenAiDouble) -> None:
    captioner = openai_captioner(double.url, model=double.model)
    captioner.check()
    double.is_loading = True

    for call in (captioner.probe, captioner.check, lambda: captioner.ask(question())):
        with pytest.raises(Unavailable, match="Loading model") as caught:
            call()
        assert not caught.value.alive

    double.is_loading = False
    assert captioner.ask(question()).content


@pytest.mark.parametrize("suffix", ["", "/", "/v1", "/v1/"])
def test_an_address_may_name_the_api(double: OpenAiDouble, suffix: str) -> None:
    captioner = openai_captioner(double.url + suffix, model=double.model)

    assert captioner.name == double.url
    assert captioner.ask(question()).content


@pytest.mark.parametrize("url", ["ftp://nas", "http://", "http://[::1", "http://nas:x"])
def test_a_wrong_address_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(ConfigError):
        openai_captioner(url)


def test_a_password_alone_is_the_servers_key() -> None:
    with OpenAiDouble(key="sesame") as double:
        port = double.port
        captioner = openai_captioner(f"http://:sesame@127.0.0.1:{port}", model=double.model)

        assert captioner.ask(question()).content
        assert "sesame" not in captioner.name
        with pytest.raises(Unavailable, match="Invalid API Key"):
            openai_captioner(double.url, model=double.model).check()


def test_a_server_on_the_internet_sees_no_photo_unless_it_may(double: OpenAiDouble) -> None:
    refused = openai_captioner(double.url, model=double.model, resolve=lambda *_: PUBLIC)

    for call in (refused.check, lambda: refused.ask(question())):
        with pytest.raises(Unavailable, match="photos would leave the house"):
            call()
    assert double.asked == []

    allowed = openai_captioner(
        double.url, model=double.model, resolve=lambda *_: PUBLIC, allow_cloud=True
    )
    assert allowed.check().is_remote
    assert "photos leave it" in allowed.check().warnings[0]


def test_a_server_that_moved_out_of_the_house_sees_no_more_photos(double: OpenAiDouble) -> None:
    addresses = [["127.0.0.1"], PUBLIC]
    captioner = openai_captioner(
        double.url, model=double.model, resolve=lambda *_: addresses.pop(0) if addresses else PUBLIC
    )
    captioner.check()
    with pytest.raises(Unavailable, match="leave the house"):
        captioner.check()

    with pytest.raises(Unavailable, match="leave the house"):
        captioner.ask(question())
    assert double.asked == []


def test_a_name_without_an_address_is_unavailable() -> None:
    def fail(*_: object) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(Unavailable, match="no address is known for nas"):
        openai_captioner("http://nas", resolve=fail).check()


@pytest.mark.parametrize("fault", [Fault.NO_CHOICES, Fault.OTHER_FINISH, Fault.CUT_BODY])
def test_a_broken_answer_is_bad(double: OpenAiDouble, fault: Fault) -> None:
    double.script(fault)
    captioner = openai_captioner(double.url, model=double.model)

    with pytest.raises(BadReply):
        captioner.ask(question())


@pytest.mark.parametrize("fault", [Fault.SILENT_CLOSE, Fault.RESET])
def test_a_connection_that_dies_before_a_byte_is_tried_again(
    double: OpenAiDouble, fault: Fault
) -> None:
    captioner = openai_captioner(double.url, model=double.model)
    double.script(fault)
    assert captioner.ask(question()).content

    double.always = fault
    with pytest.raises(Unavailable, match="broke"):
        captioner.ask(question())
    assert len(double.asked) == 2 + 3


def test_an_answer_that_breaks_off_is_the_worlds_fault(double: OpenAiDouble) -> None:
    double.script(Fault.HALF_BODY)

    with pytest.raises(Unavailable, match="broke"):
        openai_captioner(double.url, model=double.model).ask(question())


@pytest.mark.parametrize("fault", [Fault.FENCED, Fault.THINKING, Fault.IGNORES_SCHEMA])
def test_what_was_said_is_handed_on_for_salvage(double: OpenAiDouble, fault: Fault) -> None:
    double.script(fault)

    reply = openai_captioner(double.url, model=double.model).ask(question())

    assert reply.content or reply.thinking


def test_a_hanging_server_is_cut_at_the_limit(double: OpenAiDouble) -> None:
    """By the watchdog: no byte ever comes that could be counted."""
    double.script(Fault.HANG)
    captioner = openai_captioner(
        double.url, model=double.model, timeout_seconds=0.2, clock=SystemClock()
    )

    with pytest.raises(ProcessKilled, match=r"no answer within 0\.2 s"):
        captioner.ask(question())
    wait_until(lambda: double.in_flight == 0)


def test_a_dripping_answer_is_cut_at_the_limit(double: OpenAiDouble) -> None:
    double.script(Fault.DRIP)
    captioner = openai_captioner(
        double.url, model=double.model, timeout_seconds=0.3, clock=SystemClock()
    )

    with pytest.raises(ProcessKilled):
        captioner.ask(question())


@pytest.mark.parametrize("name", ["html-200", "list-200"])
def test_another_server_at_the_address_is_named(double: OpenAiDouble, name: str) -> None:
    double.script(Recorded(name))

    with pytest.raises(Unavailable, match="no OpenAI-compatible server"):
        openai_captioner(double.url, model=double.model).ask(question())


def test_sixteen_questions_are_in_flight_at_once(double: OpenAiDouble) -> None:
    """Through one captioner: its lanes share it."""
    captioner = openai_captioner(double.url, model=double.model, clock=SystemClock())
    double.answer_gate.clear()
    answers: list[str] = []
    lanes = [
        threading.Thread(
            target=lambda shade=shade: answers.append(
                captioner.ask(question(jpeg((shade, 0, 0)))).content
            )
        )
        for shade in range(0, 160, 10)
    ]
    for lane in lanes:
        lane.start()
    wait_until(lambda: double.in_flight == 16)
    double.answer_gate.set()
    for lane in lanes:
        lane.join()

    assert double.in_flight_most == 16
    assert len(answers) == 16


def test_closing_abandons_all_that_is_in_flight(double: OpenAiDouble) -> None:
    captioner = openai_captioner(double.url, model=double.model, clock=SystemClock())
    double.always = Fault.HANG
    errors: list[Unavailable] = []

    def ask() -> None:
        try:
            captioner.ask(question())
        except Unavailable as error:
            errors.append(error)

    lanes = [threading.Thread(target=ask) for _ in range(4)]
    for lane in lanes:
        lane.start()
    wait_until(lambda: double.in_flight == 4)
    captioner.close()
    for lane in lanes:
        lane.join(10)

    assert [str(error) for error in errors] == ["the request was abandoned"] * 4
    wait_until(lambda: double.in_flight == 0)


def test_the_time_of_an_answer_is_measured_where_the_server_does_not_tell() -> None:
    with OpenAiDouble(flavour=Flavour.VLLM) as double:
        reply = openai_captioner(double.url, model=double.model).ask(question())

    assert reply.answer_seconds == reply.total_seconds > 0
    assert reply.prompt_seconds == 0
