"""The OpenAPI document, made from the operations themselves."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from phototagd import __version__
from phototagd.web.gallery.api.operation import BYTES, JSON, Operation
from phototagd.web.gallery.guards import COOKIE
from phototagd.web.gallery.problems import PROBLEM_JSON, Problem

ROOT = "/api/v1"
_REF = "#/components/schemas/{model}"
_MODES = Literal["validation", "serialization"]
Json = dict[str, Any]

_INTRODUCTION = (
    "All that the gallery does. Programs show a token (`phototagd web token NAME`) as "
    "`Authorization: Bearer …`; pages have their session. Refusals are RFC 9457 problems that "
    "say what to do. Long lists come in portions: pass `next` on as `cursor`."
)


def openapi(operations: Sequence[Operation]) -> Json:
    """The document, OpenAPI 3.1."""
    refs, schemas = _schemas(operations)
    paths: Json = {}
    for operation in operations:
        properties = schemas[_name(refs, operation.params)]
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(
            operation, properties, refs
        )
    for params in {operation.params for operation in operations}:
        schemas.pop(_name(refs, params), None)
    return {
        "openapi": "3.1.0",
        "info": {"title": "phototagd", "version": __version__, "description": _INTRODUCTION},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
        },
    }


def _schemas(operations: Iterable[Operation]) -> tuple[dict[Any, Json], Json]:
    models: set[tuple[type[BaseModel], _MODES]] = {(Problem, "serialization")}
    for operation in operations:
        models.add((operation.params, "validation"))
        if operation.body:
            models.add((operation.body, "validation"))
        if isinstance(operation.answer, type) and issubclass(operation.answer, BaseModel):
            models.add((operation.answer, "serialization"))
    ordered = sorted(models, key=lambda one: (one[0].__name__, one[1]))
    refs, document = models_json_schema(ordered, ref_template=_REF)
    return refs, document["$defs"]


def _name(refs: dict[Any, Json], params: type[BaseModel]) -> str:
    ref: str = refs[params, "validation"]["$ref"]
    return ref.rpartition("/")[2]


def _described(operation: Operation, params: Json, refs: dict[Any, Json]) -> Json:
    summary, description = operation.docs
    found: Json = {"operationId": operation.name, "summary": summary}
    if description:
        found["description"] = description
    if params.get("properties"):
        found["parameters"] = [
            _parameter(operation, name, dict(schema), name in params.get("required", ()))
            for name, schema in params["properties"].items()
        ]
    if operation.body:
        schema = refs[operation.body, "validation"]
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    if operation.takes_content:
        # JSON Schema knows no bytes: an empty schema lets anything pass, as the route does.
        found["requestBody"] = {"required": True, "content": {BYTES: {"schema": {}}}}
    found["responses"] = _responses(operation, refs)
    return found


def _parameter(operation: Operation, name: str, schema: Json, is_required: bool) -> Json:  # noqa: FBT001 -- one of a row of facts
    is_in_path = name in re.findall(r"{(\w+)}", operation.path)
    described: Json = {
        "name": name,
        "in": "path" if is_in_path else "query",
        "required": is_in_path or is_required,
    }
    schema.pop("title", None)
    if "description" in schema:
        described["description"] = schema.pop("description")
    return {**described, "schema": schema}


def _responses(operation: Operation, refs: dict[Any, Json]) -> Json:
    is_json = operation.gives == JSON
    schema = refs[operation.answer, "serialization"] if is_json else {}
    good: Json = {"description": "Done.", "content": {operation.gives: {"schema": schema}}}
    found: Json = {str(operation.status): good}
    if operation.method == "GET":
        found["304"] = {"description": "As you know it."}
    problem = {PROBLEM_JSON: {"schema": refs[Problem, "serialization"]}}
    for status in operation.statuses:
        found[str(status)] = {"description": "Refused.", "content": problem}
    return found
