"""The vocabulary over the control API.

GET  /vocabulary                  all words, the most used first
POST /vocabulary {"verb": "merge", "words": […], "target": …, "text": …, "dry_run": false}
POST /vocabulary/undo {"dry_run": false}
GET  /vocabulary/suggestions      GET /vocabulary/export?form=tree|list|paths

With `private=yes`, or true in a body, private photos and their words count too.
"""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from phototagd.domain.gallery import Sight
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

    def tend(asked: dict[str, Any]) -> object:
        return tended_to_json(control.vocabulary.tend(**asked))

    def undo(asked: dict[str, Any]) -> object:
        tended = control.vocabulary.undo(**asked)
        return None if tended is None else tended_to_json(tended)

    return [
        get(
            "/vocabulary",
            _sight,
            lambda sight: [entry_to_json(one) for one in control.vocabulary.entries(sight)],
        ),
        post("/vocabulary", _order, tend),
        post("/vocabulary/undo", _trial, undo),
        get(
            "/vocabulary/suggestions",
            _sight,
            lambda sight: [
                suggestion_to_json(one) for one in control.vocabulary.suggestions(sight)
            ],
        ),
        get(
            "/vocabulary/export",
            _form,
            lambda asked: {"text": control.vocabulary.export(*asked)},
        ),
    ]


def _order(given: Given) -> dict[str, Any]:
    return {"order": order_from_json(given), **_trial(given)}


def _trial(given: Given) -> dict[str, Any]:
    return {"is_dry": given.get("dry_run") is True, "sight": _sight(given)}


def _sight(given: Given) -> Sight:
    return Sight(sees_private=given.get("private") in (True, "yes"))


def _form(given: Given) -> tuple[str, Sight]:
    form = str(given.get("form", FORMS[0]))
    if form not in FORMS:
        raise ValueError(f"form must be one of: {', '.join(FORMS)}")
    return form, _sight(given)
