"""Libraries, refusals, taggings and sidecars, as they come back from the disk."""

from datetime import timedelta

from doubles.photos import arrival, refusal, sidecar, stamp, tagging
from doubles.store import TTL, Bench
from phototagd.domain.asset import AssetId, PathId, PathState, PhotoKind, Prepared
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.library import RootIdentity
from phototagd.domain.tagging import Redaction


def test_a_library_is_created_once_and_remembers_its_root(bench: Bench) -> None:
    identity = RootIdentity(device=2**63 + 1, inode=2**64 - 1, filesystem="zfs")
    adopted = bench.catalogue.open_library(b"/else\xff", is_configured=False)
    bench.catalogue.record_identity(adopted.id, identity)

    again = bench.catalogue.open_library(b"/else\xff", is_configured=False)

    assert (again.id, again.identity) == (adopted.id, identity)
    assert (again.is_configured, again.first_scan_done) == (False, False)
    assert bench.catalogue.open_library(b"/else\xff").is_configured
    assert [library.root for library in bench.catalogue.libraries()] == [b"/photos", b"/else\xff"]


def test_a_full_scan_ends_the_first_scan(bench: Bench) -> None:
    assert bench.catalogue.last_scan(bench.library) is None

    bench.catalogue.record_scan(bench.library, bench.clock.now(), full=False)
    assert not bench.catalogue.libraries()[0].first_scan_done

    bench.catalogue.record_scan(bench.library, bench.clock.now(), full=True)
    bench.catalogue.record_scan(bench.library, bench.clock.now(), full=False)
    assert bench.catalogue.libraries()[0].first_scan_done
    assert bench.catalogue.last_scan(bench.library) == bench.clock.now()


def test_waiting_files_come_up_when_their_time_has_come(bench: Bench) -> None:
    later = bench.clock.now() + timedelta(minutes=2)
    bench.catalogue.refuse(
        [refusal(b"half.jpg", retry_at=later), refusal(b"dead.jpg", PathState.DEAD)]
    )

    assert bench.catalogue.due_refusals(bench.clock.now(), 10) == []
    (record,) = bench.catalogue.due_refusals(later, 10)
    assert (record.location.name, record.asset, record.stamp) == (b"half.jpg", None, stamp(10))


def test_tries_are_counted_while_the_file_stays_the_same(bench: Bench) -> None:
    bench.catalogue.refuse([refusal(b"half.jpg")])
    bench.catalogue.refuse([refusal(b"half.jpg")])
    assert bench.queue.jobs(None, 1)[0].attempt == 2

    bench.catalogue.refuse([refusal(b"half.jpg", size=11)])
    assert bench.queue.jobs(None, 1)[0].attempt == 1


def test_a_known_photo_that_breaks_for_ever_leaves_its_asset(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])

    bench.catalogue.refuse([refusal(b"IMG_1.jpg", PathState.DEAD)])

    record = bench.catalogue.path(arrived.path)
    assert (record.asset, record.state) == (None, PathState.DEAD)
    assert (bench.states(), bench.states("write")) == (["cancelled"], ["cancelled"])


def test_a_known_photo_that_cannot_be_read_for_now_keeps_its_asset(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])

    bench.catalogue.refuse([refusal(b"IMG_1.jpg", retry_at=bench.clock.now())])

    assert bench.catalogue.due_refusals(bench.clock.now(), 1)[0].asset == arrived.asset
    assert bench.catalogue.take_in([arrival()])[0].asset == arrived.asset


