"""Correcting words: of one photo, of many, and taking the last correction back.

POST /photos/{id}/edit       {add, remove…, caption, private}
POST /photos/{id}/again      ask the model again about a photo that could not be tagged
POST /photos/edit            {ids…, add, remove, private, next}
POST /edits/{name}/undo      {next}
GET  /keywords.json?q=…      keywords that begin so, the most used first
"""

import re
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.amending import PersonsEdit
from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Entry
from phototagd.rules.service.door import is_path_here
from phototagd.web.gallery.forms import Form, form_of
from phototagd.web.gallery.needs import Needs, sight_of

MOST_AT_ONCE = 500
OFFERED = 12
_SEPARATORS = re.compile(r"[,;，；、\n]")  # noqa: RUF001 -- Chinese has its own commas
_MOST_LETTERS = 5_000
_LONGEST_NUMBER = 18
_WRITTEN = ("kept", "waiting")
_VERDICTS = {"yes": True, "no": False}


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/photos/edit", partial(_edit_many, needs), methods=["POST"]),
        Route("/photos/{asset:int}/edit", partial(_edit_one, needs), methods=["POST"]),
        Route("/photos/{asset:int}/again", partial(_ask_again, needs), methods=["POST"]),
        Route("/edits/{name}/undo", partial(_take_back, needs), methods=["POST"]),
        Route("/keywords.json", partial(_keywords, needs)),
    ]


def words_in(text: str) -> tuple[str, ...]:
    """The keywords of one line, as people separate them."""
    return tuple(word for part in _SEPARATORS.split(text) if (word := part.strip()))


async def _edit_one(needs: Needs, request: Request) -> Response:
    asset, sight = AssetId(request.path_params["asset"]), sight_of(request)
    form = await form_of(request)
    photos = await run_in_threadpool(_photos, needs, [asset], sight)
    if not photos:
        return needs.renderer.page(request, "missing.html", status=404)
    edit = _edit_in(form, removed=tuple(form.every("remove")))
    name = await run_in_threadpool(needs.lately.edit, photos, edit)
    is_out_of_sight = edit.is_private is True and not sight.sees_private
    return _back("/" if is_out_of_sight else f"/photos/{asset}", name)


async def _ask_again(needs: Needs, request: Request) -> Response:
    asset, sight = AssetId(request.path_params["asset"]), sight_of(request)
    photos = await run_in_threadpool(_photos, needs, [asset], sight)
    if not photos:
        return needs.renderer.page(request, "missing.html", status=404)
    await run_in_threadpool(needs.control.tag, list(photos))
    return _back(f"/photos/{asset}", "")


async def _edit_many(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    numbers = [text for text in form.every("ids") if _is_number(text)]
    assets = list(dict.fromkeys(AssetId(int(text)) for text in numbers))[:MOST_AT_ONCE]
    photos = await run_in_threadpool(_photos, needs, assets, sight_of(request))
    edit = _edit_in(form, removed=words_in(form.one("remove")))
    name = await run_in_threadpool(needs.lately.edit, photos, edit)
    return _back(_target(form), name)


async def _take_back(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    await run_in_threadpool(needs.lately.take_back, request.path_params["name"])
    return _back(_target(form), "")


async def _keywords(needs: Needs, request: Request) -> Response:
    start = request.query_params.get("q", "").strip().casefold()
    entries = (
        await run_in_threadpool(needs.control.vocabulary.entries, sight_of(request))
        if start
        else []
    )
    fitting = (entry.path or entry.word for entry in entries if _is_offered(entry, start))
    return JSONResponse(list(islice(dict.fromkeys(fitting), OFFERED)))


def _is_offered(entry: Entry, start: str) -> bool:
    """Whether a word of the vocabulary begins so, under any of its names."""
    names = (entry.word, *entry.path.split("|"), *entry.synonyms, *entry.translations)
    begins = any(name.casefold().startswith(start) for name in names)
    return begins and entry.state in _WRITTEN


def _photos(needs: Needs, assets: list[AssetId], sight: Sight) -> dict[bytes, bool]:
    """A path of each photo that may be seen, and whether it is private."""
    sheets = [needs.gallery.photo(asset, sight) for asset in assets]
    return {sheet.facts.path: sheet.facts.is_private for sheet in sheets if sheet is not None}


def _edit_in(form: Form, *, removed: tuple[str, ...]) -> PersonsEdit:
    return PersonsEdit(
        add=words_in(form.one("add")[:_MOST_LETTERS]) + tuple(form.every("accept")),
        remove=removed,
        caption=form.one("caption")[:_MOST_LETTERS] if form.has("caption") else None,
        is_private=_VERDICTS.get(form.one("private")),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _target(form: Form) -> str:
    target = form.one("next")
    return target if is_path_here(target) else "/"


def _back(path: str, name: str) -> Response:
    """Where the person came from, with the name of the edit that can be taken back."""
    path = re.sub(r"([?&])edited=[\w-]*&?", r"\1", path).rstrip("?&")
    if name:
        path += ("&" if "?" in path else "?") + urlencode({"edited": name})
    return RedirectResponse(path, 303)
