"""What supervisors see, and who may ask."""

import httpx
import pytest

from doubles.asking import ask
from doubles.control import FakeControl, a_status
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.errors import Unavailable
from phototagd.web.health import health_app


class Asking:
    """Somebody who looks at the pages."""

    def __init__(self, control: FakeControl, host: str = "127.0.0.1") -> None:
        self._app = health_app(health=control, host=host)

    def get(self, path: str, host: str = "127.0.0.1:8420") -> httpx.Response:
        return ask(self._app, "GET", path, host=host)


def test_all_is_well() -> None:
    """Every page answers 200."""
    client = Asking(FakeControl())

    assert (client.get("/livez").status_code, client.get("/readyz").text) == (200, "ok\n")
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=0.0.4")


def test_a_stuck_loop_is_not_alive() -> None:
    """And is named."""
    control = FakeControl()
    control.stuck_loops = ["writer"]
    client = Asking(control)

    assert client.get("/livez").status_code == 503
    assert "writer" in client.get("/livez").text
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").status_code == 503


def test_a_missing_model_is_degraded_not_unready() -> None:
    """The daemon takes photos in and waits."""
    control = FakeControl()
    control.report = a_status(engine=EngineReport(EngineState.WAITING, "refused", "start it"))
    client = Asking(control)

    assert client.get("/readyz").status_code == 200
    details = client.get("/healthz")
    assert (details.status_code, details.json()["status"]) == (200, "degraded")
    assert details.json()["engine_remedy"] == "start it"


def test_a_store_that_cannot_be_written_is_unready() -> None:
    """Even the details can be told then."""
    control = FakeControl()
    control.unready_reasons = ["the store is full"]
    control.error = Unavailable("the store is full")
    client = Asking(control)

    assert (client.get("/readyz").status_code, client.get("/livez").status_code) == (503, 200)
    assert client.get("/healthz").json()["status"] == "failing"


def test_folders_are_not_named() -> None:
    """Counts only: anyone on the machine may ask."""
    assert "/photos" not in Asking(FakeControl()).get("/healthz").text


@pytest.mark.parametrize(
    ("named", "status"),
    [
        ("127.0.0.1:8420", 200),
        ("localhost", 200),
        ("[::1]:8420", 200),
        ("evil.example", 421),
        ("evil.example:8420", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_a_loopback_server_answers_only_to_this_machines_names(named: str, status: int) -> None:
    """A re-bound name of a web page gets nothing."""
    assert Asking(FakeControl()).get("/metrics", named).status_code == status


def test_an_open_server_answers_to_any_name() -> None:
    """In a container the name is the service's."""
    answer = Asking(FakeControl(), "0.0.0.0").get("/livez", "phototagd:8420")

    assert answer.status_code == 200
