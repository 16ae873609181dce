"""`timeline`, `places`, `duplicates`, `searches`: text for people, JSON for programs."""

import json
from datetime import date

import pytest

from doubles.house import FakeHouse
from doubles.overview import FakeOverview
from phototagd.domain.gallery import Sight
from phototagd.domain.likeness import Likeness

STRANGER, OWNER = Sight(), Sight(sees_private=True)


@pytest.fixture
def overview(house: FakeHouse) -> FakeOverview:
    whole = house.control.overview
    assert isinstance(whole, FakeOverview)
    return whole


def test_timeline(
    house: FakeHouse, overview: FakeOverview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("timeline") == 0
    assert capsys.readouterr().out.split() == ["2026-05", "2", "undated", "1"]
    assert house.run("timeline", "--json", "--private") == 0
    assert json.loads(capsys.readouterr().out)[0]["name"] == "2026-05"
    assert overview.asked == [STRANGER, OWNER]


def test_on_this_day(
    house: FakeHouse, overview: FakeOverview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("timeline", "--on-this-day") == 0
    assert capsys.readouterr().out == "2020-02-29  7 photos\n  /p/\\xff.jpg: A dog\n"
    assert house.run("timeline", "--day", "2023-02-28", "-k", "3", "--json") == 0
    [one] = json.loads(capsys.readouterr().out)
    assert one["photos"][0]["path_base64"]
    assert overview.asked == [(None, 20, STRANGER), (date(2023, 2, 28), 3, STRANGER)]
    assert house.run("timeline", "--day", "yesterday") == 2


def test_places(
    house: FakeHouse, overview: FakeOverview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("places", "--language", "zh") == 0
    assert capsys.readouterr().out == "Germany  3\n  Munich  1\n"
    assert house.run("places", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["below"][0]["name"] == "Munich"
    assert overview.asked == [("zh", STRANGER), ("en", STRANGER)]


def test_duplicates(
    house: FakeHouse, overview: FakeOverview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("duplicates", "--kind", "similar", "--private", "-k", "7") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["the same picture", "  4000 x 3000      3.50 MB  /p/\\xff.jpg"]
    assert lines[-2:] == ["1 group", "4 photos not compared yet: not decoded so far"]
    assert house.run("duplicates", "--json") == 0
    assert json.loads(capsys.readouterr().out)["groups"][0]["photos"][1]["copies"][1]["size"] == 900
    assert overview.asked == [(Likeness.SIMILAR, 0, 7, OWNER), (None, 0, 100, STRANGER)]


def test_searches_are_kept_and_run(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("search", "dog", "not", "night", "--save", "mine", "--order", "date") == 0
    capsys.readouterr()
    assert house.run("searches", "list") == 0
    assert house.run("searches", "show", "mine") == 0
    assert capsys.readouterr().out == "mine: dog not night\ndog not night\norder: date\n"
    house.control.told.clear()
    assert house.run("searches", "run", "mine", "--json") == 0
    assert house.control.told[0][:2] == ("search", "dog not night")
    capsys.readouterr()
    assert house.run("searches", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["order"] == "date"
    assert house.run("searches", "remove", "mine") == 0
    assert house.run("searches", "remove", "mine") == 1
    assert house.run("searches", "show", "mine") == 1
    assert house.run("search", "dog", "--save", " ") == 2
