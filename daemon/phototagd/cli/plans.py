"""A plan for sidecars, as lines that a person reads before saying yes."""

from collections.abc import Iterator, Mapping
from typing import Any

_DOES = {
    "none": "nothing changes",
    "create": "a new sidecar",
    "replace": "changed",
    "restore": "as it was before phototagd, byte for byte",
    "remove": "removed: it was ours, and nobody else wrote into it",
}


def plan_lines(amendment: Mapping[str, Any]) -> Iterator[str]:
    """What an order does, photo by photo."""
    for plan in amendment["plans"]:
        yield from photo_lines(plan)
    left = amendment["count"] - sum(not plan["reason"] for plan in amendment["plans"])
    if left > 0:
        yield f"… and {left} more"


def photo_lines(plan: Mapping[str, Any]) -> Iterator[str]:
    """What an order does to one photo."""
    yield f"{plan['path']}: {plan['reason']}" if plan["reason"] else plan["path"]
    for sidecar in plan["sidecars"]:
        yield f"  {sidecar['path']}: {_DOES.get(sidecar['action'], sidecar['action'])}"
        if sidecar["added"]:
            yield f"    + {', '.join(sidecar['added'])}"
        if sidecar["removed"]:
            yield f"    - {', '.join(sidecar['removed'])}"
        if sidecar["caption_before"] != sidecar["caption_after"]:
            yield from _caption_lines(sidecar["caption_before"], sidecar["caption_after"])


def _caption_lines(before: str, after: str) -> Iterator[str]:
    if before:
        yield f"    - caption: {before}"
    if after:
        yield f"    + caption: {after}"
