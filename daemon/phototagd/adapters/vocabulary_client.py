"""The vocabulary of the running daemon, as commands reach it."""

from collections.abc import Mapping
from typing import Any, Protocol

from phototagd.domain.gallery import Sight
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

    def entries(self, sight: Sight) -> list[Entry]:
        """All terms, and the words of the model that are none, the most used first."""
        found = self._get("/vocabulary", sight)
        return [entry_from_json(entry) for entry in found]

    def tend(self, order: Order, *, is_dry: bool, sight: Sight) -> Tended:
        """Carry out an order, or say what it would change."""
        body = order_to_json(order) | _trial(is_dry=is_dry, sight=sight)
        return tended_from_json(self._ask("POST", "/vocabulary", body, seconds=_WORK_SECONDS))

    def undo(self, *, is_dry: bool, sight: Sight) -> Tended | None:
        """Take back the last order, or say what that would change; None without one."""
        body = _trial(is_dry=is_dry, sight=sight)
        done = self._ask("POST", "/vocabulary/undo", body, seconds=_WORK_SECONDS)
        return None if done is None else tended_from_json(done)

    def suggestions(self, sight: Sight) -> list[Suggestion]:
        """Words that look like one, the most used first."""
        found = self._get("/vocabulary/suggestions", sight)
        return [suggestion_from_json(suggestion) for suggestion in found]

    def export(self, form: str, sight: Sight) -> str:
        """The vocabulary as a file."""
        return str(self._get("/vocabulary/export", sight, form=form)["text"])

    def _get(self, path: str, sight: Sight, **asked: str) -> Any:
        query = asked | ({"private": "yes"} if sight.sees_private else {})
        return self._ask("GET", path, query=query, seconds=_WORK_SECONDS)


def _trial(*, is_dry: bool, sight: Sight) -> dict[str, Any]:
    return {"dry_run": is_dry, "private": sight.sees_private}
