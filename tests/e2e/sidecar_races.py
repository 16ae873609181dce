"""A person's program edits a sidecar at the very moment at which the daemon writes it."""

import os
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from doubles.sidecars import tagging
from doubles.writing import Desk
from phototagd.domain.errors import NotYet, SidecarRaced
from phototagd.domain.job import Outcome

ROUNDS_OF_ONE_FILE = 25
MOST_TRIES = 50


def lost_in_races(root: Path, *, races: int, seed: int) -> list[str]:
    """What is missing after that many races; each is one edit against one write."""
    chance = random.Random(seed)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    lost: list[str] = []
    try:
        for number in range(0, races, ROUNDS_OF_ONE_FILE):
            folder = root / str(number)
            folder.mkdir()
            rounds = min(ROUNDS_OF_ONE_FILE, races - number)
            lost += _one_file(folder, rounds=rounds, chance=chance)
    finally:
        sys.setswitchinterval(before)
    return lost


def _one_file(folder: Path, *, rounds: int, chance: random.Random) -> list[str]:
    desk = Desk(folder)
    desk.photo()
    desk.catalogue.tagging = tagging(keywords=("lake",))
    _settle(desk)
    sidecar = folder / "IMG_1.jpg.xmp"
    theirs: list[str] = []
    lost: list[str] = []
    for number in range(rounds):
        theirs.append(f"theirs-{number}")
        ours = f"ours-{number}"
        desk.catalogue.tagging = tagging(keywords=("lake", ours))
        way = chance.choice((_replaces, _writes_in_place))
        _race(desk, sidecar, theirs[-1], way, head_start=chance.random() * 0.003)
        _settle(desk)
        words = desk.state().lists.subject or ()
        missing = [word for word in (*theirs, ours) if word not in words]
        lost += [f"{way.__name__}: {word}" for word in missing]
        theirs = [word for word in theirs if word in words]  # one loss counts once
    lost += [name for name in desk.names() if name.startswith(".")]
    return lost


def _race(
    desk: Desk,
    sidecar: Path,
    word: str,
    way: Callable[[Path, bytes], None],
    *,
    head_start: float,
) -> None:
    start = threading.Barrier(2)

    def person() -> None:
        start.wait()
        threading.Event().wait(head_start)
        way(sidecar, _with_word(sidecar.read_bytes(), word))

    thread = threading.Thread(target=person)
    thread.start()
    start.wait()
    _try(desk)
    thread.join()


def _try(desk: Desk) -> Outcome | Exception | None:
    try:
        return desk.writer.write(desk.lease())
    except (SidecarRaced, NotYet) as error:
        return error


def _settle(desk: Desk) -> None:
    """As the queue does it: again until it is done."""
    for _ in range(MOST_TRIES):
        end = _try(desk)
        if end is None:
            return
    raise AssertionError(f"never written: {end}")


def _with_word(packet: bytes, word: str) -> bytes:
    """What a program saves after a person typed one more keyword."""
    at = packet.index(b"</rdf:Bag>", packet.index(b"<dc:subject>"))
    return packet[:at] + f"<rdf:li>{word}</rdf:li>".encode() + packet[at:]


def _replaces(sidecar: Path, content: bytes) -> None:
    """As ExifTool and digiKam save."""
    temp = sidecar.with_name("IMG_1.jpg.xmp_exiftool_tmp")
    temp.write_bytes(content)
    os.replace(temp, sidecar)  # noqa: PTH105 - the system call is what is tried here


def _writes_in_place(sidecar: Path, content: bytes) -> None:
    """As darktable saves."""
    with sidecar.open("wb") as file:
        half = len(content) // 2
        file.write(content[:half])
        file.flush()
        file.write(content[half:])
