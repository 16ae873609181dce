"""The vocabulary over the control API.

GET  /vocabulary                  all words, the most used first
POST /vocabulary {"verb": "merge", "words": […], "target": …, "text": …, "dry_run": false}
POST /vocabulary/undo {"dry_run": false}
GET  /vocabulary/suggestions      GET /vocabulary/export?form=tree|list|paths
"""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from phototagd.domain.vocabulary import Order
from phototagd.ports import Control
from phototagd.rules.vocabulary.keyword_lists import FORMS
from phototagd.rules.wire.vocabulary import (
    entry_to_json,
    order_from_json,
    suggestion_to_json,
    tended_to_json,
)

Given = Mapping[str, Any]
MakeRoute = Callable[[str, Callable[[Given], Any], Callable[[Any], object]], Route]


def vocabulary_routes(control: Control, *, get: MakeRoute, post: MakeRoute) -> list[Route]:
    """Where the vocabulary is asked for; `get` and `post` make a route from a parser and a call."""

    def tend(asked: tuple[Order, bool]) -> object:
        order, is_dry = asked
        return tended_to_json(control.vocabulary.tend(order, is_dry=is_dry))

    def undo(is_dry: bool) -> object:  # noqa: FBT001 -- called with what was parsed
        tended = control.vocabulary.undo(is_dry=is_dry)
        return None if tended is None else tended_to_json(tended)

    return [
        get(
            "/vocabulary",
            dict,
            lambda _: [entry_to_json(one) for one in control.vocabulary.entries()],
        ),
        post("/vocabulary", _order, tend),
        post("/vocabulary/undo", _dry, undo),
        get(
            "/vocabulary/suggestions",
            dict,
            lambda _: [suggestion_to_json(one) for one in control.vocabulary.suggestions()],
        ),
        get("/vocabulary/export", _form, lambda form: {"text": control.vocabulary.export(form)}),
    ]


def _order(given: Given) -> tuple[Order, bool]:
    return order_from_json(given), _dry(given)


def _dry(given: Given) -> bool:
    return given.get("dry_run") is True


def _form(given: Given) -> str:
    form = str(given.get("form", FORMS[0]))
    if form not in FORMS:
        raise ValueError(f"form must be one of: {', '.join(FORMS)}")
    return form
