"""The shipped profiles, and styles made from them in few words."""

from functools import cache
from typing import Any

from phototagd.adapters.profile_files import read_profile
from phototagd.domain.profile import Profile
from phototagd.rules.answers.style import Style


@cache
def shipped(name: str = "photos") -> Profile:
    return read_profile(name)


def style(**changes: Any) -> Style:
    """The usual style of the profile `photos`, with changes."""
    return Style(**{"profile": shipped(), **changes})


def values_of(field: str, profile: str = "photos") -> tuple[str, ...]:
    """What a choice of a profile may be."""
    return next(one.values for one in shipped(profile).fields if one.name == field)
