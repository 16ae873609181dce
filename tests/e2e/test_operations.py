"""What an operator relies on, with real processes."""

import json
import os
import signal
from collections.abc import Callable
from typing import Any

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until

TOKEN = "s3cret-t0ken"


def _change(daemon: PhotoDaemon, old: str, new: str) -> None:
    text = daemon.settings.read_text()
    assert old in text
    daemon.settings.write_text(text.replace(old, new))


def _reason(daemon: PhotoDaemon) -> Callable[[], Any]:
    return lambda: [closure["reason"] for closure in daemon.status()["closures"]]


def test_outside_the_schedule_only_what_a_person_names_is_asked(daemon: PhotoDaemon) -> None:
    """Status says why the rest waits; SIGHUP opens the day."""
    _change(daemon, "[log]", '[schedule]\nactive = "never"\n[log]')
    daemon.start()
    for seed in (1, 2):
        make_jpeg(daemon.photos / f"{seed}.jpg", seed=seed)
    until(lambda: daemon.status()["queued"] == 2, "both photos to be queued")
    assert _reason(daemon)() == ["the schedule is never open"]

    with daemon.control() as control:
        control.tag([os.fsencode(daemon.photos / "1.jpg")])
    until((daemon.photos / "1.jpg.xmp").exists, "the photo that was asked for")

    assert len(daemon.events("photo.tagged")) == 1
    assert daemon.status()["queued"] == 1
    _change(daemon, '"never"', '"always"')
    daemon.signal(signal.SIGHUP)
    until((daemon.photos / "2.jpg.xmp").exists, "the other one")
    assert _reason(daemon)() == []


def test_the_log_holds_no_picture_no_prompt_and_no_token(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """Not even at its most talkative, with an answer, a refusal and a backup in it."""
    (daemon.home / "token").write_text(TOKEN)
    _change(daemon, 'language = "en"', 'language = "en"\ntoken_file = "token"')
    _change(daemon, 'format = "json"', 'format = "json"\nlevel = "debug"')
    daemon.start()
    photo = daemon.photos / "1.jpg"
    make_jpeg(photo, seed=1)
    until(lambda: daemon.status()["done"] == 1, "the photo to be tagged")
    model_server.stop()
    make_jpeg(daemon.photos / "2.jpg", seed=2)
    until(lambda: daemon.status()["engine"] == "waiting", "the lost server to be noticed")
    with daemon.control() as control:
        known = dict(control.show(os.fsencode(photo)) or {})
        control.back_up(None)
        assert all(finding.level == "ok" for finding in control.verify())
    daemon.terminate()

    log = daemon.log.read_text()
    tagging: Any = known["tagging"]
    assert '"photo.asked"' in log
    for secret in (
        "/9j/",  # how every JPEG begins in base64
        json.dumps(tagging["prompt"]["system"])[1:60],
        tagging["answer"]["caption"],
        TOKEN,
    ):
        assert secret not in log
