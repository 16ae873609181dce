"""The client and the API together keep the Control contract, over a real socket."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from doubles.asking import ask
from doubles.control import AT, FakeControl, a_status
from phototagd.adapters.control_client import ControlClient
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.errors import (
    ConfigError,
    PhototagdError,
    SidecarBroken,
    Unavailable,
    Unreadable,
)
from phototagd.domain.job import JobId, JobState
from phototagd.domain.search import HitOrder
from phototagd.domain.status import TagReport
from phototagd.web.control import control_app
from phototagd.web.server import WebServer

ODD = b"/p/\xff\n \xe7\x85\xa7 %41 'a'.jpg"


class House:
    """A served control, and a client of it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "control.sock"
        self.control = FakeControl()
        self.server = WebServer(
            control=self.control, health=self.control, control_socket=self.socket, listen=""
        )
        self.server.start()
        client = ControlClient.find(self.socket)
        assert client is not None
        self.client = client


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    deep = tmp_path_factory.mktemp("x") / ("deep" * 20) / ("folder" * 20)
    deep.mkdir(parents=True)
    house = House(deep)
    yield house
    house.client.close()
    house.server.stop()
    assert not house.socket.exists()


@pytest.fixture
def house(running: House) -> House:
    running.control.__init__()  # type: ignore[misc] -- each test finds it as new
    return running


def test_the_socket_belongs_to_its_owner_alone(house: House) -> None:
    """Whatever the umask says, and however deep it lies."""
    assert house.socket.stat().st_mode & 0o777 == 0o600


def test_reports_come_back_as_they_were_given(house: House) -> None:
    """Status, jobs and findings survive the way, names of any bytes included."""
    house.control.report = a_status(
        engine=EngineReport(EngineState.WAITING, "no model", "ollama pull x"),
        eta_seconds=None,
        uptime_seconds=None,
    )

    assert house.client.status() == house.control.report
    assert house.client.jobs(None, 10) == house.control.listed
    assert house.client.jobs(JobState.DEAD, 10) == house.control.listed[:1]
    assert house.client.jobs(None, 1) == house.control.listed[:1]
    assert house.client.check() == house.control.findings


def test_orders_arrive(house: House) -> None:
    """Each with what it carries."""
    house.client.pause()
    house.client.resume()
    house.client.rescan(full=True)
    house.client.rescan(full=False)
    assert house.client.confirm(ODD) == 120
    assert house.client.confirm(None) == 120

    assert house.client.retry(None) == 1
    assert house.client.retry([JobId(1), JobId(2)]) == 1
    assert house.control.told == [
        ("pause",),
        ("resume",),
        ("rescan", True),
        ("rescan", False),
        ("confirm", ODD),
        ("confirm", None),
        ("retry", None),
        ("retry", [1, 2]),
    ]


def test_a_photo_of_any_name_can_be_tagged_and_shown(house: House) -> None:
    """The daemon sees the bytes that the command was given."""
    house.control.known[ODD] = {"caption": "a dog", "path": os.fsdecode(ODD)}

    assert house.client.tag([ODD]) == [TagReport(path=ODD, state=JobState.QUEUED)]
    [report] = house.client.tagged([ODD])
    assert (report.path, report.sidecar, report.state) == (ODD, ODD + b".xmp", JobState.DONE)
    assert house.client.show(ODD) == house.control.known[ODD]
    assert house.client.show(b"/other") is None


def test_what_persons_order_arrives_as_it_was_said(house: House) -> None:
    """Undo, edits and questions about them, for names of any bytes."""
    order = UndoOrder((ODD,), since=AT, model="m", recipe="r", library=b"/p/\xff")
    edit = PersonsEdit(("A|dog",), ("cat",), "", is_private=False)
    house.control.changes[ODD] = [{"cause": "tagged"}]
    house.control.differences[ODD] = {"said": ["dog"]}

    assert house.client.undo(order, dry_run=True)["count"] == 1
    assert house.client.edit([ODD], edit, dry_run=False)["is_done"]
    assert house.client.history(ODD) == [{"cause": "tagged"}]
    assert house.client.history(b"/other") is None
    assert house.client.diff(ODD) == {"said": ["dog"]}
    assert house.client.diff(b"/other") is None
    assert house.client.outstanding() == 0
    assert house.control.told[:2] == [("undo", order, True), ("edit", ODD, edit, False)]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConfigError("key x"), ConfigError),
        (Unavailable("disk full", remedy="make room"), Unavailable),
        (Unreadable("no photo"), PhototagdError),
        (SidecarBroken("bad xml"), PhototagdError),
    ],
)
def test_an_error_of_the_daemon_is_an_error_of_the_command(
    house: House, error: PhototagdError, kind: type[PhototagdError]
) -> None:
    """Same kind where commands tell kinds apart, same words, same remedy."""
    house.control.error = error

    with pytest.raises(kind, match=str(error)) as raised:
        house.client.pause()
    assert getattr(raised.value, "remedy", "") == getattr(error, "remedy", "")


