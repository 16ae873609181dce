"""Several model servers on one queue, with real processes and sockets."""

import socket
from pathlib import Path

from doubles.openai_api import Flavour, OpenAiDouble
from doubles.pictures import make_jpeg
from e2e.processes import PhotoDaemon, until


def endpoint(url: str, model: str, concurrency: int) -> str:
    return (
        f'[[endpoint]]\nurl = "{url}"\nengine = "openai"\nname = "{model}"\n'
        f"concurrency = {concurrency}\n"
    )


def test_one_server_is_away_and_the_other_works_on(tmp_path: Path) -> None:
    """Until the first is back: a breaker each, and status names the one that waits."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here, away = OpenAiDouble(), OpenAiDouble(flavour=Flavour.VLLM, port=port)
    with here:
        servers = endpoint(here.url, here.model, 4) + endpoint(away.url, away.model, 4)
        daemon = PhotoDaemon(tmp_path, here.url, model=servers)
        try:
            for number in range(12):
                make_jpeg(daemon.photos / f"{number}.jpg", seed=number)
            daemon.start()
            until(lambda: daemon.status().get("done") == 12, "all photos")
            assert away.asked == []
            report = daemon.status()
            assert report["engine"] == "ok"
            reason = f"1 of 2 wait: {away.url}: no model server answers"
            assert report["engine_reason"].startswith(reason)

            here.stop()
            with away:
                make_jpeg(daemon.photos / "late.jpg", seed=99)
                until(lambda: daemon.status().get("done") == 13, "the photo of the other server")
            assert daemon.status()["dead"] == 0
        finally:
            daemon.close()


def test_sixteen_photos_are_asked_about_at_once(tmp_path: Path) -> None:
    with OpenAiDouble(slots=16) as double:
        double.ungated = 1  # the canary
        double.answer_gate.clear()
        lines = endpoint(double.url, double.model, 16)
        daemon = PhotoDaemon(tmp_path, double.url, model=lines)
        try:
            for number in range(20):
                make_jpeg(daemon.photos / f"{number}.jpg", seed=number)
            daemon.start()
            until(lambda: double.in_flight == 16, "sixteen photos in flight")
            double.answer_gate.set()
            until(lambda: daemon.status().get("done") == 20, "all photos")
            assert double.in_flight_most == 16
        finally:
            daemon.close()
