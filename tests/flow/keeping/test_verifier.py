"""What is on the disk is compared with what was left there, and nothing is changed."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doubles.sidecars import tagging
from doubles.writing import Desk
from phototagd.adapters.sidecars import DiskSidecars
from phototagd.domain.asset import PathId
from phototagd.domain.inspection import Inspection
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarPolicy
from phototagd.domain.status import Finding, FindingLevel
from phototagd.flow.keeping import verifier
from phototagd.flow.keeping.verifier import Verifier
from phototagd.flow.writing.shelves import Shelves

OK, WARNING, PROBLEM = FindingLevel.OK, FindingLevel.WARNING, FindingLevel.PROBLEM


class House:
    """Written sidecars on a real disk, and whoever compares them."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.desk.catalogue.tagging = tagging()
        self.complaining: list[str] = []
        self.inspected: Inspection | None = None
        self.photo, self.sidecar = root / "IMG_1.jpg", root / "IMG_1.jpg.xmp"
        self.write()

    def write(self, number: int = 1) -> None:
        self.desk.photo(f"IMG_{number}.jpg", path=number)
        assert self.desk.writer.write(self.desk.lease(number)) is None

    def with_sidecar(self, after: PathId, limit: int) -> list[PathRecord]:
        paths = self.desk.catalogue.paths
        return [paths[number] for number in sorted(paths) if number > after][:limit]

    def complaints(self) -> list[str]:
        return self.complaining

    def last_inspection(self) -> Inspection | None:
        return self.inspected

    def findings(self) -> list[Finding]:
        files = DiskSidecars()
        return Verifier(
            catalogue=self,  # type: ignore[arg-type]  # the part that is used
            care=self,  # type: ignore[arg-type]  # the part that is used
            files=files,
            editor=self.desk.editor,
            shelves=Shelves(files=files, policies={}, default=SidecarPolicy()),
        ).findings()

    def wrong(self) -> list[tuple[FindingLevel, str]]:
        return [(one.level, one.detail) for one in self.findings() if one.level is not OK]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_all_is_as_it_was_left(house: House) -> None:
    house.write(2)

    assert house.wrong() == []
    assert [one.detail for one in house.findings()] == ["whole", "2 looked at"]


def _remove(house: House) -> None:
    house.sidecar.unlink()


def _break(house: House) -> None:
    house.sidecar.write_text("<x:xmpmeta")


def _replace_by_folder(house: House) -> None:
    house.sidecar.unlink()
    house.sidecar.mkdir()


def _edit(house: House) -> None:
    house.sidecar.write_text(house.sidecar.read_text() + "\n\n")
    os.utime(house.sidecar, (1_700_000_000, 1_700_000_000))


def _rot(house: House) -> None:
    """Another byte, and nothing that would show it: what a failing disk does."""
    before = house.sidecar.stat()
    content = house.sidecar.read_bytes()
    with house.sidecar.open("r+b") as file:
        file.write(content.replace(b"lake", b"lbke"))
    os.utime(house.sidecar, ns=(before.st_atime_ns, before.st_mtime_ns))


def _swap(house: House) -> None:
    record = house.desk.catalogue.paths[PathId(1)]
    house.desk.catalogue.paths[PathId(1)] = replace(record, content_hash="another photo")


def _lose_both(house: House) -> None:
    house.sidecar.unlink()
    house.photo.unlink()


@pytest.mark.parametrize(
    ("harm", "level", "words"),
    [
        (_remove, PROBLEM, "the sidecar is gone"),
        (_break, PROBLEM, "XML"),
        (_replace_by_folder, PROBLEM, "is a folder"),
        (_edit, WARNING, "another program changed it"),
        (_rot, PROBLEM, "its bytes changed although"),
        (_swap, PROBLEM, "another photo"),
        (_lose_both, WARNING, "the photo is not there"),
    ],
)
def test_each_harm_is_named_and_has_a_remedy(
    house: House, harm: Callable[[House], None], level: FindingLevel, words: str
) -> None:
    house.write(2)
    harm(house)

    [finding] = [one for one in house.findings() if one.level is not OK]

    assert finding.level is level
    assert words in finding.detail
    assert finding.remedy
    assert "IMG_1" in finding.name


def test_a_damaged_database_is_a_problem(house: House) -> None:
    house.complaining = ["row 7 missing from index job_due"]

    assert house.wrong() == [(PROBLEM, "row 7 missing from index job_due")]


def test_a_lost_disk_does_not_fill_the_terminal(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first five hundred are named, and that there are more."""
    monkeypatch.setattr(verifier, "MOST_FINDINGS", 3)
    monkeypatch.setattr(verifier, "PAGE", 2)
    for number in range(2, 7):
        house.write(number)
        (house.desk.root / f"IMG_{number}.jpg.xmp").unlink()

    assert [detail for _, detail in house.wrong()] == ["the sidecar is gone"] * 3 + [
        "there are more"
    ]


def test_nothing_is_changed(house: House) -> None:
    _edit(house)
    before = house.sidecar.read_bytes(), house.sidecar.stat().st_mtime_ns

    house.findings()

    assert (house.sidecar.read_bytes(), house.sidecar.stat().st_mtime_ns) == before


def test_the_weekly_look_is_told(house: House) -> None:
    house.inspected = Inspection(datetime(2026, 5, 1, 12, tzinfo=UTC))

    assert "read on 2026-05-01" in house.findings()[0].detail
