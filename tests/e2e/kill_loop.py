"""A daemon that is killed again and again while photos arrive in every way they do.

What it promises is checked afterwards, from outside: by the sidecars, by what the model double
was asked, and by what the daemon says of itself.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files as files_of
from itertools import pairwise
from pathlib import Path
from typing import Any

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until
from phototagd.adapters.xmp import XmpEditor

LONGEST_LIFE_SECONDS = 3.0
CANARY = hashlib.sha256(files_of("phototagd").joinpath("canary.jpg").read_bytes()).hexdigest()
LEFTOVERS = (".phtmp", ".phold", ".tmp", ".part")


@dataclass(frozen=True)
class Toll:
    """What the kills cost."""

    kills: int
    photos: int
    inferences: int
    repeated: int
    most_at_one_kill: int
    lost: int
    torn: int
    wrong: int
    dead: int
    stale: int  # sidecars left where a photo was before it was moved again and again

    def table(self) -> str:
        return (
            "| kills | files | inferences | repeated | most at one kill | lost | torn | stale |\n"
            "|---|---|---|---|---|---|---|---|\n"
            f"| {self.kills} | {self.photos} | {self.inferences} | {self.repeated} "
            f"| {self.most_at_one_kill} | {self.lost} | {self.torn} | {self.stale} |"
        )


class Arrivals:
    """Brings photos into a folder by every way, in a thread of its own."""

    def __init__(
        self, *, photos: Path, outside: Path, seed: int, pause_seconds: float, renames: bool
    ) -> None:
        self._photos = photos
        self._outside = outside
        self._chance = random.Random(seed)
        self._pause_seconds = pause_seconds
        self._ways = [self._slowly, self._at_once, self._moved_in, self._copied]
        if renames:
            self._ways.append(self._renamed)
        self._count = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="arrivals")
        outside.mkdir()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def files(self) -> list[Path]:
        """Every photo that is there now."""
        return sorted(p for p in self._photos.rglob("*.jpg") if not p.name.startswith("."))

    def _run(self) -> None:
        while not self._ended.wait(self._pause_seconds * 2 * self._chance.random()):
            self._chance.choice(self._ways)()

    def _new(self) -> Path:
        self._count += 1
        source = self._outside / f"{self._count:05}.jpg"
        return make_jpeg(source, seed=self._count, size=(160, 120))

    def _target(self, name: str) -> Path:
        folder = self._photos / self._chance.choice(("", "2024", "2024/summer", "phone"))
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def _slowly(self) -> None:
        source = self._new()
        content = source.read_bytes()
        with self._target(source.name).open("wb", buffering=0) as upload:
            for part in (content[:2000], content[2000:]):
                upload.write(part)
                self._ended.wait(0.05)

    def _at_once(self) -> None:
        source = self._new()
        shutil.copyfile(source, self._target(source.name))

    def _moved_in(self) -> None:
        source = self._new()
        hidden = self._target(f".{source.name}.part")
        source.rename(hidden)
        hidden.rename(hidden.with_name(source.name))

    def _copied(self) -> None:
        if present := self.files():
            source = self._chance.choice(present)
            shutil.copy2(source, self._target(f"copy-{self._count}-{source.name}"))
            self._count += 1

    def _renamed(self) -> None:
        """Alone half of the time, together with its sidecar otherwise."""
        if not (present := self.files()):
            return
        source = self._chance.choice(present)
        self._count += 1
        target = self._target(f"renamed-{self._count}.jpg")
        source.rename(target)
        sidecar = source.with_name(source.name + ".xmp")
        if self._chance.random() < 0.5 and sidecar.exists():
            sidecar.rename(target.with_name(target.name + ".xmp"))


def kill_again_and_again(
    *, home: Path, kills: int, seed: int, pause_seconds: float = 0.25, renames: bool = True
) -> tuple[Toll, PhotoDaemon]:
    """Kill a daemon `kills` times, let it finish, and count; the daemon has ended well then."""
    server = ModelServer("--seconds-per-answer", "0.1")
    server.start()
    daemon = PhotoDaemon(home, server.url, intake="rescan_minutes = 0.05")
    chance = random.Random(seed)
    arrivals = Arrivals(
        photos=daemon.photos,
        outside=home / "outside",
        seed=seed,
        pause_seconds=pause_seconds,
        renames=renames,
    )
    wasted = [0]
    try:
        arrivals.start()
        for _ in range(kills):
            daemon.launch()
            time.sleep(LONGEST_LIFE_SECONDS * chance.random() ** 0.5)
            daemon.signal(signal.SIGSTOP)  # so that nothing is asked while we kill
            daemon.kill()
            asked = [sha for sha in server.order()["seen"] if sha != CANARY]
            wasted.append(len(asked) - _taggings(daemon))
        arrivals.stop()
        daemon.start()
        files = arrivals.files()
        _finish(daemon, files)
        seen = Counter(sha for sha in server.order()["seen"] if sha != CANARY)
        worst = max(after - before for before, after in pairwise(wasted))
        toll = _count(daemon, files, seen, kills=kills, most_at_one_kill=worst)
        assert daemon.terminate() == 0
    finally:
        arrivals.stop()
        daemon.close()
        server.stop()
    return toll, daemon


def _taggings(daemon: PhotoDaemon) -> int:
    """How many answers a dead daemon has on disk; looked up in a copy, to disturb nothing."""
    with tempfile.TemporaryDirectory() as copy:
        for part in daemon.state.glob("phototagd.db*"):
            shutil.copyfile(part, Path(copy) / part.name)
        database = Path(copy) / "phototagd.db"
        if not database.exists():
            return 0
        connection = sqlite3.connect(database)
        try:
            return int(connection.execute("SELECT count(*) FROM tagging").fetchone()[0])
        except sqlite3.OperationalError:  # killed before there was a table
            return 0
        finally:
            connection.close()


def _finish(daemon: PhotoDaemon, files: list[Path]) -> None:
    """Wait until nothing is left to do; scans bring what moves left to clear."""

    def is_done() -> bool:
        status = daemon.status()
        with daemon.control() as control:
            if status["queued"] or status["running"]:
                return False
            control.rescan(full=True)
        return all(sidecar_of(file).exists() for file in files)

    until(is_done, "all photos to be done", seconds=300)


def sidecar_of(photo: Path) -> Path:
    return photo.with_name(photo.name + ".xmp")


def _count(
    daemon: PhotoDaemon, files: list[Path], seen: Counter[str], *, kills: int, most_at_one_kill: int
) -> Toll:
    editor = XmpEditor()
    lost = torn = wrong = 0
    with daemon.control() as control:
        for file in files:
            sidecar = sidecar_of(file)
            if not sidecar.exists():
                lost += 1
                continue
            try:
                state = editor.read(sidecar.read_bytes())
            except Exception:  # noqa: BLE001 -- whatever is wrong with it, it is not whole
                torn += 1
                continue
            shown: dict[str, Any] = dict(control.show(os.fsencode(file)) or {})
            answer = (shown.get("tagging") or {}).get("answer", {})
            subject = state.lists.subject or ()
            is_right = state.caption == answer.get("caption") and set(subject) == {
                str(word) for word in answer.get("keywords", ())
            }
            wrong += not is_right
        status = control.status()
    return Toll(
        kills=kills,
        photos=len(files),
        inferences=sum(seen.values()),
        repeated=sum(count - 1 for count in seen.values()),
        most_at_one_kill=most_at_one_kill,
        lost=lost,
        torn=torn,
        wrong=wrong,
        dead=status.dead,
        stale=sum(
            not p.with_name(p.name.removesuffix(".xmp")).exists()
            for p in daemon.photos.rglob("*.xmp")
        ),
    )


def leftovers(daemon: PhotoDaemon) -> list[str]:
    """What no crash may leave behind."""
    found = [p for p in daemon.photos.rglob("*") if p.name.startswith(".")]
    found += [p for p in daemon.state.iterdir() if p.name.endswith((".sock", *LEFTOVERS))]
    return sorted(str(p) for p in found)


def log_is_json(daemon: PhotoDaemon) -> bool:
    """Whether every whole line of the log is one JSON object; a kill may cut the last."""
    for line in daemon.log.read_text().splitlines():
        json.loads(line)
    return True