def test_pixels_are_remembered(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    assert bench.catalogue.pixel_hash(arrived.asset) == ""

    bench.catalogue.record_pixels(
        arrived.asset,
        Prepared(
            jpeg=b"",
            width=1024,
            height=768,
            original_width=4000,
            original_height=3000,
            kind=PhotoKind.JPEG,
            pixel_hash="pix",
        ),
    )

    assert bench.catalogue.pixel_hash(arrived.asset) == "pix"
    assert bench.catalogue.pixel_hash(AssetId(99)) == ""


def test_a_tagging_comes_back_as_it_was(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    said = tagging(arrived.asset, redactions=(Redaction("card", 2),))

    assert bench.catalogue.record_tagging(bench.claimed(), said, bench.clock.now())

    stored = bench.catalogue.stored_tagging(arrived.asset, "r1")
    assert stored.answer == said.answer
    assert stored.recipe == said.recipe
    assert stored.redactions == said.redactions
    assert stored.raw == '{"caption": "A sunset \\ud83d"}'
    assert (stored.seconds, stored.created_at) == (said.seconds, said.created_at)
    assert bench.catalogue.stored_tagging(arrived.asset, "other") is None


def test_the_newest_tagging_is_the_latest(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    assert bench.catalogue.latest_tagging(arrived.asset) is None
    bench.tag(arrived.asset)
    later = bench.clock.now() + timedelta(days=1)
    bench.queue.enqueue_tag(arrived.asset, "r2", Priority.NEW, bench.clock.now())

    bench.catalogue.record_tagging(
        bench.claimed(),
        tagging(arrived.asset, key="r2", caption="Dusk", created_at=later),
        bench.clock.now(),
    )

    assert bench.catalogue.latest_tagging(arrived.asset).answer.caption == "Dusk"


def test_words_are_written_at_once_beside_every_live_copy(bench: Bench) -> None:
    one, two, gone = bench.catalogue.take_in([arrival(), arrival(b"2.jpg"), arrival(b"3.jpg")])
    bench.miss(gone.path, times=2)

    bench.tag(one.asset)

    assert {bench.claimed(JobKind.WRITE).path, bench.claimed(JobKind.WRITE).path} == {
        one.path,
        two.path,
    }
    assert bench.claim(JobKind.WRITE) is None


def test_words_that_come_while_a_sidecar_is_written_are_written_next(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.queue.enqueue_write(arrived.path, Priority.NEW, bench.clock.now())
    writing = bench.claimed(JobKind.WRITE)

    bench.tag(arrived.asset)

    assert bench.catalogue.record_sidecar(writing, sidecar(arrived.path), bench.clock.now())
    assert bench.claimed(JobKind.WRITE).path == arrived.path


def test_an_asset_in_which_something_private_was_seen_is_private(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    said = tagging(arrived.asset, redactions=(Redaction("card", 1),))

    bench.catalogue.record_tagging(bench.claimed(), said, bench.clock.now())

    row = bench.store._database.read(lambda c: c.execute("SELECT visibility FROM asset").fetchone())
    assert row["visibility"] == "private"


def test_a_sidecar_comes_back_as_it_was(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    left = sidecar(arrived.path, b"\xff.xmp", words={"caption": "\udcff", "keywords": ["a"]})

    assert bench.catalogue.record_sidecar(bench.claimed(JobKind.WRITE), left, bench.clock.now())

    record = bench.catalogue.path(arrived.path)
    assert (record.sidecar_name, record.sidecar, record.sidecar_digest) == (
        left.name,
        left.stamp,
        left.digest,
    )
    assert (record.facts, record.place) == (left.facts, left.place)
    assert bench.catalogue.words_of(arrived.path) == left.words
    assert bench.catalogue.words_of(PathId(99)) == {}
    assert bench.states("write") == ["done"]


def test_a_lost_lease_leaves_no_sidecar_record(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    lease = bench.claimed(JobKind.WRITE)
    bench.clock.advance(TTL.total_seconds())

    assert not bench.catalogue.record_sidecar(lease, sidecar(arrived.path), bench.clock.now())
    assert bench.catalogue.path(arrived.path).sidecar_name is None


def test_namesakes_differ_in_their_suffix_alone(bench: Bench) -> None:
    names = (b"A.JPG", b"A.CR3", b"A.x.JPG", b"A", b"a.heic", b"A0.CR3", b"A-.CR3")
    jpeg, *_ = bench.catalogue.take_in([arrival(name, str(name)) for name in names])
    bench.catalogue.take_in([arrival(b"A.NEF", "elsewhere", folder=b"2026/june")])
    bench.catalogue.refuse([refusal(b"A.DNG")])

    found = bench.catalogue.namesakes(jpeg.path)

    assert [record.location.name for record in found] == [b"A.CR3"]
    assert bench.catalogue.namesakes(PathId(999)) == []


def test_an_asset_is_found_by_its_content(bench: Bench) -> None:
    [arrived] = bench.catalogue.take_in([arrival(b"a.jpg", "dog")])

    content = bench.catalogue.paths_of(arrived.asset)[0].content_hash
    assert bench.catalogue.asset_with(content) == arrived.asset
    assert bench.catalogue.asset_with("image1:none") is None
