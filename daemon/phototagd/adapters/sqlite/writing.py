"""The one thread that writes: whatever waits is committed together, then everybody is told."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from phototagd.adapters.sqlite.commit_times import CommitTimes
from phototagd.adapters.sqlite.failures import is_world, translated
from phototagd.domain.errors import Unavailable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_LARGEST_BATCH = 500


@dataclass(slots=True, eq=False)
class _Operation:
    """One closure, what came of it, and who waits for that."""

    work: Callable[[sqlite3.Connection], Any]
    future: Future[Any]
    alone: bool = False  # outside of a transaction, as a checkpoint must be
    is_promise: bool = True  # to be on disk when it is told
    result: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class WriterThread:
    """Owns the writing connection; operations of all threads share commits.

    An operation that raises is rolled back alone. When the disk fails, nothing of the batch
    is recorded and everybody in it gets Unavailable. A lone operation never waits for company.
    """

    def __init__(
        self,
        *,
        connection: sqlite3.Connection,
        database: Path,
        monotonic: Callable[[], float],
    ) -> None:
        self._connection = connection
        self._database = database
        self._monotonic = monotonic
        self.times = CommitTimes()
        self._inbox: queue.SimpleQueue[_Operation | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._is_closed = False
        self._is_syncing = True  # as `connect_writer` left it
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, work: Work[T], *, alone: bool = False, is_promise: bool = True) -> T:
        """What `work` returns, once it is on disk, or in the log when it is no promise."""
        assert threading.current_thread() is not self._thread, "an operation cannot wait here"
        operation = _Operation(work, Future(), alone=alone, is_promise=is_promise)
        with self._gate:
            if self._is_closed:
                raise Unavailable("the store is closed")
            self._inbox.put(operation)
        result: T = operation.future.result()
        return result

    def close(self) -> None:
        """Finish what was accepted, then close the connection."""
        with self._gate:
            if not self._is_closed:
                self._is_closed = True
                self._inbox.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            together = [operation for operation in batch if not operation.alone]
            if together:
                self._commit(together)
            for operation in batch:
                if operation.alone:
                    self._run_alone(operation)
                operation.tell()
        self._connection.close()

    def _next_batch(self) -> tuple[list[_Operation], bool]:
        batch: list[_Operation] = []
        first = self._inbox.get()
        while first is not None:
            batch.append(first)
            if len(batch) >= _LARGEST_BATCH or self._inbox.empty():
                return batch, True
            first = self._inbox.get()
        return batch, False

    def _commit(self, batch: list[_Operation]) -> None:
        try:
            self._sync_if(any(operation.is_promise for operation in batch))
            self._connection.execute("BEGIN IMMEDIATE")
            for operation in batch:
                self._attempt(operation)
            self._end_transaction()
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for operation in batch:
                operation.error = translated(error, self._database)

    def _end_transaction(self) -> None:
        started = self._monotonic()
        self._connection.execute("COMMIT")
        if self._is_syncing:
            self.times.add(self._monotonic() - started)

    def _sync_if(self, is_promise: bool) -> None:  # noqa: FBT001
        """Commits wait for the disk, or for the log alone, from now on."""
        if is_promise != self._is_syncing:
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_promise else 'NORMAL'}")
            self._is_syncing = is_promise

    def _attempt(self, operation: _Operation) -> None:
        """Run one operation; only a failing world is raised."""
        self._connection.execute("SAVEPOINT operation")
        try:
            operation.result = operation.work(self._connection)
        except Exception as error:
            # Some failures of the world end the whole transaction, and no other operation of
            # the batch would be recorded either.
            if isinstance(error, sqlite3.Error) and is_world(error):
                raise
            operation.error = error
            self._connection.execute("ROLLBACK TO operation")
        self._connection.execute("RELEASE operation")

    def _run_alone(self, operation: _Operation) -> None:
        try:
            operation.result = operation.work(self._connection)
        except sqlite3.Error as error:
            operation.error = translated(error, self._database)
