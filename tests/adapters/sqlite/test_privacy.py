"""A photo that turns out private has no words of ours in the store, whoever says it."""

from dataclasses import replace

import pytest

from doubles.photos import arrival, sidecar, tagging
from doubles.store import Bench
from phototagd.domain.amending import ChangeCause, PersonsEdit, SidecarChange
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.meaning import Embedding
from phototagd.domain.privacy import Finding, Privacy, PrivacyCheck
from phototagd.domain.record import Arrived
from phototagd.domain.tagging import Redaction

NAME = b"IMG_1.jpg.xmp"
WORDS = {"caption": "A sunset over the sea", "keywords": ["sunset", "mum"], "ours": ["sunset"]}
SENSITIVE = PrivacyCheck("fake 1", (Finding("id_document", "checksum", 0.95, 1),))
SUSPECT = PrivacyCheck("fake 1", (Finding("bank_card", "checksum", 0.6, 1),))
CLEAR = PrivacyCheck("fake 1")


@pytest.fixture
def photo(bench: Bench) -> Arrived:
    """A photo with two answers, a sidecar, a history and a vector."""
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.queue.enqueue_tag(arrived.asset, "r2", Priority.NEW, bench.clock.now())
    bench.tag(arrived.asset, key="r2")
    change = SidecarChange(
        path=arrived.path,
        name=NAME,
        at=bench.clock.now(),
        cause=ChangeCause.TAGGED,
        added=("sunset",),
        caption_after="A sunset over the sea",
        digest_after="d1",
    )
    bench.store.ledger.intend(change, None)
    write(bench, arrived.path)
    vectors = bench.store.vectors
    vectors.enter("space")
    [due] = vectors.due(1)
    vectors.record("space", [Embedding(arrived.asset, due.digest, b"\1\2")])
    return arrived


def write(bench: Bench, path: PathId, *, verdict: bool | None = None) -> None:
    lease = bench.claimed(JobKind.WRITE)
    record = replace(sidecar(path, words=WORDS), digests={NAME: "d1"}, verdict=verdict)
    assert bench.catalogue.record_sidecar(lease, record, bench.clock.now())


def judge(bench: Bench, photo: Arrived, *, is_private: bool) -> None:
    bench.store.ledger.record_edit([photo.path], PersonsEdit(is_private=is_private))


def everything(bench: Bench) -> str:
    """All that the tables hold, without the sidecar of a person and what is derived by FTS."""
    tables = ("tagging", "history", "edit", "path", "search_fact", "answer_word_photo")
    rows = [
        bench.store._database.read(lambda c, t=table: c.execute(f"SELECT * FROM {t}").fetchall())
        for table in tables
    ]
    return repr([tuple(row) for found in rows for row in found])


def has_vector(bench: Bench, asset: AssetId) -> bool:
    return bool(bench.store.vectors.vectors("space", [asset]))


def visibility(bench: Bench, asset: AssetId) -> str:
    row = bench.store._database.read(
        lambda c: c.execute("SELECT visibility FROM asset WHERE id = ?", (asset,)).fetchone()
    )
    return str(row["visibility"])


def assert_gone(bench: Bench, photo: Arrived) -> None:
    assert visibility(bench, photo.asset) == "private"
    kept = everything(bench)
    for word in ("A sunset", "Ferry"):
        assert word not in kept
    assert not has_vector(bench, photo.asset)
    assert bench.catalogue.words_of(photo.path)["keywords"] == ["mum"]
    assert bench.states("write") == ["queued"]
    [told] = bench.store.ledger.history(photo.path)
    assert (told.cause, told.added, told.caption_after) == (ChangeCause.TAGGED, (), "")


def test_the_words_are_there_at_first(bench: Bench, photo: Arrived) -> None:
    """Or the tests below would prove nothing."""
    kept = everything(bench)
    assert "A sunset" in kept
    assert "Ferry" in kept
    assert has_vector(bench, photo.asset)
    assert bench.states("write") == ["done"]


def test_the_text_in_the_picture_takes_all_words_back(bench: Bench, photo: Arrived) -> None:
    bench.store.privacy.record_check(photo.asset, SENSITIVE)

    assert_gone(bench, photo)
    stored = bench.catalogue.stored_tagging(photo.asset, "r2")
    assert stored is not None
    assert stored.redactions == (Redaction("id_document", 1),)


def test_a_person_takes_all_words_back(bench: Bench, photo: Arrived) -> None:
    judge(bench, photo, is_private=True)

    assert_gone(bench, photo)
    latest = bench.catalogue.latest_tagging(photo.asset)
    assert latest is not None
    assert latest.answer.keywords == ()


