"""Commits shared between threads: the first to come commits for all that wait meanwhile."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from phototagd.adapters.sqlite.database.commit_times import CommitTimes
from phototagd.adapters.sqlite.database.failures import is_world, translated
from phototagd.domain.errors import Unavailable

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_LARGEST_BATCH = 500
_NEXT = 0  # no thread's number


def _taken() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(slots=True, eq=False)
class _Operation:
    """One closure, what came of it, and the lock that whoever asked for it waits at."""

    work: Callable[[sqlite3.Connection], Any]
    alone: bool = False  # outside of a transaction, as a checkpoint must be
    is_promise: bool = True  # to be on disk when it is told
    result: Any = None
    error: Exception | None = None
    leads: bool = False
    waking: threading.Lock = field(default_factory=_taken)


class GroupCommitter:
    """Owns the writing connection; operations of all threads share commits.

    A thread that finds nobody writing carries out its own operation, with whatever waits by
    then; those who come meanwhile wait, and one of them carries out the next batch. So a lone
    operation never changes threads, and never waits for company.

    An operation that raises is rolled back alone. When the disk fails, nothing of the batch
    is recorded and everybody in it gets Unavailable.
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
        self._gate = threading.Lock()  # guards the four below, and is never held for long
        self._at_rest = threading.Condition(self._gate)
        self._waiting: list[_Operation] = []
        self._leader: int | None = None  # the thread that writes; _NEXT while it has to wake up
        self._is_closed = False
        self._is_syncing = True  # as `connect_writer` left it

    def run(self, work: Work[T], *, alone: bool = False, is_promise: bool = True) -> T:
        """What `work` returns, once it is on disk, or in the log when it is no promise."""
        operation = _Operation(work, alone=alone, is_promise=is_promise)
        me = threading.get_ident()
        with self._gate:
            assert self._leader != me, "an operation cannot wait for another one"
            if self._is_closed:
                raise Unavailable("the store is closed")
            self._waiting.append(operation)
            operation.leads = self._leader is None
            if operation.leads:
                self._leader = me
        try:
            if not operation.leads:
                operation.waking.acquire()
            if operation.leads:
                self._lead()
        except BaseException:
            self._leave(operation)
            raise
        if operation.error is not None:
            raise operation.error
        result: T = operation.result
        return result

    def close(self) -> None:
        """Finish what was accepted, then close the connection; may be called twice."""
        with self._gate:
            self._is_closed = True
            self._at_rest.wait_for(lambda: self._leader is None)
            self._connection.close()

    def _lead(self) -> None:
        """Carry out what waits, one's own operation among it; then the next one leads."""
        with self._gate:
            self._leader = threading.get_ident()
            batch = self._waiting[:_LARGEST_BATCH]
            del self._waiting[:_LARGEST_BATCH]
        try:
            self._carry_out(batch)
        except BaseException as error:
            self._break_off(batch, error)
            raise
        finally:
            self._hand_over()
            for operation in batch:
                operation.waking.release()

    def _hand_over(self) -> None:
        """Let the one that waits longest lead, if anybody waits."""
        with self._gate:
            if self._waiting:
                self._leader = _NEXT
                self._waiting[0].leads = True
                self._waiting[0].waking.release()
            else:
                self._leader = None
                self._at_rest.notify_all()

    def _leave(self, operation: _Operation) -> None:
        """Whoever asked does not wait any longer, as when a person interrupts a command."""
        with self._gate:
            is_waiting = operation in self._waiting
            if is_waiting:
                self._waiting.remove(operation)
        if is_waiting and operation.leads:
            self._hand_over()

    def _carry_out(self, batch: list[_Operation]) -> None:
        together = [operation for operation in batch if not operation.alone]
        if together:
            self._commit(together)
        for operation in batch:
            if operation.alone:
                self._run_alone(operation)

    def _break_off(self, batch: list[_Operation], error: BaseException) -> None:
        """The leading thread is interrupted: nobody's operation was recorded for certain."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        for operation in batch:
            operation.error = Unavailable(f"the write was broken off ({type(error).__name__})")

    def _commit(self, batch: list[_Operation]) -> None:
        try:
            self._sync_if(any(operation.is_promise for operation in batch))
            self._connection.execute("BEGIN IMMEDIATE")
            if len(batch) == 1:
                self._attempt_lone(batch[0])
                return
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

    def _attempt_lone(self, operation: _Operation) -> None:
        """The same for the only one in its transaction, which needs no savepoint."""
        try:
            operation.result = operation.work(self._connection)
        except Exception as error:
            if isinstance(error, sqlite3.Error) and is_world(error):
                raise
            operation.error = error
            self._connection.execute("ROLLBACK")
            return
        self._end_transaction()

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
        except Exception as error:  # noqa: BLE001 -- it belongs to whoever asked
            operation.error = error
