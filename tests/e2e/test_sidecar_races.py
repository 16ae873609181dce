"""The short form of the races in `make chaos`."""

from pathlib import Path

from e2e.sidecar_races import lost_in_races


def test_an_edit_in_the_moment_of_a_write_loses_nothing_on_either_side(tmp_path: Path) -> None:
    assert lost_in_races(tmp_path, races=150, seed=1) == []
