"""Templates to pages, with the words of the person's language."""

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from phototagd.domain.gallery import ThumbnailSize, Tile
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.statics import Statics
from phototagd.web.gallery.wording import LANGUAGES, Wording, all_wordings, preferred

LANGUAGE_COOKIE = "phototagd_language"


class Renderer:
    """Fills templates. Everything put into them is escaped; there is no way around that."""

    def __init__(self, *, statics: Statics) -> None:
        self._wordings = all_wordings()
        self._environment = Environment(
            loader=PackageLoader("phototagd.web.gallery"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["exactly"] = exactly
        self._environment.globals.update(
            static=statics.url,
            thumbnail=thumbnail_url,
            languages=LANGUAGES,
            readable=readable,
        )

    def wording(self, request: Request) -> Wording:
        """The words in the language that was chosen, or that the browser prefers."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        if chosen in self._wordings:
            return self._wordings[chosen]
        return self._wordings[preferred(request.headers.get("accept-language", ""))]

    def page(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page; templates see `t`, `viewer`, `here` (this path), and `values`.

        `edited` is the name of the edit that led here, which can be taken back.
        """
        query = f"?{request.url.query}" if request.url.query else ""
        text = self._environment.get_template(template).render(
            t=self.wording(request),
            viewer=request.state.viewer,
            here=request.url.path + query,
            query=request.query_params.get("q", ""),
            edited=_plain(request.query_params.get("edited", "")),
            **values,
        )
        return HTMLResponse(text, status)


def thumbnail_url(tile: Tile, size: int = ThumbnailSize.TILE) -> str:
    """Where a small picture is served."""
    return f"/thumbnails/{tile.version}/{tile.asset}/{int(size)}.webp"


def exactly(word: str) -> str:
    """A query for just this word: without quotes `autumn` means three months."""
    return word if '"' in word else f'"{word}"'


def _plain(name: str) -> str:
    """A name that may stand in an address as it is; empty for any other."""
    return name if re.fullmatch(r"[\w-]{1,64}", name, re.ASCII) else ""
