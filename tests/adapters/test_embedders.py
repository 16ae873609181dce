"""Both embedders, against servers that behave like the real ones."""

import math
from collections.abc import Iterator

import pytest

from doubles import FakeClock
from doubles.ollama import Body, Model, OllamaDouble
from doubles.openai_api import OpenAiDouble
from phototagd.adapters.ollama import OllamaEmbedder
from phototagd.adapters.openai_api import OpenAiEmbedder
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.ports.meaning import Embedder

DOG, CAT, CAR = "a dog on the beach", "小狗在海边", "cars in a street"


@pytest.fixture(scope="module")
def ollama() -> Iterator[OllamaDouble]:
    with OllamaDouble(models=["embeddinggemma", "llava"]) as double:
        yield double


@pytest.fixture(scope="module")
def openai() -> Iterator[OpenAiDouble]:
    with OpenAiDouble(key="s3cret") as double:
        yield double


def at_ollama(port: int, model: str = "embeddinggemma", dimensions: int = 0) -> OllamaEmbedder:
    return OllamaEmbedder(
        url=f"http://127.0.0.1:{port}",
        model=model,
        dimensions=dimensions,
        keep_alive="5m",
        timeout_seconds=30,
        allow_cloud=False,
        clock=FakeClock(),
    )


def at_openai(port: int, *, key: str = "s3cret", dimensions: int = 0) -> OpenAiEmbedder:
    return OpenAiEmbedder(
        url=f"http://:{key}@127.0.0.1:{port}/v1",
        model="gemma",
        dimensions=dimensions,
        timeout_seconds=30,
        allow_cloud=False,
        clock=FakeClock(),
    )


@pytest.fixture(params=["ollama", "openai"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    double = request.getfixturevalue(request.param)
    return (at_ollama if request.param == "ollama" else at_openai)(double.port)


def cosine(one: object, other: object) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]


def test_each_text_has_its_vector_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed([DOG, CAR, CAT])

    assert all(math.isclose(math.hypot(*vector), 1, rel_tol=1e-6) for vector in vectors)
    assert cosine(vectors[0], vectors[2]) > 0.2 > cosine(vectors[0], vectors[1])


def test_dimensions_cut_a_vector(ollama: OllamaDouble, openai: OpenAiDouble) -> None:
    for embedder in (
        at_ollama(ollama.port, dimensions=256),
        at_openai(openai.port, dimensions=256),
    ):
        assert len(embedder.embed([DOG])[0]) == 256


def test_a_closed_embedder_is_unavailable(embedder: Embedder) -> None:
    embedder.close()
    with pytest.raises(Unavailable):
        embedder.embed([DOG])


def test_one_text_fails_all_and_whose_fault_it_was_is_known(ollama: OllamaDouble) -> None:
    embedder = at_ollama(ollama.port)
    ollama.embedding.nan = {"street"}
    with pytest.raises(Unreadable):
        embedder.embed([DOG, CAR])
    ollama.embedding.nan, ollama.embedding.crash = set(), {"street"}
    with pytest.raises(ProcessKilled):
        embedder.embed([DOG, CAR])
    ollama.embedding.crash = set()
    assert embedder.embed([DOG, CAR])


def test_what_cannot_work_says_what_to_do(ollama: OllamaDouble, openai: OpenAiDouble) -> None:
    with pytest.raises(Unavailable) as missing:
        at_ollama(ollama.port, "bge-m3").embed([DOG])
    assert missing.value.remedy == "run: ollama pull bge-m3"
    with pytest.raises(Unavailable, match="does not support embeddings") as seeing:
        at_ollama(ollama.port, "llava").embed([DOG])
    assert "embeddinggemma" in seeing.value.remedy
    with pytest.raises(Unavailable):
        at_openai(openai.port, key="wrong").embed([DOG])


def test_words_do_not_leave_the_house(ollama: OllamaDouble) -> None:
    with pytest.raises(Unavailable, match="cloud"):
        at_ollama(ollama.port, "embed:large-cloud").embed([DOG])
    far = OpenAiEmbedder(
        url="https://api.example.org",
        model="x",
        dimensions=0,
        timeout_seconds=1,
        allow_cloud=False,
        clock=FakeClock(),
        resolve=lambda *_: ["93.184.216.34"],
    )
    with pytest.raises(Unavailable, match="leave the house"):
        far.embed([DOG])


def test_another_server_or_another_answer_is_told_apart() -> None:
    with OllamaDouble(models=[Model("embeddinggemma:latest", capabilities=("embedding",))]) as one:
        one.script_path("/api/embed", _said('{"embeddings": [[1.0]]}'), _said("<html>"))
        embedder = at_ollama(one.port)
        with pytest.raises(BadReply):
            embedder.embed([DOG, CAR])
        with pytest.raises(Unavailable, match="not Ollama"):
            embedder.embed([DOG])


def _said(text: str) -> Body:
    return Body(200, text.encode())
