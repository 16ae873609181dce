"""From a request to a call and back: what stands in it is checked, what comes is JSON."""

import hashlib
import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from phototagd.web.gallery.api.operation import BYTES, JSON, Asked, Operation
from phototagd.web.gallery.guards import who_shows
from phototagd.web.gallery.needs import Needs, viewer_of
from phototagd.web.gallery.problems import Refused

MOST_BODY_BYTES = 1_000_000
_ETAG_BYTES = 12


def endpoint(needs: Needs, operations: Mapping[str, Operation]) -> Callable[..., Any]:
    """What answers one path, by method."""

    async def answer(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await _answer(needs, operations[method], request)

    return answer


async def _answer(needs: Needs, operation: Operation, request: Request) -> Response:
    who = who_shows(request, needs.doorman)
    asked = Asked(needs, viewer_of(request), who, request.headers.get("accept", ""))
    call: dict[str, Any] = {"asked": asked}
    if operation.params.model_fields or request.query_params:
        params = _parsed(partial(operation.params.model_validate, _address(request)))
        if operation.params.model_fields:
            call["params"] = params
    if operation.body is not None:
        call["body"] = await _body(operation.body, request)
    if operation.takes_content:
        _refuse_other_media(request, BYTES)
        call["content"] = request.stream()
    if inspect.iscoroutinefunction(operation.run):
        result = await operation.run(**call)
    else:
        result = await run_in_threadpool(partial(operation.run, **call))
    if isinstance(result, Response):
        tag = result.headers.get("etag")
        return unless_known(request, tag, result) if tag else result
    assert isinstance(result, BaseModel)
    return _json(request, operation.status, result)


def _address(request: Request) -> dict[str, str]:
    """The parameters of path and query, each once."""
    pairs = request.query_params.multi_items()
    query = dict(pairs)
    if len(query) != len(pairs):
        raise Refused(400, "a parameter stands in the address more than once", "send each once")
    return {**query, **request.path_params}


async def _body(model: type[BaseModel], request: Request) -> BaseModel:
    _refuse_other_media(request, JSON)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BODY_BYTES:
            raise Refused(413, f"the body has more than {MOST_BODY_BYTES} bytes", "send less")
    return _parsed(partial(model.model_validate_json, body))


def _refuse_other_media(request: Request, expected: str) -> None:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != expected:
        raise Refused(415, f"the body is {media or 'of no type'}", f"send it as {expected}")


def _parsed(parse: Callable[[], BaseModel]) -> BaseModel:
    try:
        return parse()
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'the body'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise Refused(400, "; ".join(faults), "see /api/v1/openapi.json") from error


def _json(request: Request, status: int, result: BaseModel) -> Response:
    content = result.model_dump_json().encode()
    if request.method not in ("GET", "HEAD"):
        return Response(content, status, media_type=JSON)
    tag = f'"{hashlib.blake2s(content, digest_size=_ETAG_BYTES).hexdigest()}"'
    return unless_known(request, tag, Response(content, status, media_type=JSON))


def unless_known(request: Request, tag: str, answer: Response) -> Response:
    """The answer with its tag; a short 304 instead when the other side has it already."""
    known = {
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    }
    if tag in known:
        return Response(status_code=304, headers={"etag": tag})
    answer.headers["etag"] = tag
    return answer
