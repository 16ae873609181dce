"""A model server and a daemon for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.processes import ModelServer, PhotoDaemon


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    server = ModelServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def daemon(tmp_path: Path, model_server: ModelServer) -> Iterator[PhotoDaemon]:
    process = PhotoDaemon(tmp_path, model_server.url)
    yield process
    process.close()
