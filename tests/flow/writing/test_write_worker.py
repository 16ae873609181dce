"""The write worker turns every end of a write into one end of its job."""

from collections.abc import Callable

import pytest

from doubles.tagging_line import TaggingLine
from phototagd.domain.asset import CaptureFacts
from phototagd.domain.errors import NotYet, Unavailable
from phototagd.domain.job import Cancelled, Dead, JobView, Lease, Outcome, Priority
from phototagd.domain.record import SidecarRecord
from phototagd.flow.writing.write_worker import WriteWorker


class ScriptedWriter:
    """Does what a test says, and records a sidecar when it says nothing."""

    def __init__(self, line: TaggingLine) -> None:
        self._line = line
        self.ends: list[Exception | Outcome] = []
        self.written: list[bytes] = []

    def write(self, lease: Lease) -> Outcome | None:
        end = self.ends.pop(0) if self.ends else None
        if isinstance(end, Exception):
            raise end
        if end is not None:
            return end
        assert lease.path is not None
        record = self._line.store.catalogue.path(lease.path)
        assert record is not None
        self.written.append(record.location.name)
        sidecar = SidecarRecord(lease.path, b"x.xmp", record.stamp, "d", CaptureFacts(), None, {})
        assert self._line.store.catalogue.record_sidecar(lease, sidecar, self._line.clock.now())
        return None


@pytest.fixture
def writer(line: TaggingLine) -> ScriptedWriter:
    return ScriptedWriter(line)


@pytest.fixture
def worker(line: TaggingLine, writer: ScriptedWriter) -> WriteWorker:
    return WriteWorker(
        queue=line.queue,
        catalogue=line.catalogue,
        writer=writer,  # type: ignore[arg-type]  # a double
        held=line.held,
        settler=line.settler,
        clock=line.clock,
    )


@pytest.fixture
def job(line: TaggingLine) -> Callable[[], JobView]:
    """A photo with its words: its write job is due."""
    line.photo()
    line.ask_once()
    return lambda: next(j for j in line.store.queue.jobs(None, 9) if j.kind == "write")


def test_a_sidecar_is_written_and_nothing_is_held_after(
    line: TaggingLine, worker: WriteWorker, writer: ScriptedWriter, job: Callable[[], JobView]
) -> None:
    assert worker.step() == 0.0

    assert writer.written == [b"a.jpg"]
    assert job().state == "done"
    assert line.held.all() == []
    assert worker.step() == 5.0


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (Cancelled("the photo is gone"), "cancelled"),
        (Dead("malformed"), "dead"),
        (NotYet("locked"), "queued"),
        (ValueError("odd"), "queued"),
    ],
)
def test_each_end_settles_the_job_and_is_told_with_its_path(
    line: TaggingLine,
    worker: WriteWorker,
    writer: ScriptedWriter,
    job: Callable[[], JobView],
    end: Exception | Outcome,
    state: str,
) -> None:
    writer.ends.append(end)

    assert worker.step() == 0.0

    assert job().state == state
    assert [event.path for event in line.events.named("job.ended")] == [line.path()]
    assert line.held.all() == []


def test_a_full_disk_gives_the_job_back_and_is_heard_of(
    line: TaggingLine, worker: WriteWorker, writer: ScriptedWriter, job: Callable[[], JobView]
) -> None:
    """The loop rests; the worker does not spin on the same job."""
    writer.ends.append(Unavailable("no space left", remedy="free some"))

    with pytest.raises(Unavailable):
        worker.step()

    assert (job().state, job().attempt) == ("queued", 0)
    assert line.held.all() == []
    worker.step()
    assert job().state == "done"


def test_an_end_that_the_store_refuses_stays_held_until_it_is_written(
    line: TaggingLine, worker: WriteWorker, writer: ScriptedWriter, job: Callable[[], JobView]
) -> None:
    writer.ends.append(Dead("malformed"))
    line.fail(line.queue, "settle")

    with pytest.raises(Unavailable):
        worker.step()
    assert len(line.held.all()) == 1
    line.janitor.step()

    assert job().state == "dead"


def test_the_most_urgent_class_is_written_first(
    line: TaggingLine, worker: WriteWorker, writer: ScriptedWriter
) -> None:
    for name, priority in (("b.jpg", Priority.BACKLOG), ("p.jpg", Priority.PERSON)):
        line.photo(name, priority=priority)
        line.prepare_all()
    for _ in range(2):
        line.lane.step()

    worker.step()
    worker.step()

    assert writer.written == [b"p.jpg", b"b.jpg"]


def test_it_rests_until_the_next_write_is_due(line: TaggingLine, worker: WriteWorker) -> None:
    """A photo without words waits for its place; the worker looks again soon all the same."""
    line.photo()

    assert worker.step() == 5.0


def test_an_end_that_the_store_could_not_take_is_written_by_the_next_step(
    line: TaggingLine, worker: WriteWorker, writer: ScriptedWriter, job: Callable[[], JobView]
) -> None:
    """Not a minute later by the janitor: the sidecar waits for it."""
    assert job().state == "queued"
    writer.ends.append(Unavailable("the disk of the state folder reports errors"))
    line.queue.errors["settle"] = [Unavailable("the disk of the state folder reports errors")]
    with pytest.raises(Unavailable):
        worker.step()

    worker.step()

    assert writer.written == [b"a.jpg"]
    assert job().state == "done"
