"""Keyword paths for where, when and with what a photo was taken."""

from dataclasses import dataclass

from phototagd.domain.asset import CaptureFacts, Place
from phototagd.rules.vocabulary.spelling import clean_name


@dataclass(frozen=True, slots=True)
class Branches:
    """The top words of the branches; an empty one is not written."""

    places: str = ""
    dates: str = ""
    cameras: str = ""


def branches_of(
    branches: Branches, place: Place | None, facts: CaptureFacts | None
) -> tuple[str, ...]:
    """As in `Places|Norway|Bergen`, `Dates|2024|2024-05`, `Cameras|FUJIFILM|X-T4`.

    What is not known is left out of a path; a branch without anything known is not written.
    """
    found = []
    if branches.places and place is not None:
        found.append((branches.places, place.country, place.city))
    if branches.dates and facts is not None and facts.taken_at is not None:
        found.append((branches.dates, f"{facts.taken_at:%Y}", f"{facts.taken_at:%Y-%m}"))
    if branches.cameras and facts is not None:
        found.append((branches.cameras, facts.make, facts.model))
    paths = ([name for name in map(clean_name, names) if name] for names in found)
    return tuple("|".join(path) for path in paths if len(path) > 1)
