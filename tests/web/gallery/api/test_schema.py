"""Requests made up against the OpenAPI document, good and bad ones: none finds a fault.

A few each time, the same ones; more and others by hand: API_EXAMPLES=500 pytest <this file>.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from doubles.gallery_house import GalleryHouse
from phototagd.web.gallery.api.app import OPERATIONS
from phototagd.web.gallery.api.document import ROOT
from phototagd.web.gallery.api.operation import Operation
from phototagd.web.gallery.api.resources.events import EVENT_STREAM

USUAL_EXAMPLES = 6
EXAMPLES = int(os.environ.get("API_EXAMPLES", USUAL_EXAMPLES))
FINITE = [operation for operation in OPERATIONS if operation.gives != EVENT_STREAM]
"""A stream of events has no end to wait for."""

ADDRESS = "http://127.0.0.1:8420"


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The document as a program reads it, from a house with a password and a token."""
    with GalleryHouse(tmp_path_factory.mktemp("api")) as house:
        for number in range(3):
            house.shelf.put(f"p{number}", "dog", caption="A dog", taken="2026-05-03T10:00:00")
        house.keys.set_password("open sesame")
        token = house.keys.make_token("phone", house.clock.now())
        shown = {"authorization": f"Bearer {token}", "host": "127.0.0.1"}
        read = schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", house.app, headers=shown)
        read.config.update(base_url=ADDRESS + ROOT)

        @read.auth()
        class Token:
            """So that requests are also tried without it."""

            def get(self, _case: Any, _context: Any) -> str:
                return token

            def set(self, case: Any, data: str, _context: Any) -> None:
                case.headers["Authorization"] = f"Bearer {data}"

        yield read


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", FINITE, ids=lambda one: one.name)
def test_the_routes_do_what_the_document_says(
    schema: Any, operation: Operation, mode: GenerationMode
) -> None:
    described = schema[operation.path][operation.method]
    # No schema says which bytes are a photo.
    unfair = [positive_data_acceptance] if operation.takes_content else []

    @given(case=described.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == USUAL_EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def try_it(case: Any) -> None:
        case.call_and_validate(excluded_checks=unfair)

    try_it()
