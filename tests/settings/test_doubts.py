"""Allowed, but perhaps not meant."""

from pathlib import Path
from typing import Any

import pytest

from phototagd.settings import (
    EndpointSettings,
    ModelSettings,
    ScheduleSettings,
    Settings,
    attended,
    doubts,
)

TOKEN = Path("/etc/token")


def keys(**more: Any) -> list[str]:
    return [doubt.key for doubt in doubts(Settings(state_dir=Path("/s"), **more))]


def test_the_defaults_are_beyond_doubt() -> None:
    assert keys() == []


@pytest.mark.parametrize(
    ("url", "is_doubted"),
    [("http://gpu:11434", True), ("https://gpu", False), ("http://127.0.0.1:1", False)],
)
def test_a_token_in_the_open_is_doubted(url: str, *, is_doubted: bool) -> None:
    """On this machine nobody reads along."""
    one = keys(model=ModelSettings(url=url, token_file=TOKEN))
    listed = keys(endpoint=(EndpointSettings(url=url, token_file=TOKEN),))

    assert one == ["model.token_file"] * is_doubted
    assert listed == ["endpoint[0].token_file"] * is_doubted


def test_a_schedule_that_never_opens_is_doubted() -> None:
    assert keys(schedule=ScheduleSettings(active="never")) == ["schedule.active"]
    assert keys(schedule=ScheduleSettings(active="never", sunday="always")) == []


def test_who_waits_for_it_keeps_no_hours_and_yields_to_nobody() -> None:
    """`run --once` is a person at work; everything else stays as it was set."""
    settings = Settings(
        state_dir=Path("/s"),
        schedule=ScheduleSettings(active="never"),
        model=ModelSettings(name="mine"),
    )

    now = attended(settings)

    assert now.schedule == ScheduleSettings()
    assert not now.model.yield_to_others
    assert (now.model.name, now.state_dir) == ("mine", settings.state_dir)
    assert now.origin is settings.origin
