"""Keyword paths for where, when and with what a photo was taken."""

from datetime import datetime

from phototagd.domain.asset import CaptureFacts, Place
from phototagd.rules.vocabulary.branches import Branches, branches_of

BERGEN = Place(city="Bergen", state="Vestland", country="Norway", country_code="NO")
SHOT = CaptureFacts(taken_at=datetime(2024, 5, 17, 12), make="FUJIFILM", model="X-T4")  # noqa: DTZ001 -- a camera knows no zone
ALL = Branches(places="Places", dates="Dates", cameras="Cameras")


def test_branches_name_place_month_and_camera() -> None:
    assert branches_of(ALL, BERGEN, SHOT) == (
        "Places|Norway|Bergen",
        "Dates|2024|2024-05",
        "Cameras|FUJIFILM|X-T4",
    )


def test_what_is_not_known_or_not_wanted_is_left_out() -> None:
    assert branches_of(Branches(), BERGEN, SHOT) == ()
    assert branches_of(ALL, None, None) == ()
    assert branches_of(ALL, None, CaptureFacts(model="X-T4")) == ("Cameras|X-T4",)
