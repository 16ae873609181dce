"""Words into a sidecar that has some: ours against exiftool that stays open.

Ours reads, merges, edits, reads again, compares all that is not ours and replaces the file.
To merge with exiftool a program must ask it twice: what is there, and to write. It neither
compares afterwards nor syncs; what the syncs cost is measured by itself.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest

from bench.spent import cpu_seconds
from bench.table import at_least, table
from doubles.sidecars import alternative, listed, packet, tagging
from phototagd.adapters.sidecars import DiskSidecars
from phototagd.adapters.xmp.editor import XmpEditor
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge

pytestmark = pytest.mark.bench

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TIMES = 50
ROUNDS = 3
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


def merged(content: bytes) -> bytes:
    """The sidecar with our words in it."""
    editor = XmpEditor()
    said = tagging(keywords=WORDS)
    edit = merge(
        editor.read(content),
        Offer(generator="phototagd", image_hash="h", tagging=said, keywords=keywords_of(said)),
    )
    assert edit is not None
    edited = editor.edit(content, edit, NOW)
    assert edited != content
    return edited


def merge_file(path: Path) -> None:
    """Read, merge, write beside it and replace, as the daemon does, but for the syncs."""
    beside = path.with_suffix(".new")
    beside.write_bytes(merged(path.read_bytes()))
    beside.replace(path)


def write_for_good(path: Path) -> None:
    """The same through the daemon's own files: held, synced, renamed, the folder synced."""
    files, name = DiskSidecars(), os.fsencode(path)
    old = files.read(name)
    assert old is not None
    files.replace(name, merged(old.content), expected=old)


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

    def write(self, path: Path) -> None:
        """Add the words."""
        said = self._ask(*EXIFTOOL, "-overwrite_original", str(path))
        assert "1 image files updated" in said, said

    def merge(self, path: Path) -> None:
        """Look what is there, then add the words."""
        assert "Subject" in self._ask("-j", "-struct", "-XMP:all", str(path))
        self.write(path)

    def write_for_good(self, path: Path) -> None:
        """Look, add, and sync what it left."""
        self.merge(path)
        for name in (path, path.parent):
            opened = os.open(name, os.O_RDONLY)
            os.fsync(opened)
            os.close(opened)

    def _ask(self, *arguments: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n".join((*arguments, "-execute\n")))
        self._process.stdin.flush()
        said = ""
        for line in self._process.stdout:
            if line.startswith("{ready"):
                break
            said += line
        return said

    def close(self) -> None:
        self._process.communicate("-stay_open\nFalse\n", timeout=10)


def cost_ms(
    work: Callable[[Path], None], content: bytes, folder: Path, meter: Callable[[], float]
) -> float:
    """What the meter counts for one file, over many, in milliseconds."""
    paths = [folder / f"{number}.xmp" for number in range(TIMES)]
    for path in paths:
        path.write_bytes(content)
    before = meter()
    for path in paths:
        work(path)
    return 1000 * (meter() - before) / TIMES


@pytest.fixture
def exiftool() -> Iterator[Exiftool]:
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    process = Exiftool()
    yield process
    process.close()


def test_merging_words_into_a_sidecar(tmp_path: Path, exiftool: Exiftool) -> None:
    def its_cpu() -> float:
        return cpu_seconds([exiftool.pid])

    rows = []
    for size in (10, 300, 1200):
        content = theirs(size)
        rounds = [
            (
                cost_ms(merge_file, content, tmp_path, time.process_time),
                cost_ms(exiftool.write, content, tmp_path, its_cpu),
                cost_ms(exiftool.merge, content, tmp_path, its_cpu),
            )
            for _ in range(ROUNDS)
        ]
        ours, writing, merging = (median(column) for column in zip(*rounds, strict=True))
        times = median(merging / ours for ours, _, merging in rounds)
        kilobytes = round(len(content) / 1024)
        rows.append((kilobytes, ours, writing, merging, times, at_least(times, 5)))
    table(
        "Words merged into a sidecar, CPU time for one",
        [
            "KB",
            "phototagd ms",
            "exiftool -stay_open writes ms",
            "reads and writes ms",
            "times faster",
        ],
        rows,
    )


def test_merging_words_for_good(tmp_path: Path, exiftool: Exiftool) -> None:
    rows = []
    for size in (10, 300, 1200):
        content = theirs(size)
        rounds = [
            (
                cost_ms(write_for_good, content, tmp_path, time.perf_counter),
                cost_ms(exiftool.write_for_good, content, tmp_path, time.perf_counter),
            )
            for _ in range(ROUNDS)
        ]
        ours, its = (median(column) for column in zip(*rounds, strict=True))
        rows.append((round(len(content) / 1024), ours, its, median(b / a for a, b in rounds)))
    table(
        "The same, synced to disk, wall time for one",
        ["KB", "phototagd ms", "exiftool -stay_open ms", "times faster"],
        rows,
    )
