"""The client and the API together keep the VocabularyControl contract, over a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.asking import ask
from doubles.control import FakeControl
from phototagd.adapters.control_client import ControlClient
from phototagd.domain.errors import ConfigError
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Order, Verb
from phototagd.web.control import control_app
from phototagd.web.server import WebServer

STRANGER, OWNER = Sight(), Sight(sees_private=True)


@pytest.fixture
def control() -> FakeControl:
    return FakeControl()


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


def test_everything_arrives_as_it_was_said(client: ControlClient, control: FakeControl) -> None:
    fake, words = control.vocabulary, client.vocabulary
    order = Order(verb=Verb.MERGE, words=("yurt", "a|b"), target="tent", text="狗 = dog\n")

    assert words.entries(STRANGER) == fake.listed
    assert words.tend(order, is_dry=True, sight=OWNER) == fake.plan
    assert words.tend(order, is_dry=False, sight=STRANGER) == fake.plan
    assert words.undo(is_dry=True, sight=OWNER) == fake.last
    assert words.suggestions(OWNER) == fake.near
    assert words.export("paths", OWNER) == fake.text
    assert fake.told == [
        ("entries", STRANGER),
        ("tend", order, True, OWNER),
        ("tend", order, False, STRANGER),
        ("undo", True, OWNER),
        ("suggestions", OWNER),
        ("export", "paths", OWNER),
    ]


def test_nothing_to_take_back_is_none(client: ControlClient, control: FakeControl) -> None:
    control.vocabulary.last = None
    assert client.vocabulary.undo(is_dry=False, sight=STRANGER) is None


def test_senseless_order_is_refused_with_its_reason(
    client: ControlClient, control: FakeControl
) -> None:
    control.vocabulary.error = ConfigError("'Dog' cannot go below itself")
    with pytest.raises(ConfigError, match="cannot go below itself"):
        client.vocabulary.tend(Order(verb=Verb.MOVE, words=("Dog",)), is_dry=False, sight=STRANGER)


@pytest.mark.parametrize(
    "body", [{"verb": "eat"}, {"verb": "add", "words": "dog"}, {"verb": "add", "target": 1}, {}]
)
def test_malformed_order_is_refused(control: FakeControl, body: dict[str, object]) -> None:
    app = control_app(control=control, health=control)
    assert ask(app, "POST", "/vocabulary", json=body).status_code == 400
    assert control.vocabulary.told == []


def test_unknown_form_is_refused(control: FakeControl) -> None:
    app = control_app(control=control, health=control)
    assert ask(app, "GET", "/vocabulary/export?form=cloud").status_code == 400
