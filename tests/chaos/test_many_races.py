"""A person edits while the daemon writes, ten thousand times."""

import os
import random
from pathlib import Path

import pytest

from e2e.sidecar_races import lost_in_races


@pytest.mark.chaos
def test_ten_thousand_races_lose_nothing_on_either_side(tmp_path: Path) -> None:
    races = int(os.environ.get("RACES", "10000"))
    seed = int(os.environ.get("SEED") or random.randrange(1_000_000))
    print(f"\nRACES={races} SEED={seed}")  # noqa: T201 - a failing run is repeated by it

    lost = lost_in_races(tmp_path, races=races, seed=seed)

    print(f"| races | lost |\n|---|---|\n| {races} | {len(lost)} |")  # noqa: T201 - the result
    assert lost == []
