"""The API as one application below `/api/v1`: resources inside, problems outside."""

from collections import defaultdict
from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from phototagd.domain.errors import PhototagdError
from phototagd.web.gallery.api.answering import endpoint
from phototagd.web.gallery.api.document import ROOT, openapi
from phototagd.web.gallery.api.operation import Operation
from phototagd.web.gallery.api.resources import (
    engine,
    events,
    jobs,
    overview,
    photos,
    questions,
    search,
    searches,
    timeline,
    uploads,
    viewer,
    vocabulary,
    words,
)
from phototagd.web.gallery.needs import Needs
from phototagd.web.gallery.problems import Refused, answer_with, problem_in, problem_of

RESOURCES: tuple[ModuleType, ...] = (
    timeline,
    photos,
    words,
    questions,
    search,
    searches,
    overview,
    jobs,
    engine,
    events,
    vocabulary,
    uploads,
    viewer,
)
"""A new resource is a file with `OPERATIONS` and its name here."""

OPERATIONS: tuple[Operation, ...] = tuple(
    operation for resource in RESOURCES for operation in resource.OPERATIONS
)


def api(needs: Needs) -> Mount:
    """What answers below `/api/v1`."""
    document = openapi(OPERATIONS)
    by_path: dict[str, dict[str, Operation]] = defaultdict(dict)
    for operation in OPERATIONS:
        by_path[operation.path][operation.method] = operation

    def describe(_request: Request) -> Response:
        return JSONResponse(document)

    routes = [Route(path, endpoint(needs, ops), methods=list(ops)) for path, ops in by_path.items()]
    inside = Starlette(
        routes=[Route("/openapi.json", describe), *routes],
        exception_handlers={
            Refused: _refused,
            PhototagdError: _failed,
            HTTPException: _missing,
            Exception: _broken,
        },
    )
    return Mount(ROOT, app=inside)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer_with(error.problem)


async def _failed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, PhototagdError)
    return answer_with(problem_in(error))


async def _missing(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = problem_of(error.status_code, error.detail, f"see {ROOT}/openapi.json")
    return answer_with(problem, dict(error.headers or {}))


async def _broken(_request: Request, _error: Exception) -> Response:
    return answer_with(problem_of(500, "this is a fault of phototagd", "please report it"))
