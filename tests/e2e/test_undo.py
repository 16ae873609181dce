"""The whole life of an undo, with the programs that photographers use in between."""

import hashlib
import json
from pathlib import Path

from doubles.pictures import make_jpeg
from doubles.tools import lines_of, tool
from e2e.processes import PhotoDaemon, until
from e2e.sidecars import edit, keywords, sidecar_of


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def names_of_ours(sidecar: Path) -> list[str]:
    """Whatever carries our prefix, as exiv2 sees it."""
    return [line for line in lines_of(tool("exiv2"), "-PXk", sidecar) if "phototagd" in line]


def test_an_undo_takes_out_what_we_put_in_and_nothing_else(daemon: PhotoDaemon) -> None:
    """Bytes come back where nobody else wrote; else others' words stay; what we made goes."""
    foreign, shared, fresh = (daemon.photos / f"{name}.jpg" for name in ("a", "b", "c"))
    for photo in (foreign, shared):
        edit(sidecar_of(photo), "-XMP-dc:Subject=grandmother", "-XMP:Rating=4")
    before = digest(sidecar_of(foreign))
    daemon.start()
    for seed, photo in enumerate((foreign, shared, fresh)):
        make_jpeg(photo, seed=seed)
    until(lambda: daemon.status()["done"] == 3, "three sidecars")
    assert digest(sidecar_of(foreign)) != before
    edit(sidecar_of(shared), "-XMP-digiKam:TagsList+=Places/Oslo", "-XMP-xmp:Label=Red")
    tool_path = tool("exiv2")
    lines_of(tool_path, "-M", "set Xmp.dc.source scan", sidecar_of(shared))

    photos = [str(photo) for photo in (foreign, shared, fresh)]
    planned = daemon.command("undo", "--dry-run", "--json", *photos, check=True)
    assert json.loads(planned.stdout)["count"] == 3
    assert digest(sidecar_of(foreign)) != before
    daemon.command("undo", *photos, check=True)

    assert digest(sidecar_of(foreign)) == before
    assert not sidecar_of(fresh).exists()
    assert names_of_ours(sidecar_of(shared)) == []
    words = set().union(*keywords(sidecar_of(shared)))
    assert {word.replace("/", "|") for word in words} >= {"grandmother", "Places|Oslo"}
    kept = ("-s3", "-XMP:Rating", "-XMP-xmp:Label", "-XMP-dc:Source", "-XMP-dc:Description")
    assert lines_of(tool("exiftool"), *kept, sidecar_of(shared)) == ["4", "Red", "scan"]
    told = json.loads(daemon.command("history", "--json", str(fresh), check=True).stdout)
    assert [change["cause"] for change in told] == ["undone", "tagged"]

    daemon.command("tag", str(fresh), check=True)
    until(sidecar_of(fresh).exists, "words again, for a person asked")
    daemon.command("edit", str(fresh), "--add-keyword", "Anna", check=True)
    daemon.command("undo", str(fresh), check=True)
    assert keywords(sidecar_of(fresh)) == [{"Anna"}] * 3
