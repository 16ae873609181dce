"""The way in and out, private photos in sight or not, and the language.

GET  /login?next=…     POST /login {password, next}
POST /logout {everywhere}
POST /private {wanted, next}
POST /language {language, next}
"""

import math
from functools import partial
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.rules.service.door import is_path_here
from phototagd.web.gallery.doorman import SESSION, TooSoon
from phototagd.web.gallery.guards import COOKIE
from phototagd.web.gallery.needs import Needs, viewer_of
from phototagd.web.gallery.rendering import LANGUAGE_COOKIE
from phototagd.web.gallery.wording import LANGUAGES

_MOST_BYTES = 8192
_YEAR_SECONDS = 31536000


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/login", partial(_show, needs)),
        Route("/login", partial(_log_in, needs), methods=["POST"]),
        Route("/logout", partial(_log_out, needs), methods=["POST"]),
        Route("/private", partial(_private, needs), methods=["POST"]),
        Route("/language", _language, methods=["POST"]),
    ]


async def _show(needs: Needs, request: Request) -> Response:
    target = _here(request.query_params.get("next", ""))
    if viewer_of(request).is_welcome:
        return RedirectResponse(target, 303)
    return needs.renderer.page(request, "login.html", target=target, trouble="")


async def _log_in(needs: Needs, request: Request) -> Response:
    form = await small_form(request)
    target = _here(form.get("next", ""))
    address = request.client.host if request.client else ""
    result = await run_in_threadpool(needs.doorman.log_in, form.get("password", ""), address)
    t = needs.renderer.wording(request)
    if isinstance(result, TooSoon):
        trouble = t.many("login.too_soon", math.ceil(result.seconds))
        answer: Response = needs.renderer.page(
            request, "login.html", status=429, target=target, trouble=trouble
        )
        answer.headers["retry-after"] = str(math.ceil(result.seconds))
        return answer
    if result is None:
        return needs.renderer.page(
            request, "login.html", status=403, target=target, trouble=t("login.wrong")
        )
    answer = RedirectResponse(target, 303)
    _set_cookie(request, answer, COOKIE, result, int(SESSION.total_seconds()))
    return answer


async def _log_out(needs: Needs, request: Request) -> Response:
    everywhere = (await small_form(request)).get("everywhere") == "yes"
    log_out = partial(needs.doorman.log_out, viewer_of(request), everywhere=everywhere)
    await run_in_threadpool(log_out)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


async def _private(needs: Needs, request: Request) -> Response:
    form = await small_form(request)
    viewer = viewer_of(request)
    if not viewer.is_owner:
        return PlainTextResponse("only who gave the password sees private photos\n", 403)
    needs.doorman.show_private(viewer, wanted=form.get("wanted") == "yes")
    return RedirectResponse(_here(form.get("next", "")), 303)


async def _language(request: Request) -> Response:
    form = await small_form(request)
    answer = RedirectResponse(_here(form.get("next", "")), 303)
    if form.get("language") in LANGUAGES:
        _set_cookie(request, answer, LANGUAGE_COOKIE, form["language"], _YEAR_SECONDS)
    return answer


async def small_form(request: Request) -> dict[str, str]:
    """The fields of a form without files; a body that is too large counts as empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0] for name, values in fields.items()}


def _here(target: str) -> str:
    return target if is_path_here(target) else "/"


def _set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
