"""The vocabulary of the running daemon, as commands reach it."""

from collections.abc import Mapping
from typing import Any, Protocol

from phototagd.domain.vocabulary import Entry, Order, Suggestion, Tended
from phototagd.rules.wire.vocabulary import (
    entry_from_json,
    order_to_json,
    suggestion_from_json,
    tended_from_json,
)

_WORK_SECONDS = 900.0  # a large list, or a change that concerns every photo


class Ask(Protocol):
    """One request to the control API; the answer as JSON says it."""

    def __call__(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        seconds: float = ...,
    ) -> Any:
        """Raises as `ControlClient` does."""
        ...


class VocabularyClient:
    """The port `VocabularyControl` over the control API."""

    def __init__(self, *, ask: Ask) -> None:
        self._ask = ask

    def entries(self) -> list[Entry]:
        """All terms, and the words of the model that are none, the most used first."""
        found = self._ask("GET", "/vocabulary", seconds=_WORK_SECONDS)
        return [entry_from_json(entry) for entry in found]

    def tend(self, order: Order, *, is_dry: bool) -> Tended:
        """Carry out an order, or say what it would change."""
        body = order_to_json(order) | {"dry_run": is_dry}
        return tended_from_json(self._ask("POST", "/vocabulary", body, seconds=_WORK_SECONDS))

    def undo(self, *, is_dry: bool) -> Tended | None:
        """Take back the last order, or say what that would change; None without one."""
        body = {"dry_run": is_dry}
        done = self._ask("POST", "/vocabulary/undo", body, seconds=_WORK_SECONDS)
        return None if done is None else tended_from_json(done)

    def suggestions(self) -> list[Suggestion]:
        """Words that look like one, the most used first."""
        found = self._ask("GET", "/vocabulary/suggestions", seconds=_WORK_SECONDS)
        return [suggestion_from_json(suggestion) for suggestion in found]

    def export(self, form: str) -> str:
        """The vocabulary as a file."""
        query = {"form": form}
        return str(self._ask("GET", "/vocabulary/export", query=query)["text"])
