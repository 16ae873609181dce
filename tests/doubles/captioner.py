"""A captioner without a server: scripted replies, and a memory of what it was asked."""

import json
from collections import deque
from collections.abc import Callable

from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.errors import Unavailable
from phototagd.domain.tagging import Question, Reply

PLAUSIBLE = {
    "caption": "A quiet lake between green hills.",
    "category": "nature",
    "keywords": ["lake", "hill", "forest"],
    "mood": ["calm"],
    "objects": ["lake", "tree"],
    "people": 0,
    "sensitive": "none",
    "text": [],
}

Scripted = Reply | Exception | Callable[[Question], Reply]


class FakeCaptioner:
    """Answers what the script says, then always `default`; `lost` fails every method.

    A scripted callable is called with the question (a test can block or advance time there).
    """

    def __init__(
        self,
        *,
        name: str = "http://fake:11434",
        facts: EngineFacts | None = None,
        default: Scripted | None = None,
    ) -> None:
        self._name = name
        self.facts = facts or EngineFacts(
            version="0.32.15",
            model="qwen3-vl:4b-instruct",
            digest="sha256:" + "4b" * 32,
            capabilities=frozenset({"completion", "vision"}),
            family="qwen3vl",
        )
        self.default: Scripted = default or reply_with(PLAUSIBLE)
        self.script: deque[Scripted] = deque()
        self.questions: list[Question] = []
        self.calls: list[str] = []
        self.lost: Unavailable | None = None
        self.refused: Unavailable | None = None  # check and preload fail, the server lives
        self.is_loaded = False
        self.occupied = EngineMemory(total=4_000_000_000, gpu=4_000_000_000)
        self.others: list[LoadedModel] = []
        self.is_loading_another = False
        self.is_closed = False

    @property
    def name(self) -> str:
        return self._name

    def probe(self) -> str:
        self._enter("probe")
        return self.facts.version

    def check(self) -> EngineFacts:
        self._enter("check")
        self._refuse()
        return self.facts

    def preload(self) -> None:
        self._enter("preload")
        self._refuse()
        self.is_loaded = True

    def ask(self, question: Question) -> Reply:
        self._enter("ask")
        self.questions.append(question)
        self.is_loaded = True
        scripted = self.script.popleft() if self.script else self.default
        if isinstance(scripted, Exception):
            raise scripted
        return scripted(question) if callable(scripted) else scripted

    def memory(self) -> EngineMemory | None:
        self._enter("memory")
        return self.occupied if self.is_loaded else None

    def loaded(self) -> list[LoadedModel] | None:
        self._enter("loaded")
        if self.is_loading_another:
            return None
        ours = LoadedModel(self.facts.model, is_ours=True, memory=self.occupied)
        return [*([ours] if self.is_loaded else []), *self.others]

    def unload(self) -> None:
        self._enter("unload")
        self.is_loaded = False

    def close(self) -> None:
        self.is_closed = True

    def _enter(self, call: str) -> None:
        self.calls.append(call)
        if self.is_closed:
            raise Unavailable("the captioner is closed")
        if self.lost is not None:
            raise self.lost

    def _refuse(self) -> None:
        if self.refused is not None:
            raise self.refused


def reply_with(answer: object) -> Reply:
    """A finished reply that holds this answer as JSON."""
    return Reply(
        content=json.dumps(answer, ensure_ascii=False),
        prompt_tokens=1300,
        answer_tokens=90,
        answer_seconds=1.5,
        total_seconds=2.0,
    )
