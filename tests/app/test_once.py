"""`run --once` ends when nothing is left that can be done now, and says how it went."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from doubles.captioner import FakeCaptioner, reply_with
from doubles.hand_driven import HandDriven
from doubles.pictures import make_jpeg
from phototagd.app import once as once_module
from phototagd.app.desk.desk import Desk
from phototagd.app.once import ALL_WELL, INTERRUPTED, SOME_DEAD, SOME_WAIT, Once
from phototagd.domain.errors import Unavailable
from phototagd.settings import ModelSettings


def run_once(house: HandDriven, *, wait_seconds: float = 5.0) -> int:
    """Every look is one turn of the house."""
    desk = Desk(house.parts, is_running=True)
    once = Once(house.parts, desk, wait_seconds=wait_seconds, progress=lambda _: house.turn())
    return once.run(threading.Event())


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks follow each other at once: time is the fake clock's."""
    monkeypatch.setattr(once_module, "LOOK_SECONDS", 0.0)


def test_all_well_is_0(house: HandDriven, photos: Path) -> None:
    make_jpeg(photos / "a.jpg", seed=1)

    assert run_once(house) == ALL_WELL
    assert (photos / "a.jpg.xmp").exists()


def test_an_empty_library_is_done_at_once(house: HandDriven) -> None:
    assert run_once(house) == ALL_WELL


def test_a_dead_photo_is_1(house: HandDriven, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"<html>")

    assert run_once(house) == SOME_DEAD


def test_a_second_attempt_is_waited_for(
    house: HandDriven, photos: Path, captioner: FakeCaptioner
) -> None:
    """Ten seconds of back-off are no reason to leave a photo behind."""
    for endpoint in house.parts.asking.endpoints:
        endpoint.keep()
    captioner.script.append(reply_with("nonsense"))
    make_jpeg(photos / "a.jpg", seed=1)

    assert run_once(house) == ALL_WELL
    assert house.events.named("photo.tagged")[0].attempt == 2


def test_a_moved_photos_sidecar_is_waited_for(house: HandDriven, photos: Path) -> None:
    """It follows after half a minute."""
    photo = make_jpeg(photos / "a.jpg", seed=1)
    assert run_once(house) == ALL_WELL
    photo.rename(photos / "b.jpg")
    for watcher in house.parts.arriving.watchers:
        watcher.rescan(full=True)

    assert run_once(house) == ALL_WELL

    assert (photos / "b.jpg.xmp").exists()


def test_a_model_server_that_does_not_come_is_75(
    house: HandDriven, photos: Path, captioner: FakeCaptioner
) -> None:
    captioner.lost = Unavailable("connection refused")
    make_jpeg(photos / "a.jpg", seed=1)
    before = house.clock.monotonic()

    assert run_once(house, wait_seconds=30.0) == SOME_WAIT
    assert house.clock.monotonic() - before >= 30.0


def test_without_an_engine_only_places_are_written(
    make_house: Callable[..., HandDriven], photos: Path
) -> None:
    """Photos wait for a model that nobody wants; that is no failure."""
    make_jpeg(photos / "a.jpg", seed=1)
    house = make_house(model=ModelSettings(engine="none"))

    assert run_once(house) == ALL_WELL
    assert house.events.named("photo.tagged") == []


def test_a_stop_in_between_is_130(house: HandDriven) -> None:
    stop = threading.Event()
    stop.set()
    desk = Desk(house.parts, is_running=True)

    assert Once(house.parts, desk, wait_seconds=1.0, progress=None).run(stop) == INTERRUPTED
