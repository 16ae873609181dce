"""One thread with a loop of its own that serves the control socket and, if wanted, TCP."""

import asyncio
import os
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from phototagd.domain.errors import ConfigError
from phototagd.ports import Control, Health
from phototagd.web.control import control_app
from phototagd.web.front import Front
from phototagd.web.health import health_app

_BACKLOG = 64
_GRACE_SECONDS = 2


class WebServer:
    """Serves both applications from `start` until `stop`.

    `control_socket` is a path on a local disk, in a folder of the daemon's user alone;
    `listen` is HOST:PORT, or empty for no TCP at all; `gallery` answers there whatever is not
    health.
    """

    def __init__(
        self,
        *,
        control: Control,
        health: Health,
        control_socket: Path,
        listen: str,
        gallery: ASGIApp | None = None,
    ) -> None:
        self._control = control
        self._health = health
        self._path = control_socket
        self._listen = listen
        self._gallery = gallery
        self._servers: list[tuple[uvicorn.Server, socket.socket]] = []
        self._thread: threading.Thread | None = None
        self.address: tuple[str, int] | None = None
        """Where TCP is served once started; the port is the real one if 0 was asked for."""

    def start(self) -> None:
        """Listen and return; requests are answered from now on.

        Raises ConfigError when the address or the socket cannot be had; then nothing is left
        behind.
        """
        tcp = _listen_tcp(self._listen) if self._listen else None
        try:
            unix = _listen_unix(self._path)
        except BaseException:
            if tcp:
                tcp.close()
            raise
        apps: list[tuple[ASGIApp, socket.socket]] = [
            (control_app(control=self._control, health=self._health), unix)
        ]
        if tcp:
            self.address = tcp.getsockname()[:2]
            apps.append((self._tcp_app(), tcp))
        self._servers = [(_server(app), channel) for app, channel in apps]
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish running requests within two seconds and end; may be called twice."""
        if self._thread is None:
            return
        for server, _ in self._servers:
            server.should_exit = True
        self._thread.join()
        self._thread = None
        with suppress(FileNotFoundError):
            self._path.unlink()

    def _tcp_app(self) -> ASGIApp:
        host = self._listen.rpartition(":")[0].strip("[]")
        health = health_app(health=self._health, host=host)
        return Front(health=health, gallery=self._gallery) if self._gallery else health

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await asyncio.gather(*(s.serve(sockets=[channel]) for s, channel in self._servers))


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )


def _listen_tcp(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    try:
        [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        channel = socket.socket(family, kind, protocol)
        try:
            # A port still in TIME_WAIT after a restart is free; one that is served is not.
            channel.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            channel.bind(address)
            channel.listen(_BACKLOG)
        except OSError:
            channel.close()
            raise
    except OSError as error:
        raise ConfigError(
            f"web.listen = {listen!r}: cannot listen there: {error.strerror or error}; name "
            'another HOST:PORT, or "" to do without'
        ) from error
    return channel


def _listen_unix(path: Path) -> socket.socket:
    # The caller holds the state folder's lock, so a socket that lies there is a dead one.
    with suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.lstat().st_mode):
            path.unlink()
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short(path) as address:
            channel.bind(address)
        path.chmod(0o600)
        channel.listen(_BACKLOG)
    except OSError as error:
        channel.close()
        raise ConfigError(f"{path}: the control socket cannot be made: {error}") from error
    return channel


@contextmanager
def _short(path: Path) -> Iterator[bytes]:
    """A name for the socket within the 107 bytes that an address may have, however deep it lies.

    The folder itself is 0700, so nobody else can connect before the mode is set.
    """
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        through = Path(f"/proc/self/fd/{folder}")
        yield os.fsencode(through / path.name if through.exists() else path)
    finally:
        os.close(folder)
