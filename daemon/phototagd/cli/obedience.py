"""Waits until what was ordered stands in the sidecars, and says how that went."""

from collections.abc import Mapping
from typing import Any

from phototagd.cli import exits
from phototagd.cli.house import House
from phototagd.cli.plans import plan_lines
from phototagd.cli.printing import print_json, print_lines, print_trouble
from phototagd.ports import Control

LONGEST_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.2
_FINE = ("it was undone", "nothing of ours")


def finish(
    house: House, control: Control, amendment: Mapping[str, Any], *, verb: str, as_json: bool
) -> int:
    """Print what became of an order and wait for its sidecars; the exit code.

    An order that is on disk is done in any case: waiting ends after a minute without progress.
    """
    if as_json:
        print_json(amendment)
    else:
        print_lines([*plan_lines(amendment), _summary(amendment, verb)])
    waiting = _wait(house, control) if amendment["is_done"] and amendment["count"] else 0
    if waiting:
        print_trouble(f"{waiting} sidecars are not written yet; see: phototagd jobs")
        return exits.WAITING
    return exits.OK if all(map(_is_fine, amendment["plans"])) else exits.DEAD


def _is_fine(plan: Mapping[str, Any]) -> bool:
    """Whether a photo is as it was wanted: nothing to do is fine, not knowing it is not."""
    return not plan["reason"] or plan["reason"].startswith(_FINE)


def _wait(house: House, control: Control) -> int:
    left = control.outstanding()
    patient_until = house.monotonic() + LONGEST_WAIT_SECONDS
    while left and house.monotonic() < patient_until:
        house.sleep(_POLL_SECONDS)
        before, left = left, control.outstanding()
        if left < before:
            patient_until = house.monotonic() + LONGEST_WAIT_SECONDS
    return left


def _summary(amendment: Mapping[str, Any], verb: str) -> str:
    count = amendment["count"]
    photos = "1 photo" if count == 1 else f"{count} photos"
    return f"{photos} {verb}" if amendment["is_done"] else f"{photos} would be {verb}"
