"""Refusals of the API, as RFC 9457 has them: what is wrong, and what to do about it."""

import json
from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from phototagd.domain.errors import NotYet, PhototagdError, ProcessKilled, Unavailable
from phototagd.rules.wire.trouble import http_status

API = "/api/"
PROBLEM_JSON = "application/problem+json"


class Problem(BaseModel):
    """Why something was refused."""

    type: str = Field(default="about:blank", description="Always about:blank: the status says it.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong, for a person.")
    remedy: str = Field(default="", description="What a person can do; empty when waiting helps.")


class Refused(Exception):
    """A request of the API is refused with a status."""

    def __init__(self, status: int, detail: str, remedy: str = "") -> None:
        super().__init__(detail)
        self.problem = problem_of(status, detail, remedy)


def problem_of(status: int, detail: str, remedy: str = "") -> Problem:
    """A problem with the usual title of its status."""
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, remedy=remedy)


def problem_in(error: PhototagdError) -> Problem:
    """An error of the house as a problem."""
    remedy = error.remedy if isinstance(error, Unavailable) else ""
    match error:
        case NotYet():
            status = 503
        case ProcessKilled():
            status = 422
        case _:
            status = http_status(error)
    return problem_of(status, str(error), remedy)


def answer_with(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The answer that tells a problem; nobody may keep it."""
    return Response(
        json.dumps(problem.model_dump()),
        problem.status,
        headers={"cache-control": "no-store", **(headers or {})},
        media_type=PROBLEM_JSON,
    )


def told(scope: Scope, status: int, detail: str, remedy: str = "") -> Response:
    """A refusal before anybody was asked: a line of text for pages, a problem for the API."""
    if is_for_api(scope):
        return answer_with(problem_of(status, detail, remedy), challenge(status))
    return PlainTextResponse(f"{detail}\n", status)


def is_for_api(scope: Scope) -> bool:
    """Whether a request goes to the API."""
    path: str = scope["path"]
    return path.startswith(API)


def challenge(status: int) -> dict[str, str]:
    """The header that says how to identify oneself, where that is what is missing."""
    unauthorized = status == HTTPStatus.UNAUTHORIZED
    return {"www-authenticate": 'Bearer realm="phototagd"'} if unauthorized else {}


def bearer_in(scope: Scope) -> str | None:
    """The token that a request shows; None when it shows none."""
    kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None
