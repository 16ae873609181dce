"""Four queues behind the same words; each commit of each is synced to the disk.

All may be used by several threads at once, each queue in the way that its makers provide.

`python -m bench.queues NAME FOLDER COUNT` leases so many jobs and kills itself.

The others come from PyPI, see requirements.in. They wait with short texts; ours waits with
whole jobs: class, time, attempts, lease, and where each photo stands.
"""

import os
import signal
import sqlite3
import sys
import threading
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from doubles.photos import arrival
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId
from phototagd.domain.job import Done, JobKind, Lease, Priority


class Contender(Protocol):
    """One queue, opened on a folder."""

    def fill(self, waiting: int) -> None:
        """Have so many jobs waiting, however that is done."""
        ...

    def enqueue(self) -> None: ...

    def lease(self) -> Any: ...

    def settle(self, job: Any) -> None: ...

    def recover(self) -> None:
        """What its makers say to call when a process starts after a kill."""
        ...

    def waiting(self) -> int:
        """How many jobs could be leased now."""
        ...

    def close(self) -> None: ...


class Ours:
    name = "phototagd"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "phototagd.db"
        self._clock = SystemClock()
        self._recipes = count()
        self._open()
        self._store.catalogue.open_library(b"/photos")
        self._store._database.write(
            lambda c: c.execute("INSERT INTO asset(kind, created_at) VALUES('jpeg', 0)")
        )

    def _open(self) -> None:
        self._store = Store.open(self._file, clock=self._clock)
        self._queue = self._store.queue

    def fill(self, waiting: int) -> None:
        self._store.close()
        with sqlite3.connect(self._file) as connection:
            connection.execute(
                """WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i <= ?)
                   INSERT INTO asset(id, kind, created_at) SELECT i, 'jpeg', 0 FROM n""",
                (waiting,),
            )
            connection.execute(
                """INSERT INTO job(kind, asset_id, priority, state, run_after, queued_at,
                                   updated_at)
                   SELECT 'tag', id, 1, 'queued', 1, 1, 1 FROM asset WHERE id > 1"""
            )
        connection.close()
        self._open()

    def enqueue(self) -> None:
        recipe = str(next(self._recipes))
        self._queue.enqueue_tag(AssetId(1), recipe, Priority.NEW, self._clock.now())

    def enqueue_many(self, jobs: int) -> None:
        """As intake does: photos that have a question and a sidecar to be written, each."""
        numbers = [next(self._recipes) for _ in range(jobs // 2)]
        self._store.catalogue.take_in(
            [arrival(b"%d.jpg" % number, str(number)) for number in numbers]
        )

    def lease(self) -> Lease:
        lease = self._queue.claim(
            JobKind.TAG, Priority.NEW, "bench", self._clock.now(), timedelta(minutes=15)
        )
        assert lease is not None
        return lease

    def settle(self, job: Lease) -> None:
        assert self._queue.settle(job, Done(), self._clock.now())

    def recover(self) -> None:
        self._queue.reclaim(self._clock.now(), everything=True)

    def waiting(self) -> int:
        return self._queue.tally(self._clock.now()).queued

    def close(self) -> None:
        self._store.close()


class LiteQueue:
    name = "litequeue"

    def __init__(self, folder: Path) -> None:
        from litequeue import LiteQueue as Peer  # noqa: PLC0415 - installed by `make bench` alone

        self._make = lambda: Peer(str(folder / "litequeue.db"), timeout=60)
        self._of_thread = threading.local()

    @property
    def _queue(self) -> Any:
        """It has a connection to itself in each thread."""
        if not hasattr(self._of_thread, "queue"):
            self._of_thread.queue = self._make()
            self._of_thread.queue.conn.execute("PRAGMA synchronous = FULL")
        return self._of_thread.queue

    def fill(self, waiting: int) -> None:
        with self._queue.transaction():
            for _ in range(waiting):
                self._queue.put("1")

    enqueue_many = fill

    def enqueue(self) -> None:
        self._queue.put("1")

    def lease(self) -> Any:
        return self._queue.pop().message_id

    def settle(self, job: Any) -> None:
        self._queue.done(job)

    def recover(self) -> None:
        for job in self._queue.list_locked(threshold_seconds=0):
            self._queue.retry(job.message_id)

    def waiting(self) -> int:
        return int(self._queue.qsize())

    def close(self) -> None:
        self._queue.close()


class PersistQueue:
    name = "persist-queue"

    def __init__(self, folder: Path) -> None:
        from persistqueue import SQLiteAckQueue  # noqa: PLC0415 - the same

        self._folder = str(folder / "persist-queue")
        self._make = partial(SQLiteAckQueue, multithreading=True)
        self._queue = self._make(self._folder)

    def fill(self, waiting: int) -> None:
        item = self._queue._serializer.dumps("1")
        with self._queue._putter as transaction:
            transaction.executemany(self._queue._sql_insert, ((item, 1.0) for _ in range(waiting)))
        self.close()
        self._queue = self._make(self._folder)

    def enqueue(self) -> None:
        self._queue.put("1")

    def lease(self) -> Any:
        return self._queue.get(block=False, raw=True)["pqid"]

    def settle(self, job: Any) -> None:
        self._queue.ack(id=job)

    def recover(self) -> None:
        self._queue.resume_unack_tasks()

    def waiting(self) -> int:
        return int(self._queue.size)

    def close(self) -> None:
        self._queue.close()


class Huey:
    """Takes a job by deleting it: whatever is in work at a kill is lost."""

    name = "huey"

    def __init__(self, folder: Path) -> None:
        from huey.storage import SqliteStorage  # noqa: PLC0415 - the same

        self._queue = SqliteStorage(filename=str(folder / "huey.db"), fsync=True)

    def fill(self, waiting: int) -> None:
        with self._queue.db(commit=True) as cursor:
            cursor.executemany(
                "INSERT INTO task(queue, data, priority) VALUES('huey', '1', 0)",
                (() for _ in range(waiting)),
            )

    def enqueue(self) -> None:
        self._queue.enqueue(b"1")

    def lease(self) -> Any:
        return self._queue.dequeue()

    def settle(self, job: Any) -> None:
        assert job

    def recover(self) -> None:
        """It has nothing for this: a leased job is deleted already."""

    def waiting(self) -> int:
        return int(self._queue.queue_size())

    def close(self) -> None:
        self._queue.close()


CONTENDERS = (Ours, LiteQueue, PersistQueue, Huey)


def main(name: str, folder: str, count: str) -> None:
    queue: Contender = {kind.name: kind for kind in CONTENDERS}[name](Path(folder))
    for _ in range(int(count)):
        queue.lease()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
