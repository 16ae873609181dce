"""The model server."""

from collections.abc import Sequence
from typing import Protocol

from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.tagging import Question, Reply


class Captioner(Protocol):
    """One endpoint that answers questions about pictures, one at a time per lane.

    Every method raises Unavailable when the server cannot serve.
    """

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        ...

    def probe(self) -> str:
        """The server's version, quickly; says only that it lives."""
        ...

    def check(self) -> EngineFacts:
        """Version, model, digest, vision; refuses what cannot or must not work."""
        ...

    def preload(self) -> None:
        """Load the model and wait for it, however long that takes."""
        ...

    def ask(self, question: Question) -> Reply:
        """One finished answer within the time limit of the settings.

        Raises BadReply (cut, empty or silently ended answer), ProcessKilled (the server's
        model process died over it), Unreadable (the server cannot decode the picture).
        """
        ...

    def memory(self) -> EngineMemory | None:
        """What the loaded model occupies; None when nothing is loaded."""
        ...

    def loaded(self) -> Sequence[LoadedModel] | None:
        """Every model in the server's memory, other people's too.

        None while the server loads one and does not say. Empty where servers hold one model
        for good.
        """
        ...

    def unload(self) -> None:
        """Have the server free the model's memory, where it can; asking loads it again."""
        ...

    def close(self) -> None:
        """Abandon the request in flight, if any, and close connections."""
        ...
