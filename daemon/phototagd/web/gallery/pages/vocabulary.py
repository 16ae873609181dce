"""The words that keywords are made of: looked through, merged, renamed, moved, blocked.

GET  /vocabulary?state=…&find=…&page=…
GET  /vocabulary/alike            words that look like one, side by side
GET  /vocabulary/undo             what taking back the last change would do
POST /vocabulary/preview          {verb, words…, target, text, next}: what it would do
POST /vocabulary/orders           the same fields: do it
POST /vocabulary/undo             {next}
GET  /vocabulary/file?form=…      the vocabulary as a keyword list
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.errors import ConfigError
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Order, Tended, Verb
from phototagd.rules.service.door import is_path_here
from phototagd.rules.vocabulary.keyword_lists import FORMS
from phototagd.rules.vocabulary.retelling import refusal_of, retold
from phototagd.web.gallery.forms import Form, form_of
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.paging import number_in, pages_around
from phototagd.web.gallery.word_list import STATES, counts, fitting, side_by_side

AT_ONCE = 100
OFFERED = 300
HERE = "/vocabulary"
MOST_BYTES = 4_000_000
"""Of a list to be imported, as a form sends it."""

_MOST_LETTERS = 200


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route(HERE, partial(_list, needs)),
        Route(f"{HERE}/alike", partial(_alike, needs)),
        Route(f"{HERE}/file", partial(_file, needs)),
        Route(f"{HERE}/preview", partial(_preview, needs), methods=["POST"]),
        Route(f"{HERE}/orders", partial(_carry_out, needs), methods=["POST"]),
        Route(f"{HERE}/undo", partial(_preview_undo, needs)),
        Route(f"{HERE}/undo", partial(_undo, needs), methods=["POST"]),
    ]


async def _list(needs: Needs, request: Request) -> Response:
    state = request.query_params.get("state", "")
    find = request.query_params.get("find", "").strip()[:_MOST_LETTERS]
    entries = await run_in_threadpool(needs.control.vocabulary.entries, sight_of(request))
    shown = fitting(entries, state if state in STATES else "", find)
    paging = pages_around(number_in(request, "page"), len(shown), AT_ONCE)
    return needs.renderer.page(
        request,
        "vocabulary.html",
        entries=shown[paging.start : paging.start + AT_ONCE],
        count=len(shown),
        counts=counts(entries),
        offered=[entry.path for entry in entries if entry.path][:OFFERED],
        state=state,
        find=find,
        paging=paging,
        is_done="done" in request.query_params,
    )


async def _alike(needs: Needs, request: Request) -> Response:
    entries = await run_in_threadpool(needs.control.vocabulary.entries, sight_of(request))
    found = await run_in_threadpool(needs.control.vocabulary.suggestions, sight_of(request))
    return needs.renderer.page(
        request,
        "vocabulary_alike.html",
        groups=[side_by_side(one, entries) for one in found[:AT_ONCE]],
        count=len(found),
        is_done="done" in request.query_params,
    )


async def _file(needs: Needs, request: Request) -> Response:
    form = request.query_params.get("form", FORMS[0])
    if form not in FORMS:
        return needs.renderer.page(request, "missing.html", status=404)
    text = await run_in_threadpool(needs.control.vocabulary.export, form, sight_of(request))
    headers = {"content-disposition": 'attachment; filename="vocabulary.txt"'}
    return PlainTextResponse(text, headers=headers)


async def _preview(needs: Needs, request: Request) -> Response:
    form = await form_of(request, most_bytes=MOST_BYTES)
    try:
        order = _order_in(form)
        plan = await run_in_threadpool(_tend, needs, order, sight_of(request), is_dry=True)
    except ConfigError as error:
        return _refusal(needs, request, error, form)
    return _previewed(needs, request, plan, order, _next(form))


async def _carry_out(needs: Needs, request: Request) -> Response:
    form = await form_of(request, most_bytes=MOST_BYTES)
    try:
        await run_in_threadpool(_tend, needs, _order_in(form), sight_of(request), is_dry=False)
    except ConfigError as error:
        return _refusal(needs, request, error, form)
    return _back(form)


async def _preview_undo(needs: Needs, request: Request) -> Response:
    undo = partial(needs.control.vocabulary.undo, is_dry=True, sight=sight_of(request))
    plan = await run_in_threadpool(undo)
    return _previewed(needs, request, plan, None, HERE)


async def _undo(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    undo = partial(needs.control.vocabulary.undo, is_dry=False, sight=sight_of(request))
    await run_in_threadpool(undo)
    return RedirectResponse(_next(form), 303)


def _tend(needs: Needs, order: Order, sight: Sight, *, is_dry: bool) -> Tended:
    return needs.control.vocabulary.tend(order, is_dry=is_dry, sight=sight)


def _previewed(
    needs: Needs, request: Request, plan: Tended | None, order: Order | None, target: str
) -> Response:
    """What a change would do; `order` is None for taking one back, `plan` when there is none."""
    return needs.renderer.page(
        request,
        "vocabulary_preview.html",
        plan=plan,
        order=order,
        past=retold(plan.description) if plan is not None else None,
        next=target,
    )


def _refusal(needs: Needs, request: Request, error: ConfigError, form: Form) -> Response:
    return needs.renderer.page(
        request,
        "vocabulary_refused.html",
        status=409,
        reason=str(error),
        kind=refusal_of(str(error)),
        next=_next(form),
    )


def _order_in(form: Form) -> Order:
    """The order of a form; raises ConfigError for one that is none."""
    verb = form.one("verb")
    if verb not in set(Verb):
        raise ConfigError("choose what to do")
    return Order(
        verb=Verb(verb),
        words=tuple(form.every("words")),
        target=form.one("target"),
        text=form.fields.get("text", [""])[0],  # with the tabs it begins with
    )


def _back(form: Form) -> Response:
    target = _next(form)
    joined = "&" if "?" in target else "?"
    return RedirectResponse(target if "done" in target else f"{target}{joined}done=1", 303)


def _next(form: Form) -> str:
    target = form.one("next")
    return target if is_path_here(target) and target.startswith(HERE) else HERE
