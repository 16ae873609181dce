"""HTTP by hand: chunks cut anywhere, resets, half-closes, drips."""

import contextlib
import json
import os
import select
import socket
import struct
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from doubles.ollama.bodies import Body, Refuse
from doubles.ollama.engine import Gone

if TYPE_CHECKING:
    from doubles.ollama.server import OllamaDouble


class Broken(Exception):
    """The connection was broken on purpose."""


class Handler(BaseHTTPRequestHandler):
    """One connection; what to answer is decided by the double."""

    protocol_version = "HTTP/1.1"
    double: "OllamaDouble"  # set by the server that makes the class

    def do_GET(self) -> None:
        self._serve(b"")

    def do_HEAD(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""

    def setup(self) -> None:
        super().setup()
        self._pace_seconds = 0.0
        self.double.connected(self.connection)

    def finish(self) -> None:
        self.double.disconnected(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, ValueError, Broken):
            super().handle()

    def _serve(self, raw: bytes) -> None:
        try:
            self.double.serve(self, self.path, raw)
        except Refuse as refusal:
            self.reply(refusal.body)
        except (Gone, Broken, OSError):
            self.close_connection = True

    def reply(self, body: Body) -> None:
        """One whole answer."""
        self.send_response(body.status)
        self.send_header("Content-Type", body.content_type)
        self.send_header("Content-Length", str(len(body.content)))
        for name, value in body.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body.content)

    def reply_json(self, value: object, status: int = 200) -> None:
        self.reply(Body(status, json.dumps(value, ensure_ascii=False).encode()))

    def stream(self, objects: Iterable[dict[str, Any]]) -> None:
        """Newline-delimited JSON; nothing is sent before the first object is there.

        What raises before that becomes an error status, as it does in Ollama.
        """
        self._begun = False
        size = self.double.slice_bytes
        pending = b""
        for value in objects:
            pending += json.dumps(value, ensure_ascii=False).encode() + b"\n"
            if not size:
                self.send(pending)
                pending = b""
            while size and len(pending) >= size:
                self.send(pending[:size])
                pending = pending[size:]
        self.send(pending)
        self._begin()
        self.wfile.write(b"0\r\n\r\n")

    def send(self, data: bytes) -> None:
        """One chunk, begun with the header if it is the first."""
        if not data:
            return
        self._begin()
        packet = b"%x\r\n%b\r\n" % (len(data), data)
        if not self._pace_seconds:
            self.wfile.write(packet)
            return
        for at in range(len(packet)):
            self.wfile.write(packet[at : at + 1])
            if self.double.closing.wait(self._pace_seconds) or self.is_gone():
                raise Gone

    def is_gone(self) -> bool:
        """Whether the client hung up, or the server is stopping."""
        if self.double.closing.is_set():
            return True
        try:
            readable, _, _ = select.select([self.connection], [], [], 0)
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def reset(self) -> None:
        """Drop the connection with a TCP reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.double.disconnected(self.connection)
        os.close(self.connection.detach())
        raise Broken

    def half_close(self) -> None:
        """Send nothing more, in the middle of a chunked body, and wait for the client."""
        self.connection.shutdown(socket.SHUT_WR)
        while not self.is_gone():
            self.double.closing.wait(0.005)
        raise Broken

    def drip(self) -> None:
        """From now on one byte at a time."""
        self._pace_seconds = self.double.drip_seconds

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
