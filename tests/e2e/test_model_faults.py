"""A model server that fails in every way it knows, as a process of its own.

After each fault all photos are tagged or rightly dead, attempts are charged only to the photo
that is to blame, and the log says what happened in a few lines.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until
from phototagd.domain.job import JobState, JobView

MOST_LINES = 10
SHORT_TIMES = "timeout_seconds = 1\nload_timeout_seconds = 3"


@pytest.fixture
def daemon(tmp_path: Path, model_server: ModelServer) -> Iterator[PhotoDaemon]:
    process = PhotoDaemon(tmp_path, model_server.url, model=SHORT_TIMES)
    yield process
    process.close()


def put(daemon: PhotoDaemon, *seeds: int) -> None:
    for seed in seeds:
        make_jpeg(daemon.photos / f"{seed}.jpg", seed=seed, size=(160, 120))


def done(daemon: PhotoDaemon, count: int) -> None:
    until(lambda: daemon.status()["done"] == count, f"{count} photos to be done")


def jobs(daemon: PhotoDaemon, state: JobState | None = None) -> list[JobView]:
    with daemon.control() as control:
        return control.jobs(state, 100)


def complaints(daemon: PhotoDaemon) -> int:
    """Lines of the log above info."""
    return sum('"level": "info"' not in line for line in daemon.log.read_text().splitlines())


def attempts(daemon: PhotoDaemon) -> list[int]:
    return [event["attempt"] for event in daemon.events("photo.tagged")]


@pytest.mark.parametrize(
    "fault",
    [
        "recorded:busy",
        "recorded:html-502",
        "reset-mid-stream",
        "half-close",
        "out-of-memory",
    ],
)
def test_a_passing_fault_of_the_server_costs_no_photo_an_attempt(
    daemon: PhotoDaemon, model_server: ModelServer, fault: str
) -> None:
    """Busy, a proxy's HTML, lost connections, no memory: the photos wait and are innocent."""
    model_server.order(script=[fault] * 2)
    put(daemon, 1, 2, 3)
    daemon.start()

    done(daemon, 3)

    assert attempts(daemon) == [1, 1, 1]
    assert complaints(daemon) <= MOST_LINES


@pytest.mark.parametrize("fault", ["wedge-mid-stream", "drip"])
def test_a_server_that_never_ends_its_answer_is_given_up(
    daemon: PhotoDaemon, model_server: ModelServer, fault: str
) -> None:
    """A hang and one byte at a time: after the time limit the photo is asked about again."""
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    model_server.order(script=[fault])
    put(daemon, 1, 2)

    done(daemon, 2)

    assert jobs(daemon, JobState.DEAD) == []
    assert complaints(daemon) <= MOST_LINES


@pytest.mark.parametrize("fault", ["silent-end", "length", "empty", "violation"])
def test_nonsense_is_asked_for_once_more(
    daemon: PhotoDaemon, model_server: ModelServer, fault: str
) -> None:
    """The photo pays one attempt, and is tagged by the second."""
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    model_server.order(script=[fault])
    put(daemon, 1)
    until(lambda: daemon.events("job.ended"), "the first answer to be refused")
    with daemon.control() as control:
        control.tag([str(daemon.photos / "1.jpg").encode()])  # a person waits: no back-off

    done(daemon, 1)

    assert attempts(daemon) == [2]
    assert complaints(daemon) <= MOST_LINES


def test_a_photo_that_kills_the_model_is_blamed_and_its_neighbours_are_not(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """Poison: dead after the second kill, alone; all others get their words at once."""
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    before = len(model_server.order()["seen"])
    put(daemon, 1)
    done(daemon, 1)
    poison = model_server.order()["seen"][before]
    with daemon.control() as control:
        control.pause()
    (daemon.photos / "1.jpg").unlink()
    daemon.terminate()
    for state in daemon.state.glob("phototagd.db*"):
        state.unlink()
    (daemon.photos / "1.jpg.xmp").unlink()
    model_server.order(poison=[poison])
    put(daemon, 1, 2, 3, 4)
    daemon.log.write_text("")
    daemon.start()

    until(lambda: len(jobs(daemon, JobState.DEAD)) == 1, "the poison to be found out")
    done(daemon, 3)

    (dead,) = jobs(daemon, JobState.DEAD)
    assert dead.location.endswith(b"1.jpg")
    assert "killed a process twice" in dead.reason
    assert attempts(daemon) == [1, 1, 1]
    assert complaints(daemon) <= MOST_LINES


def test_a_server_that_goes_and_comes_back_as_another_version_is_used_again(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """Upgraded, with another build of the model under the same name: said, and worked with."""
    daemon.start()
    put(daemon, 1)
    done(daemon, 1)
    model_server.stop()
    put(daemon, 2, 3)
    until(lambda: daemon.events("engine.lost"), "the loss to be noticed")
    model_server.arguments = ("--version", "0.34.0", "--build", "new")
    model_server.start()

    done(daemon, 3)

    first, second = daemon.events("engine.ready")
    assert (first["version"], second["version"]) == ("0.32.15", "0.34.0")
    assert first["digest"] != second["digest"]
    assert attempts(daemon) == [1, 1, 1]
    assert complaints(daemon) <= MOST_LINES


def test_a_deleted_model_is_missed_by_name_and_found_when_it_is_back(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """The remedy names the command that brings it back."""
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    model_server.order(remove="qwen3-vl:4b-instruct")
    put(daemon, 1, 2)
    until(lambda: daemon.events("engine.lost"), "the loss to be noticed")
    assert "ollama pull qwen3-vl:4b-instruct" in daemon.events("engine.lost")[0]["remedy"]
    model_server.stop()
    model_server.start()

    done(daemon, 2)

    assert attempts(daemon) == [1, 1]
    assert complaints(daemon) <= MOST_LINES
