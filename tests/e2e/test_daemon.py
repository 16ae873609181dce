"""The whole path with real processes: a photo dropped into a folder gets its sidecar."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until


def sidecar_of(photo: Path) -> Path:
    return photo.with_name(photo.name + ".xmp")


def arrives(photo: Path) -> Path:
    sidecar = sidecar_of(photo)
    until(sidecar.exists, f"{sidecar.name}")
    return sidecar


def test_a_dropped_photo_gets_its_sidecar_and_stays_as_it_was(daemon: PhotoDaemon) -> None:
    """The first promise and the product, in one."""
    daemon.start()
    photo = daemon.photos / "beach.jpg"
    make_jpeg(photo, seed=1)
    before = photo.read_bytes(), photo.stat().st_mtime_ns

    text = arrives(photo).read_text()

    assert "dc:subject" in text
    assert "http://ns.phototagd.org/1.0/" in text
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before
    until(lambda: daemon.status()["done"] == 1, "the photo to be counted as done")
    assert daemon.terminate() == 0


def test_a_copy_and_a_rename_cost_no_second_question(daemon: PhotoDaemon) -> None:
    """The tagging belongs to the content, whatever it is called."""
    daemon.start()
    photo = daemon.photos / "one.jpg"
    make_jpeg(photo, seed=2)
    arrives(photo)
    copy = daemon.photos / "deep" / "two.jpg"
    copy.parent.mkdir()
    shutil.copyfile(photo, copy)
    arrives(copy)

    photo.rename(daemon.photos / "renamed.jpg")
    arrives(daemon.photos / "renamed.jpg")

    until(lambda: not sidecar_of(photo).exists(), "the old sidecar to follow its photo")
    assert len(daemon.events("photo.tagged")) == 1


def test_uploads_are_taken_once_and_finished(daemon: PhotoDaemon, tmp_path: Path) -> None:
    """By cp, mv, rsync, and a copy that pauses in the middle."""
    daemon.start()
    sources = []
    for seed, name in enumerate(["cp.jpg", "mv.jpg", "rsync.jpg", "slow.jpg"], start=10):
        source = tmp_path / name
        make_jpeg(source, seed=seed)
        sources.append(source)
    slow = sources[3].read_bytes()
    with (daemon.photos / "slow.jpg").open("wb", buffering=0) as upload:
        upload.write(slow[: len(slow) // 2])
        subprocess.run(["cp", sources[0], daemon.photos], check=True)
        subprocess.run(["mv", sources[1], daemon.photos], check=True)
        if shutil.which("rsync"):
            subprocess.run(["rsync", "-a", sources[2], daemon.photos], check=True)
        else:
            shutil.copyfile(sources[2], daemon.photos / "rsync.jpg")
        for name in ("cp.jpg", "mv.jpg", "rsync.jpg"):
            arrives(daemon.photos / name)
        upload.write(slow[len(slow) // 2 :])
    arrives(daemon.photos / "slow.jpg")

    until(lambda: daemon.status()["done"] == 4, "all four to be done")
    tagged = [event["asset"] for event in daemon.events("photo.tagged")]
    assert len(tagged) == len(set(tagged)) == 4


def test_a_killed_daemon_loses_nothing_and_repeats_at_most_what_was_in_flight(
    tmp_path: Path,
) -> None:
    """SIGKILL in the middle, again and again: every photo is tagged once, no half file."""
    server = ModelServer("--seconds-per-answer", "0.05")
    server.start()
    daemon = PhotoDaemon(tmp_path, server.url)
    photos = [daemon.photos / f"{number}.jpg" for number in range(6)]
    for number, photo in enumerate(photos):
        make_jpeg(photo, seed=100 + number)
    kills = 2
    try:
        for kill in range(kills):
            daemon.start()
            goal = min(2 * kill + 1, len(photos))
            until(
                lambda goal=goal: sum(sidecar_of(p).exists() for p in photos) >= goal,
                f"{goal} sidecars",
            )
            daemon.kill()
        daemon.start()
        for photo in photos:
            arrives(photo)
        until(lambda: daemon.status()["done"] == len(photos), "all to be done")
    finally:
        daemon.close()
        server.stop()

    tagged = [event["asset"] for event in daemon.events("photo.tagged")]
    assert len(tagged) - len(set(tagged)) <= kills
    leftovers = [p.name for p in daemon.photos.iterdir() if p.suffix not in (".jpg", ".xmp")]
    assert leftovers == []


def test_photos_wait_while_the_model_is_away_and_go_on_by_themselves(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """Nothing is charged, the log says once what is wrong, and nobody has to do anything."""
    model_server.stop()
    daemon.start()
    photo = daemon.photos / "patient.jpg"
    make_jpeg(photo, seed=3)
    until(lambda: daemon.status()["queued"] == 1, "the photo to be queued")
    assert daemon.status()["engine"] == "waiting"

    model_server.start()

    arrives(photo)
    assert len(daemon.events("engine.lost")) == 1
    assert daemon.events("photo.tagged")[0]["attempt"] == 1


def test_sigterm_ends_well_and_sighup_changes_the_log_level(daemon: PhotoDaemon) -> None:
    """As systemd does it."""
    daemon.start()
    settings = daemon.settings.read_text()
    daemon.settings.write_text(
        settings.replace('format = "json"', 'format = "json"\nlevel = "debug"').replace(
            'language = "en"', 'language = "zh"'
        )
    )
    daemon.signal(signal.SIGHUP)

    until(
        lambda: [e for e in daemon.events("daemon.state") if e["state"] == "reloaded"],
        "the reload",
    )
    reloaded = daemon.events("daemon.state")[-1]["detail"]

    assert reloaded["needs_restart"] == ["model.language"]
    assert daemon.terminate() == 0
    assert daemon.events("daemon.state")[-1]["state"] == "stopped"


def test_once_tags_everything_and_says_how_it_went(daemon: PhotoDaemon) -> None:
    """Exit code 0 when all is well, 1 when a photo is dead, 75 when the model is away."""
    make_jpeg(daemon.photos / "good.jpg", seed=4)
    assert daemon.command("run", "--once").returncode == 0
    assert sidecar_of(daemon.photos / "good.jpg").exists()

    (daemon.photos / "bad.jpg").write_text("<html>not a photo</html>")
    result = daemon.command("run", "--once")
    assert result.returncode == 1
    jobs = json.loads(daemon.command("jobs", "--state", "dead", "--json").stdout)
    assert "bad.jpg" in json.dumps(jobs)


def test_once_without_a_model_server_is_a_temporary_failure(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """75, so that cron tries again."""
    model_server.stop()
    make_jpeg(daemon.photos / "waits.jpg", seed=5)

    assert daemon.command("run", "--once", "--wait", "0.5").returncode == 75


def test_tag_names_files_anywhere(daemon: PhotoDaemon, tmp_path: Path) -> None:
    """With and without a daemon, inside and outside the libraries."""
    alone = tmp_path / "elsewhere" / "alone.jpg"
    alone.parent.mkdir()
    make_jpeg(alone, seed=6)
    result = daemon.command("tag", str(alone), "--json")
    assert result.returncode == 0, result.stderr
    assert sidecar_of(alone).exists()

    daemon.start()
    served = alone.with_name("served.jpg")
    make_jpeg(served, seed=7)
    result = daemon.command("tag", str(served), "--json")
    assert result.returncode == 0, result.stderr
    assert sidecar_of(served).exists()
    shown = json.loads(daemon.command("show", str(served), "--json").stdout)
    assert shown["tagging"]["answer"]["keywords"]
    assert shown["tagging"]["prompt"]["system"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_photo_has_a_reason_and_waits(daemon: PhotoDaemon) -> None:
    """Permission is not the photo's fault."""
    photo = daemon.photos / "locked.jpg"
    make_jpeg(photo, seed=8)
    photo.chmod(0)
    daemon.start()
    until(lambda: daemon.events("photo.refused"), "the refusal")
    photo.chmod(0o644)
    daemon.command("retry", "--dead")

    arrives(photo)


