"""One thing that can be asked of the API: a function, and where it is called.

The function's annotations say what it takes and gives, its name and docstring how it is
called and explained: routes and the OpenAPI document both come from them.

    def photo(asked: Asked, params: PhotoId) -> Photo: ...
    def edit(asked: Asked, params: PhotoId, body: Edit) -> Amended: ...
    async def upload(asked: Asked, params: NewFile, content: Content) -> Uploaded: ...
"""

import inspect
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from phototagd.domain.gallery import Sight
from phototagd.web.gallery.api.shapes import Body, Params
from phototagd.web.gallery.doorman import Viewer
from phototagd.web.gallery.needs import Needs

JSON = "application/json"
BYTES = "application/octet-stream"
OK, CREATED = 200, 201

Content = AsyncIterator[bytes]
"""A body that is read piece by piece."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and what can be done about it."""

    needs: Needs
    viewer: Viewer
    look_again: Callable[[], Viewer]
    """Who they are by now, for answers that take long."""

    accepts: str = ""
    """The media types that they want, as in the header `Accept`."""

    @property
    def sight(self) -> Sight:
        """What they may see: give this to every method of the gallery."""
        return Sight(sees_private=self.viewer.sees_private)


@dataclass(frozen=True)
class Operation:
    """A function of the API. `refuses` are statuses beside those that any request may get."""

    method: str
    path: str
    run: Callable[..., Any]
    refuses: frozenset[int]
    gives: str

    @property
    def name(self) -> str:
        """What programs call it."""
        return self.run.__name__

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.run)

    @property
    def params(self) -> type[Params]:
        """What stands in the address."""
        found: type[Params] = self._hints.get("params", Params)
        return found

    @property
    def body(self) -> type[Body] | None:
        """What is sent as JSON."""
        return self._hints.get("body")

    @property
    def answer(self) -> Any:
        """What is answered."""
        return self._hints["return"]

    @property
    def takes_content(self) -> bool:
        """Whether the body is a file."""
        return "content" in self._hints

    @property
    def status(self) -> int:
        """The status of a good answer."""
        return CREATED if self.takes_content else OK

    @property
    def docs(self) -> tuple[str, str]:
        """The first sentence, and the rest."""
        first, _, rest = inspect.cleandoc(self.run.__doc__ or "").partition("\n")
        return first, rest.strip()

    @property
    def statuses(self) -> list[int]:
        """Every status of a refusal."""
        usual = {401, 421, 500, 503}
        if self.params.model_fields or self.body or self.takes_content:
            usual.add(400)
        if self.method != "GET":
            usual.add(403)
        if self.body:
            usual |= {413, 415}
        return sorted(usual | self.refuses)


def get(path: str, run: Callable[..., Any], *refuses: int, gives: str = JSON) -> Operation:
    """Something is looked at."""
    return Operation("GET", path, run, frozenset(refuses), gives)


def post(path: str, run: Callable[..., Any], *refuses: int) -> Operation:
    """Something is done."""
    return Operation("POST", path, run, frozenset(refuses), JSON)


def put(path: str, run: Callable[..., Any], *refuses: int) -> Operation:
    """Something is set."""
    return Operation("PUT", path, run, frozenset(refuses), JSON)


def patch(path: str, run: Callable[..., Any], *refuses: int) -> Operation:
    """Something is changed in part."""
    return Operation("PATCH", path, run, frozenset(refuses), JSON)


def delete(path: str, run: Callable[..., Any], *refuses: int) -> Operation:
    """Something is forgotten."""
    return Operation("DELETE", path, run, frozenset(refuses), JSON)
