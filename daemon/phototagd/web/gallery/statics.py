"""Scripts, styles and pictures of the pages: read once, served for ever under their hash."""

import hashlib
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_HASH_LENGTH = 16


class Statics:
    """The files of the `static` folder, below one hash of them all: scripts import each other."""

    def __init__(self) -> None:
        folder = files("phototagd.web.gallery").joinpath("static")
        self._files = {
            file.name: file.read_bytes()
            for file in sorted(folder.iterdir(), key=lambda file: file.name)
            if _suffix(file.name) in _TYPES
        }
        hasher = hashlib.sha256()
        for name, content in self._files.items():
            hasher.update(f"{name} {len(content)} ".encode() + content)
        self._hash = hasher.hexdigest()[:_HASH_LENGTH]

    def url(self, name: str) -> str:
        """Where a file is served; raises KeyError for one that is not there."""
        assert name in self._files, f"no static file {name}"
        return f"/static/{self._hash}/{name}"

    def content(self, name: str) -> bytes:
        """What is served there; raises KeyError for a file that is not there."""
        return self._files[name]

    def routes(self) -> list[Route]:
        """What serves them."""
        return [Route("/static/{hash}/{name}", self._serve)]

    def _serve(self, request: Request) -> Response:
        name = request.path_params["name"]
        if request.path_params["hash"] != self._hash or name not in self._files:
            return PlainTextResponse("no such file\n", 404)
        return Response(
            self._files[name],
            media_type=_TYPES[_suffix(name)],
            headers={"cache-control": "public, max-age=31536000, immutable"},
        )


def _suffix(name: str) -> str:
    return name[name.rfind(".") :]
