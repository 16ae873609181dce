"""Words in the photos themselves: put in, merged with a person's, taken out; never unasked."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.captioner import FakeCaptioner
from doubles.hand_driven import HandDriven, hand_driven
from doubles.pictures import make_jpeg, make_png
from doubles.tools import lines_of, tool
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.app.desk.amending import build_amender
from phototagd.app.desk.machine import machine_findings
from phototagd.app.store import no_step
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.events import WordsEmbedded
from phototagd.domain.status import FindingLevel
from phototagd.settings import LibrarySettings, Settings

NAMES = ("a.jpg", "b.png")
FEWEST_STEPS = 7


class Crash(BaseException):
    """The power is gone; nobody catches this."""


class CrashAt:
    """Lets so many steps of the embedding pass and ends everything at the next."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.name = ""

    def __call__(self, name: str) -> None:
        self._left -= name.startswith("embed.") or bool(self.name)
        if self._left <= 0:
            self.name = self.name or name
            raise Crash(name)


class Home:
    """A library with a JPEG and a PNG, and the daemon's lives in it."""

    def __init__(self, folder: Path, reader: ProcessPhotoReader, *, embed: bool = True) -> None:
        self.photos, self.state = folder / "photos", folder / "state"
        self.photos.mkdir(parents=True)
        self.state.mkdir()
        make_jpeg(self.photos / "a.jpg", seed=1, keywords=("iim",), make="Canon")
        make_png(self.photos / "b.png", seed=2)
        self.settings = Settings(
            state_dir=self.state,
            library=(LibrarySettings(path=self.photos, watch="scan", embed=embed),),
        )
        self.clock = FakeClock(datetime.now(UTC))
        self.reader = reader
        self.asked = 0
        self.original = self.contents()

    def live(
        self,
        order: Callable[[HandDriven], object] = lambda _: None,
        step: Callable[[str], None] = no_step,
    ) -> list[WordsEmbedded]:
        """One life of the daemon; what was embedded in it."""
        self.clock.advance(600)
        captioner = FakeCaptioner()
        with hand_driven(
            self.settings,
            clock=self.clock,
            captioner=captioner,
            reader=self.reader,
            step=step,
        ) as house:
            house.start()
            house.run()
            order(house)
            house.run()
            self.asked += len(captioner.questions)
            return [one for one in house.events.events if isinstance(one, WordsEmbedded)]

    def contents(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.photos.iterdir() if one.name in NAMES}

    @property
    def files(self) -> tuple[bytes, ...]:
        return tuple(os.fsencode(self.photos / name) for name in NAMES)

    def undo(self, house: HandDriven) -> None:
        build_amender(house.parts).undo(UndoOrder(files=self.files), dry_run=False)

    def words(self, name: str) -> set[str]:
        """What exiftool reads, in all three lists."""
        tags = ("-XMP-dc:Subject", "-XMP-lr:HierarchicalSubject", "-XMP-digiKam:TagsList")
        lines = lines_of(tool("exiftool"), "-s3", "-sep", "|", *tags, self.photos / name)
        assert len(set(map(frozenset, (line.split("|") for line in lines)))) <= 1
        return set(lines[0].split("|")) if lines else set()

    def lightroom(self, *changes: str) -> None:
        """Another program writes into both photos."""
        for name in NAMES:
            command = [tool("exiftool"), "-q", "-overwrite_original", *changes, name]
            subprocess.run(command, check=True, cwd=self.photos)


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPhotoReader]:
    reader = ProcessPhotoReader()
    yield reader
    reader.close()


@pytest.fixture
def home(tmp_path: Path, reader: ProcessPhotoReader) -> Home:
    tool("exiftool")
    return Home(tmp_path, reader)


