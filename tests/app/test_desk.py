"""The desk says whether work can be taken, and why not."""

import shutil
from pathlib import Path

import pytest

from doubles.hand_driven import HandDriven
from doubles.pictures import make_jpeg
from phototagd.app.desk.desk import Desk
from phototagd.domain.engine import EngineState
from phototagd.domain.errors import Unavailable


@pytest.fixture
def desk(house: HandDriven) -> Desk:
    house.turn()
    return Desk(house.parts, is_running=True, stuck=lambda: ["lane-1"])


def test_a_healthy_house_is_ready_and_names_what_is_stuck(desk: Desk) -> None:
    assert desk.unready() == []
    assert desk.stuck() == ["lane-1"]


def test_a_store_that_cannot_be_written_is_not_ready(
    house: HandDriven, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise Unavailable("the disk is full")

    monkeypatch.setattr(house.parts.store.care, "prove_writable", full)

    assert desk.unready() == ["the store cannot be written: the disk is full"]


def test_asking_whether_it_is_ready_takes_back_no_lease(
    house: HandDriven, desk: Desk, photos: Path
) -> None:
    """A probe after a night of sleep must not take a photo from the lane that has it."""
    make_jpeg(photos / "a.jpg", seed=1)
    house.parts.arriving.watchers[0].rescan(full=True)
    for _ in range(8):
        house.parts.arriving.watchers[0].run_once()
        house.parts.arriving.intake.run_once()
        house.clock.advance(2.0)
    house.parts.asking.preparer.step()
    assert desk.status().running == 1
    house.clock.advance(100_000.0)

    assert desk.unready() == []

    assert desk.status().running == 1


def test_without_any_library_there_is_nothing_to_work_on(
    house: HandDriven, desk: Desk, photos: Path
) -> None:
    shutil.rmtree(photos)
    house.clock.advance(60.0)
    house.parts.arriving.watchers[0].run_once()

    assert desk.unready() == ["no library is online"]


def test_status_counts_and_estimates(house: HandDriven, desk: Desk, photos: Path) -> None:
    for seed in range(2):
        make_jpeg(photos / f"{seed}.jpg", seed=seed)
    house.parts.arriving.watchers[0].rescan(full=True)
    house.run()

    status = desk.status()

    assert (status.done, status.queued, status.running) == (2, 0, 0)
    assert status.per_minute > 0
    assert status.eta_seconds is None
    assert status.engine.state is EngineState.OK
    assert b"phototagd_" in desk.metrics()


def test_without_a_daemon_only_the_store_speaks(house: HandDriven) -> None:
    status = Desk(house.parts, is_running=False).status()

    assert status.uptime_seconds is None
    assert status.engine.state is EngineState.OFF


def test_a_pause_holds_photos_and_resume_lets_them_go(
    house: HandDriven, desk: Desk, photos: Path
) -> None:
    make_jpeg(photos / "a.jpg", seed=1)
    house.parts.arriving.watchers[0].rescan(full=True)
    desk.pause()
    for _ in range(10):
        house.turn()
    assert desk.status().paused
    assert house.events.named("photo.asked") == []

    desk.resume()
    house.run()

    assert desk.status().done == 1
