"""Photos that crash, hang or starve the decoder, and children that do not serve."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from doubles import rogue_worker
from doubles.pictures import make_image, make_jpeg
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.images.child import Child
from phototagd.adapters.images.frames import write_frame
from phototagd.adapters.images.messages import Request
from phototagd.domain.errors import ProcessKilled, Unavailable, Unreadable

Make = Callable[..., ProcessPhotoReader]


@pytest.fixture
def make() -> Iterator[Make]:
    readers = []

    def make(**limits: object) -> ProcessPhotoReader:
        readers.append(ProcessPhotoReader(**({"command": rogue_worker.COMMAND} | limits)))  # type: ignore[arg-type]
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (rogue_worker.DEADLY, "SIGSEGV"),
        (rogue_worker.STARVING, "SIGKILL .out of memory"),
        (rogue_worker.QUITTING, "status 3"),
        (rogue_worker.HANGING, "hung for more than 0.2 s"),
        (rogue_worker.BABBLING, "nonsense"),
    ],
)
def test_how_the_child_died_is_named_and_the_next_photo_works(
    make: Make, tmp_path: Path, name: bytes, words: str
) -> None:
    killer = make_jpeg(tmp_path / f"{name.decode()}.jpg")
    good = make_jpeg(tmp_path / "good.jpg")
    reader = make(time_limit_seconds=0.2) if name == rogue_worker.HANGING else make()

    with pytest.raises(ProcessKilled, match=words):
        reader.prepare(os.fsencode(killer), long_side=512)

    patient = make() if name == rogue_worker.HANGING else reader
    assert patient.prepare(os.fsencode(good), long_side=512).jpeg
    with pytest.raises(ProcessKilled, match=words):
        reader.inspect(os.fsencode(killer))


def test_a_photo_beyond_the_memory_limit_is_refused_with_the_limit(
    make: Make, tmp_path: Path
) -> None:
    """Asked twice: only a fresh child may say so, and it must go on serving."""
    large = make_image(tmp_path / "large.png", Image.new("RGB", (5000, 4000)))
    small = make_jpeg(tmp_path / "small.jpg")
    reader = make(memory_limit_bytes=48 << 20)

    for _ in range(2):
        assert reader.prepare(os.fsencode(small), long_side=512).jpeg
        with pytest.raises(Unreadable, match="more than 48 MB"):
            reader.prepare(os.fsencode(large), long_side=512)


def test_a_child_that_never_greets_blames_no_photo(make: Make, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")

    with pytest.raises(Unavailable, match="status 7"):
        make(command=(sys.executable, "-c", "import sys; sys.exit(7)")).inspect(os.fsencode(photo))
    with pytest.raises(Unavailable, match="cannot start"):
        make(command=(str(tmp_path / "no such program"),)).inspect(os.fsencode(photo))


def test_a_child_that_does_not_speak_the_protocol_is_not_believed(
    make: Make, tmp_path: Path
) -> None:
    reader = make(command=(sys.executable, "-c", "print('hello' * 100)"))

    with pytest.raises(Unavailable, match="does not start"):
        reader.inspect(os.fsencode(make_jpeg(tmp_path / "a.jpg")))


def test_closing_ends_a_call_in_another_thread_without_blame(make: Make, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / f"{rogue_worker.HANGING.decode()}.jpg")
    reader = make()
    reader.inspect(os.fsencode(make_jpeg(tmp_path / "good.jpg")))
    errors = []

    def call() -> None:
        try:
            reader.prepare(os.fsencode(photo), long_side=512)
        except Unavailable as error:
            errors.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    reader.close()
    thread.join(30)

    assert not thread.is_alive()
    assert len(errors) == 1


def test_many_threads_share_the_child(make: Make, tmp_path: Path) -> None:
    photos = [make_jpeg(tmp_path / f"{i}.jpg", seed=i, size=(100 + i, 80)) for i in range(12)]
    reader = make()
    widths = {}

    def call(number: int) -> None:
        prepared = reader.prepare(os.fsencode(photos[number]), long_side=512)
        widths[number] = prepared.original_width

    threads = [threading.Thread(target=call, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert widths == {i: 100 + i for i in range(12)}


def test_the_child_ends_with_the_daemon_even_amid_a_photo(tmp_path: Path) -> None:
    """When its input ends nobody waits for an answer; SIGKILL of a daemon looks like that."""
    photo = make_jpeg(tmp_path / f"{rogue_worker.HANGING.decode()}.jpg")
    with subprocess.Popen(
        (*rogue_worker.COMMAND, str(1 << 30), "60", "1000000"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        write_frame(process.stdin, *Request(os.fsencode(photo), 512).to_message())  # type: ignore[arg-type]
        process.stdin.close()

        assert process.wait(30) == 0


def test_a_child_left_alone_kills_itself_when_a_photo_takes_too_long(tmp_path: Path) -> None:
    """The alarm needs no Python and no daemon."""
    program = (
        "import sys; from phototagd.adapters.images.limits import Alarm\n"
        "with Alarm(0.1):\n    [0] * 3; sum(iter(int, 1))"
    )

    ended = subprocess.run((sys.executable, "-c", program), check=False, timeout=30)

    assert ended.returncode == -signal.SIGALRM


def test_ending_a_child_twice_is_harmless() -> None:
    child = Child((sys.executable, "-c", "input()"))

    child.end()
    child.end()
