"""How many processes decode photos follows from the requests in flight, unless it is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.captioner import FakeCaptioner
from phototagd.app.asking.decoding import decoders_of
from phototagd.app.crew import Crew
from phototagd.app.opening import opened
from phototagd.settings import (
    EndpointSettings,
    IntakeSettings,
    ModelSettings,
    Settings,
)
from phototagd.settings.privacy_options import PrivacySettings


@pytest.fixture(autouse=True)
def _eight_cpus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("phototagd.app.asking.decoding.cpus", lambda: 8)
    monkeypatch.setattr("phototagd.app.asking.decoding.installed_reader", lambda: "")
    return


def lanes(*counts: int) -> tuple[EndpointSettings, ...]:
    return tuple(
        EndpointSettings(url=f"http://127.0.0.1:{9000 + number}", concurrency=count)
        for number, count in enumerate(counts)
    )


def test_those_of_all_endpoints_count_and_a_wish_goes_first(tmp_path: Path) -> None:
    def count(**settings: object) -> int:
        return decoders_of(Settings(state_dir=tmp_path, **settings))  # type: ignore[arg-type]

    assert count() == 1
    assert count(endpoint=lanes(8, 8)) == 4
    assert count(endpoint=lanes(64, 64)) == 8
    assert count(endpoint=lanes(16), intake=IntakeSettings(decoders=1)) == 1
    assert count(intake=IntakeSettings(decoders=20)) == 20
    assert count(model=ModelSettings(engine="none")) == 1


def test_each_lane_has_its_own_where_the_text_in_photos_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phototagd.app.asking.decoding.installed_reader", lambda: "rapidocr 3.10.0")
    settings = Settings(state_dir=tmp_path, endpoint=lanes(2, 1))

    assert decoders_of(settings) == 3
    assert decoders_of(settings.model_copy(update={"privacy": PrivacySettings(ocr=False)})) == 1


def test_each_has_a_loop_that_feeds_it(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path / "state", endpoint=lanes(16))
    with opened(settings, connect=lambda *_: FakeCaptioner()) as parts:
        loops = [name for name in Crew(parts).stuck() if name.startswith("preparer")]
    assert loops == ["preparer-1", "preparer-2", "preparer-3", "preparer-4"]