def test_without_the_option_nothing_that_could_touch_a_photo_is_made(
    tmp_path: Path, reader: ProcessPhotoReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("nobody asked for that")

    monkeypatch.setattr("phototagd.app.writing.embedding.EmbeddedPackets", never)
    monkeypatch.setattr("phototagd.app.writing.embedding.Exiftool", never)
    home = Home(tmp_path, reader, embed=False)

    def look(house: HandDriven) -> None:
        assert house.parts.shelving.embedding is None

    assert home.live(look) == []
    assert home.contents() == home.original
    assert not (home.state / "embedding").exists()


def test_words_go_in_and_stay_in_step_and_come_out_byte_for_byte(home: Home) -> None:
    """The whole life: the model, a person in the photo, one in the sidecar, an undo."""
    assert len(home.live()) == 2
    asked = home.asked
    assert home.words("a.jpg") == {"iim", "lake", "hill", "forest"}
    assert home.words("b.png") == {"lake", "hill", "forest"}
    assert home.live() == []  # our own write is no news, and nothing is written again

    home.lightroom(
        *("-XMP-dc:Subject+=Anna", "-XMP-dc:Subject-=lake", "-XMP-dc:Description=By Anna")
    )
    assert len(home.live()) == 2
    for name in (*NAMES, "a.jpg.xmp", "b.png.xmp"):
        assert home.words(name) - {"iim"} == {"Anna", "hill", "forest"}
        said = lines_of(tool("exiftool"), "-s3", "-XMP-dc:Description", home.photos / name)
        assert said == ["By Anna"]

    edit = PersonsEdit(add=("Berta",), remove=("Anna",), caption="By Berta")
    home.live(lambda h: build_amender(h.parts).edit(home.files, edit, dry_run=False))
    for name in (*NAMES, "a.jpg.xmp", "b.png.xmp"):
        assert home.words(name) - {"iim"} == {"Berta", "hill", "forest"}

    home.live(home.undo)
    assert home.words("b.png") == {"Berta"}
    assert home.asked <= asked + 4  # the test picture of each life, and no photo


def test_an_undo_gives_back_the_very_photo(home: Home) -> None:
    home.live()
    assert home.contents() != home.original

    home.live(home.undo)

    assert home.contents() == home.original
    assert sorted(one.name for one in home.photos.iterdir()) == sorted(NAMES)


def test_a_photo_that_refuses_has_its_sidecar_all_the_same(home: Home) -> None:
    (home.photos / "a.jpg").chmod(0o444)

    assert len(home.live()) == 1

    assert (home.photos / "a.jpg").read_bytes() == home.original["a.jpg"]
    assert home.words("a.jpg.xmp") >= {"lake", "hill"}


def test_a_missing_witness_is_told_by_the_doctor(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def findings(house: HandDriven) -> None:
        found = [one for one in machine_findings(house.parts) if one.name == "exiftool"]
        levels.append((found[0].level, found[0].remedy))

    levels: list[tuple[FindingLevel, str]] = []
    home.live(findings)
    monkeypatch.setattr("phototagd.adapters.exiftool.shutil.which", lambda _: None)
    home.live(findings)
    assert levels[0] == (FindingLevel.OK, "")
    assert levels[1][0] is FindingLevel.PROBLEM
    assert "apt install" in levels[1][1]


def test_power_may_go_at_any_step_of_an_embedding(
    tmp_path: Path, reader: ProcessPhotoReader
) -> None:
    """The photo is whole, the words are in it after all, and an undo still takes them out."""
    tool("exiftool")
    seen: list[str] = []
    for number in range(1, 100):
        home, crash = Home(tmp_path / str(number), reader), CrashAt(number)
        (home.photos / "b.png").unlink()
        try:
            home.live(step=crash)
        except Crash:
            seen.append(crash.name)
        else:
            break
        home.live()
        assert home.words("a.jpg") == {"iim", "lake", "hill", "forest"}, crash.name
        home.live(home.undo)
        assert home.contents()["a.jpg"] == home.original["a.jpg"], crash.name
        assert [one.name for one in home.photos.iterdir()] == ["a.jpg"], crash.name
    assert len(seen) > FEWEST_STEPS
