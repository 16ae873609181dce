"""Words into a sidecar that has some: ours against exiftool that stays open, in CPU time."""

import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from bench.spent import cpu_seconds
from bench.table import table
from doubles.sidecars import alternative, listed, packet, tagging
from phototagd.adapters.xmp.editor import XmpEditor
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge

pytestmark = pytest.mark.bench

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TIMES = 100
ROUNDS = 5
WORDS = ("dawn", "harbour", "boat", "lake", "mist")
EXIFTOOL = (
    "-XMP-dc:Description=A boat on a lake.",
    "-XMP-tiff:ImageDescription=A boat on a lake.",
    *(f"-XMP-dc:Subject+={word}" for word in WORDS),
    *(f"-XMP-lr:HierarchicalSubject+={word}" for word in WORDS),
    *(f"-XMP-digiKam:TagsList+={word}" for word in WORDS),
)


def theirs(size: int) -> bytes:
    """A sidecar of about 2, 10 or 40 KB: a person's keywords, and settings we do not know."""
    words = tuple(f"word {number}" for number in range(8))
    settings = " ".join(f'xmp:Setting{number}="{number * 37}"' for number in range(size))
    lists = "".join(
        listed(name, words, kind)
        for name, kind in (
            ("dc:subject", "Bag"),
            ("lr:hierarchicalSubject", "Bag"),
            ("digiKam:TagsList", "Seq"),
        )
    )
    return packet(lists + alternative("dc:rights", x_default="mine"), settings)


def merge_file(path: Path) -> None:
    """Read, merge, write beside it and replace, as the daemon does, but for the syncs."""
    editor = XmpEditor()
    content = path.read_bytes()
    said = tagging(keywords=WORDS)
    edit = merge(
        editor.read(content),
        Offer(generator="phototagd", image_hash="h", tagging=said, keywords=keywords_of(said)),
    )
    assert edit is not None
    edited = editor.edit(content, edit, NOW)
    assert edited != content
    beside = path.with_suffix(".new")
    beside.write_bytes(edited)
    beside.replace(path)


class Exiftool:
    """One process for all files."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["exiftool", "-stay_open", "True", "-@", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid

    def __call__(self, path: Path) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        command = "\n".join((*EXIFTOOL, "-overwrite_original", str(path), "-execute\n"))
        self._process.stdin.write(command)
        self._process.stdin.flush()
        said = ""
        for line in self._process.stdout:
            if line.startswith("{ready"):
                break
            said += line
        assert "1 image files updated" in said, said

    def close(self) -> None:
        self._process.communicate("-stay_open\nFalse\n", timeout=10)


def cpu_ms(work: Callable[[Path], None], content: bytes, folder: Path, cpu: object) -> float:
    """CPU milliseconds for one file, over many."""
    assert callable(cpu)
    paths = [folder / f"{number}.xmp" for number in range(TIMES)]
    for path in paths:
        path.write_bytes(content)
    before = cpu()
    for path in paths:
        work(path)
    return 1000 * (cpu() - before) / TIMES


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_merging_words_into_a_sidecar(tmp_path: Path) -> None:
    exiftool = Exiftool()
    rows = []
    for size in (10, 300, 1200):
        content = theirs(size)
        pairs = [
            (
                cpu_ms(merge_file, content, tmp_path, time.process_time),
                cpu_ms(exiftool, content, tmp_path, lambda: cpu_seconds([exiftool.pid])),
            )
            for _ in range(ROUNDS)
        ]
        ours, its = (median(column) for column in zip(*pairs, strict=True))
        rows.append((round(len(content) / 1024), ours, its, median(b / a for a, b in pairs)))
    exiftool.close()
    table(
        "Words merged into a sidecar, CPU time for one",
        ["KB", "phototagd ms", "exiftool -stay_open ms", "times faster (target 5)"],
        rows,
    )