@pytest.mark.parametrize(
    "name",
    [
        b"line\nbreak.jpg",
        "\N{SUNRISE} \N{CJK UNIFIED IDEOGRAPH-6D77}.jpg".encode(),
        b"latin-\xe9.jpg",
    ],
    ids=["newline", "emoji", "not-utf-8"],
)
def test_any_name_is_a_name(daemon: PhotoDaemon, name: bytes) -> None:
    """Paths are bytes from end to end."""
    daemon.start()
    photo = Path(os.fsdecode(os.fsencode(daemon.photos) + b"/" + name))
    make_jpeg(photo, seed=9)

    assert arrives(photo).read_bytes().startswith(b"<?xpacket")


def test_a_lost_database_costs_no_question(daemon: PhotoDaemon) -> None:
    """The sidecar is the product, the database a cache: what stands there is taken over."""
    daemon.start()
    photo = daemon.photos / "kept.jpg"
    make_jpeg(photo, seed=20)
    before = arrives(photo).read_bytes()
    daemon.kill()
    shutil.rmtree(daemon.state)

    daemon.start()
    until(lambda: daemon.status()["done"] == 1, "the photo to be known again")

    assert len(daemon.events("photo.tagged")) == 1
    assert len(daemon.events("photo.adopted")) == 1
    assert sidecar_of(photo).read_bytes() == before


def test_once_is_not_all_well_while_a_sidecar_waits(daemon: PhotoDaemon) -> None:
    """The disk for mirrored sidecars is not mounted: work waits, and the exit code says so."""
    make_jpeg(daemon.photos / "a.jpg", seed=10)
    text = daemon.settings.read_text()
    mirror = f'sidecars = "mirror"\nmirror_dir = "{daemon.home / "unmounted"}"\n[intake]'
    daemon.settings.write_text(text.replace("[intake]", mirror))

    ended = daemon.command("run", "--once")

    assert ended.returncode == 75
    assert "1 photo is left" in ended.stderr
