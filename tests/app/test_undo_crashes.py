"""Power is cut after every durable step of an undo and of an edit; nothing is lost or half done."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.captioner import FakeCaptioner
from doubles.hand_driven import hand_driven
from doubles.pictures import make_jpeg
from doubles.sidecars import listed, packet
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.xmp import XmpEditor
from phototagd.app.desk.amending import build_amender
from phototagd.app.store import no_step
from phototagd.domain.amending import ChangeCause, PersonsEdit, UndoOrder
from phototagd.flow.writing.amender import Amender
from phototagd.settings import LibrarySettings, Settings

FOREIGN = packet(listed("dc:subject", ("grandmother",)))
PHOTOS = ("one.jpg", "two.jpg", "three.jpg")
FEWEST_STEPS = 12


class Crash(BaseException):
    """The power is gone; nobody catches this."""


class CrashAt:
    """Once armed, lets so many steps pass and ends everything at the next."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.is_armed = False
        self.name = ""

    def __call__(self, name: str) -> None:
        self._left -= self.is_armed
        if self._left <= 0:
            self.name = self.name or name
            raise Crash(name)


class Home:
    """A foreign sidecar and one of ours, tagged and at rest."""

    def __init__(self, folder: Path, reader: ProcessPhotoReader) -> None:
        self.photos, self.state = folder / "photos", folder / "state"
        self.photos.mkdir(parents=True)
        self.state.mkdir()
        for seed, name in enumerate(PHOTOS):
            make_jpeg(self.photos / name, seed=seed)
        self.foreign, self.ours, self.edited = (self.photos / f"{name}.xmp" for name in PHOTOS)
        self.foreign.write_bytes(FOREIGN)
        self.settings = Settings(
            state_dir=self.state, library=(LibrarySettings(path=self.photos, watch="scan"),)
        )
        self.clock = FakeClock(datetime.now(UTC))
        self.reader = reader
        self.live(lambda _: None)
        assert self.foreign.read_bytes() != FOREIGN
        self._rest = {file: file.read_bytes() for file in (*self.state.iterdir(), *self._sidecars)}

    def restore(self) -> None:
        """Tagged and at rest again, without asking the model once more."""
        for file in (*self.state.iterdir(), *self._sidecars):
            file.unlink()
        for file, content in self._rest.items():
            file.write_bytes(content)

    @property
    def _sidecars(self) -> list[Path]:
        return [file for file in self.photos.iterdir() if file.suffix != ".jpg"]

    def live(
        self, order: Callable[[Amender], object], crash: "CrashAt | None" = None
    ) -> list[list[ChangeCause]]:
        """One life of the daemon with an order in it; the history of each photo.

        The power goes from the order on only: what comes before has a test of its own.
        """
        with hand_driven(
            self.settings,
            clock=self.clock,
            captioner=FakeCaptioner(),
            reader=self.reader,
            step=crash or no_step,
        ) as house:
            house.start()
            house.run()
            amender = build_amender(house.parts)
            if crash is not None:
                crash.is_armed = True
            order(amender)
            house.run()
            histories = [amender.history(file) for file in self.files]
            return [[change.cause for change in changes or ()] for changes in histories]

    def order(self, amender: Amender) -> None:
        """What a person says, and says again after a crash."""
        amender.undo(UndoOrder(files=self.files[:2]), dry_run=False)
        edit = PersonsEdit(add=("Anna",), caption="Mine")
        amender.edit(self.files[2:], edit, dry_run=False)

    @property
    def files(self) -> tuple[bytes, ...]:
        return tuple(os.fsencode(self.photos / name) for name in PHOTOS)


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPhotoReader]:
    reader = ProcessPhotoReader()
    yield reader
    reader.close()


def crashes(
    folder: Path, reader: ProcessPhotoReader
) -> Iterator[tuple[str, Home, list[list[ChangeCause]]]]:
    """Every crash, and the home after the person asked again and the daemon came back."""
    home = Home(folder, reader)
    for number in range(1, 1000):
        home.restore()
        crash = CrashAt(number)
        try:
            home.live(home.order, crash)
        except Crash:
            yield crash.name, home, home.live(home.order)
        else:
            assert number > FEWEST_STEPS
            return


def test_orders_that_are_cut_off_are_whole_after_all(
    tmp_path: Path, reader: ProcessPhotoReader
) -> None:
    """Old bytes back, our own file gone, a person's word in; one line of history for each."""
    editor, seen = XmpEditor(), set()
    for name, home, causes in crashes(tmp_path, reader):
        assert home.foreign.read_bytes() == FOREIGN, f"after {name}"
        left = sorted(path.name for path in home.photos.iterdir())
        assert left == sorted([*PHOTOS, "one.jpg.xmp", "three.jpg.xmp"]), f"after {name}"
        state = editor.read(home.edited.read_bytes())
        assert state.caption == "Mine", f"after {name}"
        assert "Anna" in (state.lists.subject or ()), f"after {name}"
        assert state.record is not None
        assert "Anna" not in state.record.keywords.ours, f"after {name}"
        undone, edited = [ChangeCause.UNDONE], [ChangeCause.EDITED]
        assert [history[:-1] for history in causes] == [undone, undone, edited], f"after {name}"
        seen.add(name)
    assert {"store.written", "replace.rename", "remove.unlink"} <= seen
