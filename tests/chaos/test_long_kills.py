"""Kills by the hundred, at random moments and at every named step of a write."""

import os
import random
from pathlib import Path

import pytest

from e2e.kill_loop import kill_again_and_again, leftovers, log_is_json

pytestmark = pytest.mark.chaos


def test_kills_by_the_hundred_lose_nothing(tmp_path: Path) -> None:
    """`KILLS` and `SEED` come from the environment; the seed is printed to repeat a run."""
    kills = int(os.environ.get("KILLS", "150"))
    seed = int(os.environ.get("SEED") or random.randrange(1_000_000))
    print(f"\nKILLS={kills} SEED={seed}")  # noqa: T201 - a failing run is repeated by it

    toll, daemon = kill_again_and_again(home=tmp_path, kills=kills, seed=seed)

    print(toll.table())  # noqa: T201 - the result
    assert (toll.lost, toll.torn, toll.wrong, toll.dead) == (0, 0, 0, 0)
    assert toll.most_at_one_kill <= 1  # there is one lane
    assert toll.repeated <= toll.kills
    assert leftovers(daemon) == []
    assert log_is_json(daemon)
