"""What every captioner promises, whoever answers behind it.

A subclass gives a `rig`: the captioner, and the levers to make its server fail. A rig without
levers (a real server) skips what needs them.
"""

import io
from abc import ABC, abstractmethod
from enum import StrEnum

import pytest
from PIL import Image

from doubles.profiles import style as style_of
from phototagd.domain.errors import (
    BadReply,
    PhototagdError,
    ProcessKilled,
    Unavailable,
    Unreadable,
)
from phototagd.domain.tagging import Question
from phototagd.ports import Captioner
from phototagd.rules.answers.prompting import question_for, recipe_for


class Failure(StrEnum):
    """What a rig can be told to do with the next question."""

    CUT = "cut"
    SILENT_END = "silent end"
    EMPTY = "empty"
    CRASH = "crash"
    UNDECODABLE = "undecodable"
    OUT_OF_MEMORY = "out of memory"


EXPECTED: dict[Failure, type[PhototagdError]] = {
    Failure.CUT: BadReply,
    Failure.SILENT_END: BadReply,
    Failure.EMPTY: BadReply,
    Failure.CRASH: ProcessKilled,
    Failure.UNDECODABLE: Unreadable,
    Failure.OUT_OF_MEMORY: Unavailable,
}


class Rig(ABC):
    """A captioner and its server."""

    captioner: Captioner
    has_levers = True
    loads_models = True  # else the server does that by itself, and tells nothing of it

    @abstractmethod
    def fail_next(self, failure: Failure) -> None:
        """Make the next question end like this."""

    @abstractmethod
    def lose_server(self) -> None:
        """Nobody listens any more."""

    @abstractmethod
    def bring_server_back(self) -> None:
        """It listens again."""


def jpeg(colour: tuple[int, int, int] = (40, 120, 60)) -> bytes:
    """A small photo of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(file, "JPEG", quality=90)
    return file.getvalue()


def question(image: bytes | None = None, *, attempt: int = 1) -> Question:
    """A question as the flow asks it."""
    style = style_of()
    return question_for(recipe_for(style, "any", ""), style, attempt, image or jpeg())


class CaptionerContract(ABC):
    """The promises of `ports.Captioner`."""

    @pytest.fixture
    @abstractmethod
    def rig(self) -> Rig:
        """A rig whose server lives and has the model."""

    def need_levers(self, rig: Rig) -> None:
        if not rig.has_levers:
            pytest.skip("a real server cannot be made to fail")

    def test_a_probe_says_the_version(self, rig: Rig) -> None:
        assert any(letter.isdigit() for letter in rig.captioner.probe())

    def test_a_check_finds_a_model_that_sees(self, rig: Rig) -> None:
        facts = rig.captioner.check()

        assert "vision" in facts.capabilities
        assert facts.digest
        assert facts.model

    def test_a_preloaded_model_occupies_memory(self, rig: Rig) -> None:
        rig.captioner.preload()

        memory = rig.captioner.memory()

        if not rig.loads_models:
            assert memory is None
            return
        assert memory is not None
        assert memory.total >= memory.gpu >= 0
        assert memory.total > 0

    def test_a_preloaded_model_is_listed_as_ours_until_it_is_unloaded(self, rig: Rig) -> None:
        """Servers that hold one model for good list nothing, and unload nothing."""
        rig.captioner.preload()

        listed = rig.captioner.loaded()

        assert listed is not None
        assert [model.is_ours for model in listed] in ([True], [])
        rig.captioner.unload()
        rig.captioner.unload()
        assert not rig.captioner.loaded()
        assert rig.captioner.ask(question()).content

    def test_an_answer_is_finished_and_counted(self, rig: Rig) -> None:
        reply = rig.captioner.ask(question())

        assert (reply.content or reply.thinking).strip().startswith("{")
        assert reply.answer_tokens > 0
        assert reply.tokens_per_second > 0

    def test_one_question_after_the_other_is_answered(self, rig: Rig) -> None:
        for colour in ((200, 40, 40), (40, 40, 200)):
            assert rig.captioner.ask(question(jpeg(colour))).content

    @pytest.mark.parametrize("failure", list(Failure))
    def test_a_failure_has_its_name_and_the_next_question_is_answered(
        self, rig: Rig, failure: Failure
    ) -> None:
        self.need_levers(rig)
        rig.fail_next(failure)

        with pytest.raises(EXPECTED[failure]):
            rig.captioner.ask(question())

        assert rig.captioner.ask(question()).content

    @pytest.mark.parametrize("call", ["probe", "check", "preload", "memory", "unload", "ask"])
    def test_a_lost_server_is_unavailable_until_it_is_back(self, rig: Rig, call: str) -> None:
        self.need_levers(rig)
        if call in {"preload", "memory", "unload"} and not rig.loads_models:
            pytest.skip("nothing is asked of the server")
        method = getattr(rig.captioner, call)
        arguments = [question()] if call == "ask" else []
        rig.lose_server()

        with pytest.raises(Unavailable) as caught:
            method(*arguments)

        assert not caught.value.alive
        rig.bring_server_back()
        method(*arguments)

    def test_a_closed_captioner_asks_nobody(self, rig: Rig) -> None:
        rig.captioner.close()
        rig.captioner.close()

        with pytest.raises(Unavailable):
            rig.captioner.ask(question())

    def test_the_name_shows_no_password(self, rig: Rig) -> None:
        assert "@" not in rig.captioner.name
        assert rig.captioner.name.startswith("http")
