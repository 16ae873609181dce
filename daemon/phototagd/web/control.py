"""The control API: what commands ask of the running daemon, over its Unix socket.

The socket belongs to the daemon's user alone, so there is no further login. Bodies and
answers are JSON (spelt as in `rules.wire`); a refusal is `{"error": {kind, message, remedy}}`.
The daemon is called from threads of the server, several at once.

    GET  /status                  GET  /jobs?state=dead&limit=100     GET /check
    POST /retry {"ids": [1]|null} POST /rescan {"full": true}
    POST /confirm {"path": …} or {}
    POST /pause                   POST /resume
    POST /tag    {"files": [{"path": …}]}    take in and say how far each is; does not wait
    POST /tagged {"files": [{"path": …}]}    how far they are now
    POST /show   {"path": …}
    POST /backup {"path": …} or {}           GET /verify
    POST /retag  {"where": …, "dry_run": false}
    POST /undo   {"files": […], "since": …, "model": …, "recipe": …, "library": {"path": …},
                  "dry_run": false}          GET /outstanding
    POST /edit   {"files": […], "add": […], "remove": […], "caption": …, "is_private": …,
                  "dry_run": false}
    POST /ask {"path": …, "question": …}     POST /asked {"id": …}
    POST /history {"path": …}                POST /diff {"path": …}
    POST /similar {"path": …, "limit": 20}   POST /not-this {"path": …, "query": …, "is_meant": …}
    POST /search {"query": …, "limit": 20, "order": "relevance"|"date"}
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.errors import PhototagdError
from phototagd.domain.job import JobId, JobState
from phototagd.domain.search import HitOrder
from phototagd.ports import Control, Health
from phototagd.rules.answers.inquiring import cleaned_question
from phototagd.rules.search.choosing import chosen
from phototagd.rules.wire.amending import edit_from_json, undo_from_json
from phototagd.rules.wire.inquiring import inquiry_to_json
from phototagd.rules.wire.reports import finding_to_json, job_to_json, status_to_json, tag_to_json
from phototagd.rules.wire.search import found_to_json
from phototagd.rules.wire.showing import path_fields, path_from
from phototagd.rules.wire.trouble import error_to_json, http_status
from phototagd.web.health import health_routes
from phototagd.web.overview import overview_routes
from phototagd.web.vocabulary import vocabulary_routes

T = TypeVar("T")
Given = Mapping[str, Any]
_MOST_JOBS = 1_000_000
_MOST_HITS = 1_000_000
_USUAL_HITS = 20


def control_app(*, control: Control, health: Health) -> Starlette:
    """The control API; health and metrics are answered here too, if TCP is switched off."""
    return Starlette(
        routes=[
            _get("/status", _nothing, lambda _: status_to_json(control.status())),
            _get("/jobs", _wanted, lambda wanted: [job_to_json(j) for j in control.jobs(*wanted)]),
            _get("/check", _nothing, lambda _: [finding_to_json(f) for f in control.check()]),
            _post("/retry", _ids, lambda ids: {"queued": control.retry(ids)}),
            _post("/pause", _nothing, lambda _: control.pause()),
            _post("/resume", _nothing, lambda _: control.resume()),
            _post("/rescan", _full, lambda full: control.rescan(full=full)),
            _post("/confirm", _target, lambda root: {"gone": control.confirm(root)}),
            _post("/tag", _files, lambda files: [tag_to_json(r) for r in control.tag(files)]),
            _post("/tagged", _files, lambda files: [tag_to_json(r) for r in control.tagged(files)]),
            _post("/show", path_from, control.show),
            _post("/retag", _where, lambda told: control.retag(told[0], dry_run=told[1])),
            _post("/undo", _undo, lambda told: control.undo(told[0], dry_run=told[1])),
            _post("/edit", _edit, lambda told: control.edit(told[0], told[1], dry_run=told[2])),
            _post("/history", path_from, control.history),
            _post("/diff", path_from, control.diff),
            _post("/ask", _question, lambda told: inquiry_to_json(control.ask(*told))),
            _post("/asked", _inquiry, lambda name: inquiry_to_json(control.asked(name))),
            _get("/outstanding", _nothing, lambda _: {"outstanding": control.outstanding()}),
            _post("/search", _query, lambda q: found_to_json(control.search(q[0], **q[1]))),
            _post("/similar", _likeness, lambda one: _similar(control, *one)),
            _post("/not-this", _verdict, lambda one: _not_this(control, *one)),
            _post("/backup", _target, lambda file: path_fields(control.back_up(file))),
            _get("/verify", _nothing, lambda _: [finding_to_json(f) for f in control.verify()]),
            *vocabulary_routes(control, get=_get, post=_post),
            *overview_routes(control, get=_get, post=_post),
            *health_routes(health),
        ],
        exception_handlers={PhototagdError: _refused},
    )


def _similar(control: Control, file: bytes, limit: int) -> object:
    found = control.similar(file, limit=limit)
    return None if found is None else found_to_json(found)


def _not_this(control: Control, file: bytes, text: str, is_meant: bool) -> object:  # noqa: FBT001
    return {"is_noted": control.not_this(file, text, is_meant=is_meant)}


def _get(path: str, parse: Callable[[Given], T], run: Callable[[T], object]) -> Route:
    async def endpoint(request: Request) -> Response:
        return await _answer(request.query_params, parse, run)

    return Route(path, endpoint)


def _post(path: str, parse: Callable[[Given], T], run: Callable[[T], object]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            return _bad_request("the body is not JSON")
        if not isinstance(body, dict):
            return _bad_request("the body is not an object")
        return await _answer(body, parse, run)

    return Route(path, endpoint, methods=["POST"])


async def _answer(
    given: Given, parse: Callable[[Given], T], run: Callable[[T], object]
) -> Response:
    try:
        parsed = parse(given)
    except ValueError as error:
        return _bad_request(str(error))
    return _json(await run_in_threadpool(run, parsed))


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, PhototagdError)
    return _json({"error": error_to_json(error)}, http_status(error))


def _bad_request(message: str) -> Response:
    return _json({"error": {"kind": "BadRequest", "message": message, "remedy": ""}}, 400)


def _json(content: object, status: int = 200) -> Response:
    # `show` may hold names that are no UTF-8 and times; escapes keep the answer ASCII.
    text = json.dumps(content, default=str)
    return Response(text, status, media_type="application/json")


def _nothing(_given: Given) -> None:
    return None


def _wanted(given: Given) -> tuple[JobState | None, int]:
    state = given.get("state")
    return JobState(state) if state else None, int(given.get("limit", _MOST_JOBS))


def _ids(given: Given) -> list[JobId] | None:
    ids = given.get("ids")
    if ids is None:
        return None
    if not isinstance(ids, list) or not all(type(one) is int for one in ids):
        raise ValueError("ids must be a list of numbers, or null for all")
    return [JobId(one) for one in ids]


def _full(given: Given) -> bool:
    return given.get("full") is True


def _query(given: Given) -> tuple[str, dict[str, Any]]:
    order = HitOrder(given.get("order", HitOrder.RELEVANCE))
    return _text(given), {"limit": _limit(given), "order": order}


def _text(given: Given) -> str:
    text = given.get("query")
    if not isinstance(text, str):
        raise ValueError("query must be a text")  # noqa: TRY004 -- one error for every bad body
    return text


def _limit(given: Given) -> int:
    limit = given.get("limit", _USUAL_HITS)
    if type(limit) is not int or not 1 <= limit <= _MOST_HITS:
        raise ValueError(f"limit must be a number from 1 to {_MOST_HITS}")
    return limit


def _likeness(given: Given) -> tuple[bytes, int]:
    return path_from(given), _limit(given)


def _verdict(given: Given) -> tuple[bytes, str, bool]:
    return path_from(given), _text(given), given.get("is_meant") is True


def _where(given: Given) -> tuple[str, bool]:
    text = given.get("where")
    if not isinstance(text, str):
        raise ValueError("where must be a text")  # noqa: TRY004 -- one error for every bad body
    chosen(text, datetime.now(UTC).astimezone().date())
    return text, given.get("dry_run") is True


def _undo(given: Given) -> tuple[UndoOrder, bool]:
    return undo_from_json(given), given.get("dry_run") is True


def _edit(given: Given) -> tuple[Sequence[bytes], PersonsEdit, bool]:
    return _files(given), edit_from_json(given), given.get("dry_run") is True


def _question(given: Given) -> tuple[bytes, str]:
    text = given.get("question")
    if not isinstance(text, str):
        raise ValueError("question must be a text")  # noqa: TRY004 -- one error for every bad body
    return path_from(given), cleaned_question(text)


def _inquiry(given: Given) -> str:
    return str(given.get("id", ""))


def _target(given: Given) -> bytes | None:
    return path_from(given) if "path" in given else None


def _files(given: Given) -> list[bytes]:
    files = given.get("files")
    if not isinstance(files, list) or not all(isinstance(one, dict) for one in files):
        raise ValueError('files must be a list of {"path": …}')
    return [path_from(one) for one in files]
