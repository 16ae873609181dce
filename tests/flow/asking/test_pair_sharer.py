"""A RAW and the JPEG beside it cost one question, whichever of them comes first."""

import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from doubles.captioner import PLAUSIBLE, reply_with
from doubles.tagging_line import TaggingLine
from phototagd.domain.asset import (
    AssetId,
    CaptureFacts,
    Identity,
    Inspection,
    Location,
    PhotoKind,
    Stamp,
)
from phototagd.domain.errors import Unreadable
from phototagd.domain.job import Priority
from phototagd.domain.record import Arrival
from phototagd.domain.tagging import Question, Reply
from phototagd.flow.asking.endpoint import RECHECK_SECONDS

TAKEN = datetime(2026, 5, 1, 8, 30)  # noqa: DTZ001 -- a camera without an offset


def put(
    line: TaggingLine,
    name: str,
    *,
    taken: datetime | None = TAKEN,
    priority: Priority = Priority.NEW,
) -> AssetId:
    """A photo of the kind that its name says, taken in."""
    path = line.folder / name
    path.write_bytes(b"\xff\xd8\xff\xe0" + name.encode() + b"\xff\xd9")
    seen = path.stat()
    is_raw = name.lower().endswith((".cr3", ".dng"))
    identity = Identity(
        kind=PhotoKind.RAW if is_raw else PhotoKind.JPEG,
        content_hash=name,
        covers_metadata=False,
        stamp=Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ino),
    )
    line.reader.inspections[os.fsencode(path)] = Inspection(CaptureFacts(taken_at=taken))
    location = Location(line.library.id, b"", os.fsencode(name))
    (arrived,) = line.store.catalogue.take_in([Arrival(location, identity, priority)])
    return arrived.asset


def asked(line: TaggingLine) -> list[str]:
    """The photos that the model was shown, in order."""
    return [e.path.rpartition(b"/")[2].decode() for e in line.events.named("photo.tagged")]


def ask_all(line: TaggingLine) -> None:
    """Everything that is asked within the next minutes; no two answers are alike."""
    line.captioner.script.extend(_numbered for _ in range(20))
    for _ in range(20):
        line.ask_once()
        line.clock.advance(5)


def _numbered(question: Question) -> Reply:
    return reply_with(PLAUSIBLE | {"caption": f"A lake seen by question {id(question)}."})


def another_model(line: TaggingLine) -> None:
    line.captioner.facts = replace(line.captioner.facts, digest="sha256:" + "8b" * 32)
    line.clock.advance(RECHECK_SECONDS)
    line.endpoint.keep()


def captions(line: TaggingLine, *assets: AssetId) -> list[str]:
    found = [line.store.catalogue.latest_tagging(asset) for asset in assets]
    return [tagging.answer.caption for tagging in found if tagging]


@pytest.mark.parametrize("names", [("A.CR3", "A.JPG"), ("A.JPG", "A.CR3")], ids=" ".join)
def test_a_pair_is_asked_about_once_by_its_jpeg(line: TaggingLine, names: tuple[str, str]) -> None:
    assets = [put(line, name) for name in names]

    ask_all(line)

    assert asked(line) == ["A.JPG"]
    first, second = captions(line, *assets)
    assert first == second
    assert [line.state(asset) for asset in assets] == ["done", "done"]
    assert len(line.events.named("photo.adopted")) == 1


def test_a_jpeg_that_comes_after_its_raw_was_answered_is_not_asked_about(
    line: TaggingLine,
) -> None:
    raw = put(line, "A.CR3")
    ask_all(line)
    jpeg = put(line, "A.JPG")

    ask_all(line)

    assert asked(line) == ["A.CR3"]
    assert len(set(captions(line, raw, jpeg))) == 1


def test_a_jpeg_waits_while_its_raw_is_being_asked_about(line: TaggingLine) -> None:
    put(line, "A.CR3")
    line.prepare_all()
    put(line, "A.JPG")

    ask_all(line)

    assert asked(line) == ["A.CR3"]


@pytest.mark.parametrize(
    ("name", "taken"),
    [("A.JPG", TAKEN + timedelta(minutes=1)), ("A.JPG", None), ("B.JPG", TAKEN), ("A.DNG", TAKEN)],
    ids=["another moment", "unknown moment", "another name", "two RAW files"],
)
def test_what_is_no_pair_is_asked_about_one_by_one(
    line: TaggingLine, name: str, taken: datetime | None
) -> None:
    put(line, "A.CR3")
    put(line, name, taken=taken)

    ask_all(line)

    assert sorted(asked(line)) == sorted(["A.CR3", name])


def test_the_raw_is_asked_about_when_its_jpeg_is_broken(line: TaggingLine) -> None:
    raw, jpeg = put(line, "A.CR3"), put(line, "A.JPG")
    line.reader.errors[line.path("A.JPG")] = Unreadable("broken")

    ask_all(line)

    assert asked(line) == ["A.CR3"]
    assert (line.state(raw), line.state(jpeg)) == ("done", "dead")


def test_a_person_does_not_wait_for_a_jpeg_in_the_backlog(line: TaggingLine) -> None:
    put(line, "A.JPG", priority=Priority.BACKLOG)
    put(line, "A.CR3", priority=Priority.PERSON)

    line.ask_once()

    assert asked(line) == ["A.CR3"]


def test_who_asks_again_about_one_half_gets_a_new_answer(line: TaggingLine) -> None:
    put(line, "A.JPG")
    raw = put(line, "A.CR3")
    ask_all(line)

    another_model(line)
    line.queue.enqueue_tag(raw, "", Priority.PERSON, line.clock.now())
    ask_all(line)

    assert asked(line) == ["A.JPG", "A.CR3"]


def test_who_asks_again_about_both_pays_once(line: TaggingLine) -> None:
    jpeg, raw = put(line, "A.JPG"), put(line, "A.CR3")
    ask_all(line)
    another_model(line)

    for asset in (jpeg, raw):
        line.queue.enqueue_tag(asset, "", Priority.BACKLOG, line.clock.now())
    ask_all(line)

    assert asked(line) == ["A.JPG", "A.JPG"]
    assert len(set(captions(line, raw, jpeg))) == 1
