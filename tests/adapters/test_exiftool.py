"""The witness: kept open, killed when it hangs, and honest when it is not there."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from doubles.tools import tool
from phototagd.adapters.exiftool import Exiftool
from phototagd.domain.errors import EmbedRefused, Unavailable


def scripted(folder: Path, body: str) -> Path:
    """A program that stands for exiftool."""
    program = folder / "tool"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def witness(folder: Path, program: str | Path = "exiftool", seconds: float = 20) -> Exiftool:
    limit = timedelta(seconds=seconds)
    return Exiftool(folder=folder, monotonic=time.monotonic, program=str(program), limit=limit)


def test_one_child_answers_many_questions(tmp_path: Path) -> None:
    tool("exiftool")
    make_jpeg(tmp_path / "a", xmp=b"<x/>", make="Canon")
    make_jpeg(tmp_path / "b", make="Canon")
    real = witness(tmp_path)
    try:
        assert real.version()
        child = real._child
        assert real.packet("a") == b"<x/>"
        assert real.packet("b") == b""
        assert real.others("a") == real.others("b")
        assert "Canon" in real.others("a").values()
        assert real._child is child
    finally:
        real.close()
        real.close()


@pytest.mark.parametrize("body", ["exec cat >/dev/null", "exit 3"])
def test_one_that_hangs_or_dies_costs_this_photo_and_is_ended(tmp_path: Path, body: str) -> None:
    silent = witness(tmp_path, scripted(tmp_path, body), seconds=0.05)
    with pytest.raises(EmbedRefused):
        silent.packet("a")
    assert silent._child is None


def test_one_that_is_missing_or_too_old_is_told_with_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="not installed") as caught:
        witness(tmp_path, tmp_path / "none").version()
    assert "apt install" in caught.value.remedy
    old = witness(tmp_path, scripted(tmp_path, 'read l; printf "9.01\\n{ready}\\n"; exec sleep 9'))
    with pytest.raises(Unavailable, match=r"older than 12\.15"):
        old.version()
    old.close()
