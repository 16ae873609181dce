"""Several decoding processes behind one reader: side by side, in turn, nobody blamed for others."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from contracts.photo_reader import PhotoReaderContract
from doubles import rogue_worker
from doubles.photo_reader import FakePhotoReader
from doubles.pictures import make_jpeg
from phototagd.adapters.images import PhotoReaderPool, ProcessPhotoReader
from phototagd.domain.asset import Prepared
from phototagd.domain.errors import ProcessKilled, Unavailable

PATIENCE = 30.0


class GatedReader(FakePhotoReader):
    """Tells who is in work, and ends a photo when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.began = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        self.began.release()
        assert self.may_end.acquire(timeout=PATIENCE)
        return super().prepare(photo, long_side=long_side)


class TestPhotoReaderPool(PhotoReaderContract):
    @pytest.fixture
    def reader(self) -> Iterator[PhotoReaderPool]:
        pool = PhotoReaderPool(
            readers=[ProcessPhotoReader(command=rogue_worker.COMMAND) for _ in range(2)]
        )
        yield pool
        pool.close()


@contextmanager
def asking(pool: PhotoReaderPool) -> Iterator[Callable[[Path], Future[Prepared]]]:
    """Ask for photos from threads; each call returns once its thread is in work or in line."""
    with ThreadPoolExecutor(8) as threads:

        def ask(photo: Path) -> Future[Prepared]:
            before = len(pool._waiting) - len(pool._idle)
            future = threads.submit(pool.prepare, os.fsencode(photo), long_side=512)
            while len(pool._waiting) - len(pool._idle) == before and not future.done():
                threading.Event().wait(0.001)
            return future

        yield ask


def test_photos_are_decoded_side_by_side(tmp_path: Path) -> None:
    readers = [GatedReader(), GatedReader()]
    with asking(PhotoReaderPool(readers=readers)) as ask:
        futures = [ask(make_jpeg(tmp_path / f"{n}.jpg")) for n in range(2)]
        both = [reader.began.acquire(timeout=PATIENCE) for reader in readers]
        for reader in readers:
            reader.may_end.release()
        assert all(future.result(PATIENCE).jpeg for future in futures)
    assert both == [True, True]


def test_who_came_first_is_served_first(tmp_path: Path) -> None:
    """A caller that comes again at once must not overtake one that waits."""
    reader = GatedReader()
    photos = [make_jpeg(tmp_path / f"{n}.jpg") for n in range(5)]
    with asking(PhotoReaderPool(readers=[reader])) as ask:
        futures = [ask(photo) for photo in photos]
        for future in futures:
            reader.may_end.release()
            assert future.result(PATIENCE).jpeg
    assert reader.prepared == [os.fsencode(photo) for photo in photos]


def test_a_photo_that_kills_its_process_hurts_no_other(tmp_path: Path) -> None:
    deadly = make_jpeg(tmp_path / f"{rogue_worker.DEADLY.decode()}.jpg")
    good = [make_jpeg(tmp_path / f"{n}.jpg") for n in range(6)]
    pool = PhotoReaderPool(
        readers=[ProcessPhotoReader(command=rogue_worker.COMMAND) for _ in range(2)]
    )
    with asking(pool) as ask:
        futures = [ask(photo) for photo in (*good[:3], deadly, *good[3:], deadly)]
        blamed = [type(future.exception(PATIENCE)) for future in futures]
    pool.close()

    assert blamed == [type(None)] * 3 + [ProcessKilled] + [type(None)] * 3 + [ProcessKilled]


def test_closing_tells_those_in_line_too(tmp_path: Path) -> None:
    reader = GatedReader()
    pool = PhotoReaderPool(readers=[reader])
    with asking(pool) as ask:
        futures = [ask(make_jpeg(tmp_path / f"{n}.jpg")) for n in range(3)]
        pool.close()
        for _ in futures:
            reader.may_end.release()
        assert [type(future.exception(PATIENCE)) for future in futures] == [Unavailable] * 3
    pool.close()


def test_warming_starts_all_of_them() -> None:
    readers = [FakePhotoReader(), FakePhotoReader()]
    PhotoReaderPool(readers=readers).warm()
    assert all(reader.is_warm for reader in readers)