def test_a_bug_in_the_daemon_is_reported_and_it_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is a plain 500, not JSON."""
    monkeypatch.setattr(house.control, "pause", lambda: 1 / 0)
    with pytest.raises(PhototagdError, match="the daemon failed"):
        house.client.pause()

    assert house.client.status() == house.control.report


def test_a_slow_question_holds_up_no_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` may take minutes while `status` is asked."""
    asked, go_on = threading.Event(), threading.Event()

    def slow() -> list[object]:
        asked.set()
        assert go_on.wait(10)
        return []

    monkeypatch.setattr(house.control, "check", slow)
    checking = threading.Thread(target=lambda: httpx_get(house.socket, "/check"))
    checking.start()
    assert asked.wait(10)
    assert house.client.status() == house.control.report
    go_on.set()
    checking.join()


def httpx_get(path: Path, page: str) -> httpx.Response:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        transport = httpx.HTTPTransport(uds=f"/proc/self/fd/{folder}/{path.name}")
        with httpx.Client(transport=transport) as client:
            return client.get(f"http://localhost{page}")
    finally:
        os.close(folder)


def test_what_was_found_comes_back_as_it_was_given(house: House) -> None:
    """Of the query text and chips; names of any bytes and unknown times included."""
    for order in HitOrder:
        found = house.client.search("狗 \ud800 ?&=", limit=7, order=order)

        assert house.control.told[-1] == ("search", "狗 \ud800 ?&=", 7, order)
        given = house.control.found
        assert found == replace(given, query=replace(given.query, text="狗 \ud800 ?&="))


def test_health_is_answered_on_the_socket_too(house: House) -> None:
    """For a container without a TCP port."""
    assert httpx_get(house.socket, "/readyz").text == "ok\n"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/retry", b"{"),
        ("/retry", b"[]"),
        ("/retry", b'{"ids": "all"}'),
        ("/retry", b'{"ids": [true]}'),
        ("/tag", b"{}"),
        ("/tag", b'{"files": ["a"]}'),
        ("/tag", b'{"files": [{"path": 1}]}'),
        ("/show", b'{"path_base64": "?"}'),
        ("/undo", b"{}"),
        ("/undo", b'{"files": "a"}'),
        ("/undo", b'{"since": "2026-05-01T10:00:00"}'),
        ("/undo", b'{"since": 5}'),
        ("/undo", b'{"library": "/p"}'),
        ("/edit", b"{}"),
        ("/edit", b'{"files": [], "add": "dog"}'),
        ("/edit", b'{"files": [], "is_private": "yes"}'),
        ("/history", b"{}"),
        ("/search", b"{}"),
        ("/search", b'{"query": "dog", "limit": 0}'),
        ("/search", b'{"query": "dog", "limit": true}'),
        ("/search", b'{"query": "dog", "order": "fate"}'),
    ],
)
def test_a_body_that_cannot_be_meant_is_refused(path: str, body: bytes) -> None:
    """With a reason, and without asking the daemon anything."""
    control = FakeControl()
    app = control_app(control=control, health=control)

    answer = ask(app, "POST", path, content=body)

    assert (answer.status_code, control.told) == (400, [])
    assert answer.json()["error"]["message"]
    assert ask(app, "GET", "/jobs?state=lost").status_code == 400
    assert ask(app, "GET", "/retry").status_code == 405


def test_without_a_daemon_there_is_no_client(tmp_path: Path) -> None:
    """No folder, no socket, or one that a killed daemon left behind."""
    house = House(tmp_path)
    house.client.close()
    stale = tmp_path / "stale.sock"
    os.link(house.socket, stale)
    house.server.stop()

    assert ControlClient.find(tmp_path / "none" / "control.sock") is None
    assert ControlClient.find(house.socket) is None
    assert ControlClient.find(stale) is None


def test_a_daemon_that_goes_away_is_said_to_be_gone(tmp_path: Path) -> None:
    """Not a traceback of the HTTP library."""
    house = House(tmp_path)
    house.server.stop()

    with house.client, pytest.raises(Unavailable, match="went away"):
        house.client.status()


def test_a_question_and_its_answer_arrive(house: House) -> None:
    inquiry = house.client.ask(ODD, "Which bird?")

    assert (inquiry.path, inquiry.question) == (ODD, "Which bird?")
    answered = house.client.asked(inquiry.id)
    assert answered is not None
    assert answered.answer == "A falcon."
    assert house.client.asked("another") is None
    with pytest.raises(PhototagdError, match="question is empty"):
        house.client.ask(ODD, " ")
