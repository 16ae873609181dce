"""The doctor: each thing that is wrong is found, and comes with a remedy."""

import shutil
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doubles.captioner import FakeCaptioner
from doubles.hand_driven import HandDriven
from phototagd.app.desk import checking
from phototagd.app.desk import machine as upkeep
from phototagd.app.desk.checking import Doctor
from phototagd.app.desk.desk import Desk
from phototagd.domain.errors import BadReply, Unavailable
from phototagd.domain.inspection import Inspection
from phototagd.domain.library import LibraryReport, LibraryState, WatchMode
from phototagd.domain.status import Finding, FindingCause, FindingLevel
from phototagd.settings import BackupSettings, ModelSettings

OK, WARNING, PROBLEM = FindingLevel
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 -- as shutil returns it


@pytest.fixture(autouse=True)
def asked_captioner(monkeypatch: pytest.MonkeyPatch, captioner: FakeCaptioner) -> FakeCaptioner:
    """The doctor makes clients of its own."""
    monkeypatch.setattr(checking, "captioner_at", lambda *_: captioner)
    return captioner


def examined(house: HandDriven, *, dead: int = 0) -> list[Finding]:
    for watcher in house.parts.arriving.watchers:
        watcher.run_once()
    libraries = [watcher.report() for watcher in house.parts.arriving.watchers]
    return Doctor(house.parts, dead=dead, libraries=libraries).findings()


def found(findings: list[Finding], name: str) -> Finding:
    return next(f for f in findings if f.name.startswith(name) and f.level is not OK)


def test_a_healthy_house_has_nothing_to_complain_of(house: HandDriven, photos: Path) -> None:
    (photos / "a.txt").touch()

    findings = examined(house)

    known = {"database"}  # this machine's SQLite may be an old one
    assert [f for f in findings if f.level is not OK and f.name not in known] == []
    assert {f.name.split()[0] for f in findings} >= {
        "settings", "state", "backups", "clock", "library", "model",
    }  # fmt: skip


def test_whatever_is_wrong_has_a_remedy(
    make_house: Callable[..., HandDriven],
    photos: Path,
    captioner: FakeCaptioner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nearly everything at once."""
    monkeypatch.setattr(checking.shutil, "disk_usage", lambda _: Usage(1, 1, 1000))
    captioner.lost = Unavailable("nobody answers")
    house = make_house(backup=BackupSettings(keep=0))
    house.parts.store.care.record_inspection(Inspection(house.clock.now(), ("page 3 is bad",)))
    shutil.rmtree(photos)

    wrong = [f for f in examined(house, dead=3) if f.level is not OK]

    assert {f.name.split()[0] for f in wrong} >= {
        "state", "backups", "database", "library", "model", "photos",
    }  # fmt: skip
    assert [f for f in wrong if not f.remedy] == []


def test_a_slow_state_disk(house: HandDriven, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.parts.store.care, "commit_seconds", lambda: 0.7)

    finding = found(examined(house), "state disk")

    assert "700 ms" in finding.detail
    assert "faster disk" in finding.remedy


def test_a_state_disk_that_takes_nothing(
    house: HandDriven, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise Unavailable("the disk is full", remedy="make room")

    monkeypatch.setattr(house.parts.store.care, "prove_writable", full)

    finding = found(examined(house), "state disk")

    assert (finding.level, finding.remedy) == (PROBLEM, "make room")


def test_old_backups(house: HandDriven, tmp_path: Path) -> None:
    house.parts.keeping.archivist.back_up(None)
    assert all(f.name != "backups" or f.level is OK for f in examined(house))
    house.clock.advance(timedelta(days=9).total_seconds())

    assert "9 days old" in found(examined(house), "backups").detail


def test_a_clock_before_the_program_was_made(house: HandDriven) -> None:
    house.clock.set_wall(upkeep.FIRST_RELEASE - timedelta(days=400))

    assert "timedatectl" in found(examined(house), "clock").remedy


def test_a_clock_behind_the_last_scan(house: HandDriven, photos: Path) -> None:
    (photos / "a.txt").touch()
    for _ in range(5):
        house.turn()
    house.clock.set_wall(house.clock.now() - timedelta(days=30))

    assert "the last scan was on" in found(examined(house), "clock").detail


def test_too_few_watches(
    make_house: Callable[..., HandDriven], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "watches").write_text("512\n")
    monkeypatch.setattr(upkeep, "WATCHES", tmp_path / "watches")
    house = make_house()
    house.parts.settings.library[0].__dict__["watch"] = "native"  # frozen, and only for this look

    assert "sysctl" in next(upkeep._watches(house.parts)).remedy


def test_a_model_that_answers_nonsense(house: HandDriven, captioner: FakeCaptioner) -> None:
    captioner.script.append(BadReply("not even JSON"))

    finding = found(examined(house), "model server")

    assert (finding.level, finding.cause) == (PROBLEM, FindingCause.ENGINE)
    assert "a test picture failed" in finding.detail


def test_no_engine_at_all(make_house: Callable[..., HandDriven]) -> None:
    house = make_house(model=ModelSettings(engine="none"))

    assert 'set model.engine to "ollama"' in found(examined(house), "model").remedy


def test_a_library_that_takes_no_sidecars(
    house: HandDriven, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "a.txt").touch()
    monkeypatch.setattr(checking, "_unwritable", lambda _: "Permission denied")

    finding = found(examined(house), "library")

    assert "Permission denied" in finding.detail
    assert "mirror" in finding.remedy


def test_hints_that_could_not_be_had(house: HandDriven, photos: Path) -> None:
    (photos / "a.txt").touch()
    report = LibraryReport(
        bytes(photos), WatchMode.OFF, LibraryState.ONLINE, "the watch limit is reached", None
    )

    findings = Doctor(house.parts, dead=0, libraries=[report]).findings()

    assert "the watch limit is reached" in found(findings, "library").detail


def test_the_desk_asks_the_doctor(house: HandDriven, photos: Path) -> None:
    (photos / "a.txt").touch()
    house.turn()

    findings: list[Any] = Desk(house.parts, is_running=True).check()

    assert {"backups", "clock"} <= {finding.name for finding in findings}
