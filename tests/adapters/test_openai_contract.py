"""The captioner contract over the adapter with the double, and over a real llama-server."""

import os
from collections.abc import Iterator

import pytest

from contracts.captioner import CaptionerContract, jpeg, question
from doubles.openai_api import Flavour, OpenAiDouble
from doubles.openai_rigs import LLAMA, LlamaRig, OpenAiRig
from phototagd.domain.errors import BadReply, Unavailable, Unreadable


@pytest.mark.parametrize("flavour", list(Flavour))
class TestOpenAiCaptioner(CaptionerContract):
    @pytest.fixture
    def rig(self, flavour: Flavour) -> Iterator[OpenAiRig]:
        with OpenAiDouble(flavour=flavour) as double:
            rig = OpenAiRig(double)
            yield rig
            rig.captioner.close()


@pytest.fixture(scope="module")
def llama_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaRig]:
    rig = LlamaRig(tmp_path_factory.mktemp("tiny"))
    yield rig
    rig.close()


@pytest.mark.skipif(
    LLAMA not in os.environ,
    reason=f"set {LLAMA} to http://host:8080, or to the path of llama-server",
)
class TestRealLlamaServer(CaptionerContract):
    @pytest.fixture
    def rig(self, llama_server: LlamaRig) -> LlamaRig:
        llama_server.captioner = llama_server.captioner_for()
        return llama_server

    def test_an_answer_cut_by_its_limit_is_no_answer(self, rig: LlamaRig) -> None:
        captioner = rig.captioner_for(max_tokens=5)

        with pytest.raises(BadReply, match="cut"):
            captioner.ask(question())

    def test_what_is_no_picture_is_unreadable(self, rig: LlamaRig) -> None:
        with pytest.raises(Unreadable, match="image"):
            rig.captioner.ask(question(b"no picture"))

    def test_a_wrong_schema_is_our_bug_and_no_photo_pays(self, rig: LlamaRig) -> None:
        wrong = {"type": "json_schema", "json_schema": {"schema": {"type": "wrong"}}}
        captioner = rig.captioner_for(response_format=wrong)

        with pytest.raises(Unavailable, match="unrecognized type"):
            captioner.ask(question(jpeg()))
