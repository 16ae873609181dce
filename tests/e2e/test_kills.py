"""The short form of `make chaos`: a few kills while photos arrive."""

from pathlib import Path

from e2e.kill_loop import kill_again_and_again, leftovers, log_is_json


def test_killed_again_and_again_it_loses_nothing_and_repeats_only_what_was_in_flight(
    tmp_path: Path,
) -> None:
    toll, daemon = kill_again_and_again(home=tmp_path, kills=4, seed=1, renames=False)

    assert toll.photos > 5
    assert (toll.lost, toll.torn, toll.wrong, toll.dead) == (0, 0, 0, 0)
    assert toll.most_at_one_kill <= 1  # there is one lane
    assert toll.repeated <= toll.kills
    assert leftovers(daemon) == []
    assert log_is_json(daemon)
