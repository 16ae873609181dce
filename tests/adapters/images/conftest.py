"""One decoding process for all tests that only read through it."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from phototagd.adapters.images import ProcessPhotoReader
from phototagd.domain.asset import Prepared

Prepare = Callable[..., Prepared]


@pytest.fixture(scope="session")
def reader() -> Iterator[ProcessPhotoReader]:
    reader = ProcessPhotoReader()
    yield reader
    reader.close()


@pytest.fixture
def prepare(reader: ProcessPhotoReader) -> Prepare:
    """Prepare by Path, and look that the result is what every model takes."""

    def prepare(photo: Path, long_side: int = 1024) -> Prepared:
        prepared = reader.prepare(os.fsencode(photo), long_side=long_side)
        with Image.open(io.BytesIO(prepared.jpeg)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert image.size == (prepared.width, prepared.height)
            assert "progressive" not in image.info
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
            assert min(image.size) >= 64
            assert max(image.size) <= max(long_side, 64)
            assert max(image.size) <= 20 * min(image.size)
        return prepared

    return prepare
