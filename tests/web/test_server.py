"""The web server starts, serves both faces, and leaves nothing behind."""

import socket
import threading
from pathlib import Path

import httpx
import pytest

from doubles.control import FakeControl
from phototagd.adapters.control_client import ControlClient
from phototagd.domain.errors import ConfigError
from phototagd.web.server import WebServer


def server(folder: Path, listen: str) -> WebServer:
    control = FakeControl()
    return WebServer(
        control=control, health=control, control_socket=folder / "control.sock", listen=listen
    )


@pytest.mark.parametrize("listen", ["127.0.0.1:0", "localhost:0"])
def test_both_faces_are_served_at_once(tmp_path: Path, listen: str) -> None:
    """Health on TCP, orders on the socket only."""
    web = server(tmp_path, listen)
    web.start()
    assert web.address is not None
    url = f"http://127.0.0.1:{web.address[1]}"
    client = ControlClient.find(tmp_path / "control.sock")
    assert client is not None

    with client:
        assert httpx.get(f"{url}/livez").text == "ok\n"
        assert httpx.post(f"{url}/pause").status_code == 404
        assert httpx.get(f"{url}/jobs").status_code == 404
        assert client.status().version == "1.2.3"

    web.stop()
    web.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/livez")


def test_a_port_in_use_is_refused_by_name_and_leaves_no_socket(tmp_path: Path) -> None:
    """The daemon does not start half."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        web = server(tmp_path, listen)

        with pytest.raises(ConfigError, match=rf"web.listen = '{listen}': .*in use"):
            web.start()

    assert not list(tmp_path.iterdir())
    web.stop()


@pytest.mark.parametrize("listen", ["no.such.host.invalid:1", "192.0.2.1:1"])
def test_an_address_of_others_is_refused(tmp_path: Path, listen: str) -> None:
    """With the key to change."""
    with pytest.raises(ConfigError, match=r"web.listen"):
        server(tmp_path, listen).start()


def test_a_socket_left_by_a_killed_daemon_is_replaced(tmp_path: Path) -> None:
    """But nothing else that has its name."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "control.sock"))
    web = server(tmp_path, "")
    web.start()
    client = ControlClient.find(tmp_path / "control.sock")
    assert client is not None
    client.close()
    web.stop()

    (tmp_path / "control.sock").write_text("mine")
    with pytest.raises(ConfigError, match="cannot be made"):
        server(tmp_path, "").start()
    assert (tmp_path / "control.sock").read_text() == "mine"


def test_a_failed_second_socket_frees_the_first(tmp_path: Path) -> None:
    """TCP is given back when the control socket cannot be had."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(ConfigError):
        server(tmp_path / "none", f"127.0.0.1:{port}").start()

    socket.create_server(("127.0.0.1", port)).close()
    assert not [t for t in threading.enumerate() if t.name == "web"]
