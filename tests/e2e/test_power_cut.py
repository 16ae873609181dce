"""Power cuts at every sync of a real run: what the daemon said was on disk is on disk.

Recorded with strace from the daemon's own system calls, then replayed into a model of a disk
that forgets whatever was not synced, names included (see `power_cut`).
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.power_cut import Call, Disk, recorded, recorder
from e2e.processes import ModelServer, PhotoDaemon, until
from phototagd.adapters.xmp import XmpEditor

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: apt-get install strace"
)
PHOTOS = 4


@dataclass
class Said:
    """What the log has told the world so far."""

    found: set[str] = field(default_factory=set)
    tagged: set[int] = field(default_factory=set)
    written: set[str] = field(default_factory=set)

    def hear(self, line: dict[str, object]) -> None:
        match line:
            case {"event": "photo.found", "path": str(path)}:
                self.found.add(path)
            case {"event": "photo.tagged", "asset": int(asset)}:
                self.tagged.add(asset)
            case {"event": "sidecar.written", "path": str(path)}:
                self.written.add(path)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> tuple[PhotoDaemon, Disk, list[Call]]:
    """A daemon that starts, tags photos, writes into a sidecar that was there, and ends."""
    home = tmp_path_factory.mktemp("cut")
    server = ModelServer()
    server.start()
    daemon = PhotoDaemon(home, server.url)
    for number in range(PHOTOS):
        make_jpeg(daemon.photos / f"{number}.jpg", seed=number)
    (daemon.photos / "0.jpg.xmp").write_bytes(XmpEditor().seed(None))
    daemon.log.touch()
    disk = Disk(home)
    traces = home / "traces"
    traces.mkdir()
    daemon.wrapper = recorder(traces / "calls")
    try:
        daemon.start()
        until(lambda: daemon.status()["done"] == PHOTOS, "all to be tagged")
        assert daemon.terminate() == 0
    finally:
        daemon.close()
        server.stop()
    return daemon, disk, recorded(traces / "calls")


@pytest.mark.parametrize("names_kept", [False, True], ids=["names lost", "names kept"])
def test_what_was_said_to_be_done_survives_a_power_cut_at_every_sync(
    recording: tuple[PhotoDaemon, Disk, list[Call]], tmp_path: Path, *, names_kept: bool
) -> None:
    """Found: in the database. Tagged: the answer too. Written, or settled: a whole sidecar."""
    daemon, disk, calls = recording
    said = Said()
    cuts = 0
    for is_change, call in _replayed(disk, calls):
        if call.number == 2 and call.paths[0] == str(daemon.log):
            said.hear(json.loads(call.data))
        elif not is_change:
            continue
        cuts += 1
        _check(daemon, disk.left(names_kept=names_kept), said, tmp_path / str(cuts))
    assert cuts > 20
    assert len(said.found) == len(said.tagged) == len(said.written) == PHOTOS


def _replayed(disk: Disk, calls: list[Call]) -> Iterator[tuple[bool, Call]]:
    disk.reset()
    for call in calls:
        yield disk.do(call), call


def _check(daemon: PhotoDaemon, left: dict[str, bytes], said: Said, cut: Path) -> None:
    """Open what is left as the daemon would, and compare it with what it said."""
    editor = XmpEditor()
    sidecars = {path for path in left if path.endswith(".xmp") and "/." not in path}
    for path in sidecars:
        editor.read(left[path])
    assert said.written <= sidecars
    cut.mkdir()
    for part in ("phototagd.db", "phototagd.db-wal"):
        if (content := left.get(str(daemon.state / part))) is not None:
            (cut / part).write_bytes(content)
    with closing(sqlite3.connect(cut / "phototagd.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'job'").fetchall():
            assert not said.found
            return
        known = {row[0] for row in database.execute("SELECT CAST(name AS TEXT) FROM path")}
        answered = {row[0] for row in database.execute("SELECT asset_id FROM tagging")}
        settled = {
            row[0]
            for row in database.execute(
                """SELECT CAST(path.name AS TEXT) FROM job JOIN path ON path.id = job.path_id
                   WHERE job.kind = 'write' AND job.state = 'done'"""
            )
        }
    assert {Path(path).name for path in said.found} <= known
    assert said.tagged <= answered
    assert {str(daemon.photos / f"{name}.xmp") for name in settled} <= sidecars
    shutil.rmtree(cut)
