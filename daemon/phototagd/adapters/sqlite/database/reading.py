"""Read connections: as many as threads read at once, each with a consistent snapshot."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from phototagd.adapters.sqlite.database.connecting import connect_reader
from phototagd.adapters.sqlite.database.failures import translated
from phototagd.domain.errors import Unavailable

T = TypeVar("T")


class Readers:
    """Lends a connection to each reader and takes it back.

    No read transaction outlives its read: a forgotten one would let the log grow for ever.
    """

    def __init__(self, *, database: Path) -> None:
        self._database = database
        self._idle: list[sqlite3.Connection] = []
        self._gate = threading.Lock()
        self._is_closed = False

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` returns, from one snapshot of the database."""
        try:
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise translated(error, self._database) from error
        self._give_back(connection)
        return result

    def close(self) -> None:
        """Close what is idle now, and the others when they come back."""
        with self._gate:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _borrow(self) -> sqlite3.Connection:
        with self._gate:
            if self._is_closed:
                raise Unavailable("the store is closed")
            if self._idle:
                return self._idle.pop()
        return connect_reader(self._database)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._gate:
            if not self._is_closed:
                self._idle.append(connection)
                return
        with closing(connection):
            pass
