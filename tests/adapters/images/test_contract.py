"""The photo reader contract over the fake and the real process."""

from collections.abc import Iterator

import pytest

from contracts.photo_reader import PhotoReaderContract
from doubles import rogue_worker
from doubles.photo_reader import FakePhotoReader
from phototagd.adapters.images import ProcessPhotoReader


class TestFakePhotoReader(PhotoReaderContract):
    @pytest.fixture
    def reader(self) -> FakePhotoReader:
        return FakePhotoReader()


class TestProcessPhotoReader(PhotoReaderContract):
    @pytest.fixture
    def reader(self) -> Iterator[ProcessPhotoReader]:
        reader = ProcessPhotoReader(command=rogue_worker.COMMAND)
        yield reader
        reader.close()
