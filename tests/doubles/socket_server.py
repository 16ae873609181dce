"""A double on a real socket: starts, dies with every connection, comes back on the same port."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class _Listener(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128


class SocketDouble:
    """The listening part of a double; `handler` gets the double as its attribute `double`."""

    handler: type[BaseHTTPRequestHandler]

    def __init__(self, *, port: int = 0) -> None:
        self.closing = threading.Event()
        self.slice_bytes = 0
        self.drip_seconds = 0.02
        self._port = port
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._listener: _Listener | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def start(self) -> Self:
        """Listen; after `stop`, on the same port."""
        self.closing.clear()
        handler = type("BoundHandler", (self.handler,), {"double": self})
        self._listener = _Listener(("127.0.0.1", self._port), handler)
        self._port = self._listener.server_address[1]
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=(0.01,), name=type(self).__name__
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Die: connections break, and new ones are refused."""
        if self._listener is None or self._thread is None:
            return
        self.closing.set()
        self._listener.shutdown()
        self._thread.join()
        with self._lock:
            sockets = list(self._sockets)
        for connection in sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._listener.server_close()
        self._listener = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def connected(self, connection: socket.socket) -> None:
        with self._lock:
            self._sockets.add(connection)

    def disconnected(self, connection: socket.socket) -> None:
        with self._lock:
            self._sockets.discard(connection)
