"""Client and API together keep the contracts of Overview and SavedSearches, over a real socket."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from doubles.asking import ask
from doubles.control import FakeControl
from doubles.overview import MUNICH, FakeOverview
from phototagd.adapters.control_client import ControlClient
from phototagd.domain.gallery import Sight
from phototagd.domain.likeness import Likeness
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.web.control import control_app
from phototagd.web.server import WebServer

STRANGER, OWNER = Sight(), Sight(sees_private=True)


@pytest.fixture
def fake() -> FakeOverview:
    return FakeOverview()


@pytest.fixture
def control(fake: FakeOverview) -> FakeControl:
    control = FakeControl()
    control.overview = fake
    return control


@pytest.fixture
def client(tmp_path: Path, control: FakeControl) -> Iterator[ControlClient]:
    server = WebServer(
        control=control, health=control, control_socket=tmp_path / "control.sock", listen=""
    )
    server.start()
    found = ControlClient.find(tmp_path / "control.sock")
    assert found is not None
    with found:
        yield found
    server.stop()


def test_everything_arrives_as_it_was_said(client: ControlClient, fake: FakeOverview) -> None:
    whole = client.overview
    leap = date(2024, 2, 29)

    assert whole.timeline(OWNER) == fake.timeline(OWNER)
    for day in (None, leap):
        told = whole.on_this_day(day, most=3, sight=STRANGER)
        assert told == fake.on_this_day(day, most=3, sight=STRANGER)
    assert whole.places("zh", OWNER) == fake.places("zh", OWNER)
    assert whole.at_places([MUNICH], OWNER) == fake.at_places([MUNICH], OWNER)
    assert whole.facets(STRANGER) == fake.facets(STRANGER)
    for kind in (None, Likeness.BURST):
        groups = whole.like_groups(kind, start=2, most=5, sight=STRANGER)
        assert groups == fake.like_groups(kind, start=2, most=5, sight=STRANGER)
    assert fake.asked[::2] == fake.asked[1::2]


def test_searches_are_kept_over_there(client: ControlClient, control: FakeControl) -> None:
    dogs = SavedSearch("dogs 狗", "dog", HitOrder.DATE)

    assert client.searches.save(" dogs  狗", "dog ", HitOrder.DATE) == dogs
    assert client.searches.all() == control.searches.all() == [dogs]
    assert client.searches.remove("dogs 狗")
    assert not client.searches.remove("dogs 狗")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/on-this-day?day=2023-02-29", None),
        ("GET", "/duplicates?likeness=twins", None),
        ("GET", "/duplicates?start=-1", None),
        ("POST", "/places", {"wanted": [{"street": "x"}]}),
        ("POST", "/places", {}),
        ("POST", "/searches", {"name": "a", "query": ""}),
        ("POST", "/searches", {"name": "a", "query": "b", "order": "size"}),
    ],
)
def test_nonsense_is_refused(
    control: FakeControl, method: str, path: str, body: dict[str, object] | None
) -> None:
    answer = ask(control_app(control=control, health=control), method, path, json=body)
    assert answer.status_code == 400