def test_a_verdict_found_in_a_sidecar_does_too(bench: Bench, photo: Arrived) -> None:
    bench.queue.enqueue_write(photo.path, Priority.NEW, bench.clock.now())
    write(bench, photo.path, verdict=True)

    assert_gone(bench, photo)


def test_a_later_answer_takes_the_words_of_earlier_ones_back(bench: Bench, photo: Arrived) -> None:
    bench.queue.enqueue_tag(photo.asset, "r3", Priority.NEW, bench.clock.now())
    said = tagging(photo.asset, key="r3", redactions=(Redaction("medical", 1),))
    redacted = replace(said.answer, caption="A medical document.", text=())
    said = replace(said, answer=redacted, raw="{}")
    assert bench.catalogue.record_tagging(bench.claimed(), said, bench.clock.now())

    assert_gone(bench, photo)
    earlier = bench.catalogue.stored_tagging(photo.asset, "r1")
    assert earlier is not None
    assert earlier.redactions == (Redaction("medical", 1),)


def test_an_answer_that_comes_after_a_verdict_is_not_told(bench: Bench, photo: Arrived) -> None:
    """It was asked before, and the finisher did not know yet."""
    judge(bench, photo, is_private=True)
    bench.queue.enqueue_tag(photo.asset, "r3", Priority.NEW, bench.clock.now())
    bench.tag(photo.asset, key="r3")

    assert_gone(bench, photo)


def test_what_is_written_beside_a_private_photo_is_history_without_words(
    bench: Bench, photo: Arrived
) -> None:
    judge(bench, photo, is_private=True)
    change = SidecarChange(
        path=photo.path,
        name=NAME,
        at=bench.clock.now(),
        cause=ChangeCause.EDITED,
        removed=("sunset",),
        caption_before="A sunset over the sea",
        digest_before="d1",
        digest_after="d2",
    )
    bench.store.ledger.intend(change, None)

    assert "A sunset" not in everything(bench)


@pytest.mark.parametrize("check", [CLEAR, SUSPECT])
def test_what_is_not_proven_changes_nothing(
    bench: Bench, photo: Arrived, check: PrivacyCheck
) -> None:
    before = everything(bench)

    bench.store.privacy.record_check(photo.asset, check)

    assert everything(bench) == before
    assert visibility(bench, photo.asset) == "visible"
    assert bench.store.privacy.privacy(photo.asset) == Privacy(check=check)


def test_a_verdict_is_stronger_than_the_text(bench: Bench, photo: Arrived) -> None:
    judge(bench, photo, is_private=False)
    before = everything(bench)

    bench.store.privacy.record_check(photo.asset, SENSITIVE)

    assert visibility(bench, photo.asset) == "visible"
    assert everything(bench) == before
    assert bench.store.privacy.privacy(photo.asset).verdict is False


def test_words_that_went_by_mistake_are_asked_for_again(bench: Bench, photo: Arrived) -> None:
    bench.store.privacy.record_check(photo.asset, SENSITIVE)
    assert bench.claim(priority=Priority.PERSON) is None

    judge(bench, photo, is_private=False)

    assert bench.claimed(priority=Priority.PERSON).asset == photo.asset
    assert bench.catalogue.stored_tagging(photo.asset, "r2") is None
    assert bench.catalogue.latest_tagging(photo.asset) is not None


def test_who_says_again_that_nothing_is_private_asks_nobody(bench: Bench, photo: Arrived) -> None:
    judge(bench, photo, is_private=False)

    assert bench.claim(priority=Priority.PERSON) is None


def test_photos_are_checked_once_by_each_reader_and_never_after_a_verdict(
    bench: Bench, photo: Arrived
) -> None:
    unchecked = bench.store.privacy.unchecked
    assert unchecked("fake 1", AssetId(0), 9) == [photo.asset]
    assert unchecked("fake 1", photo.asset, 9) == []

    bench.store.privacy.record_check(photo.asset, CLEAR)
    assert unchecked("fake 1", AssetId(0), 9) == []
    assert unchecked("fake 2", AssetId(0), 9) == [photo.asset]

    judge(bench, photo, is_private=False)
    assert unchecked("fake 2", AssetId(0), 9) == []


def test_nothing_is_known_of_what_was_never_seen(bench: Bench) -> None:
    assert bench.store.privacy.privacy(AssetId(99)) == Privacy()
