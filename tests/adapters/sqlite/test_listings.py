"""Listings: what is missing, gone, back, dropped or opted out."""

import pytest

from doubles.photos import FOLDER_STAMP, arrival, refusal
from doubles.store import Bench
from phototagd.adapters.sqlite.arriving import listings
from phototagd.domain.asset import FolderStamp, PathState
from phototagd.domain.job import Dead, JobKind, JobState
from phototagd.domain.library import FolderMark, Listing

HUGE = FolderStamp(mtime_ns=2**70, ctime_ns=-1, inode=2**64 + 5)


def listed(bench: Bench, folder: bytes, **changes: object) -> None:
    bench.catalogue.record_listing(
        bench.library, folder, FOLDER_STAMP, bench.clock.now(), **changes
    )


def test_folders_remember_their_stamp_whatever_the_file_system_counts_in(bench: Bench) -> None:
    bench.catalogue.record_listing(bench.library, b"", HUGE, bench.clock.now())

    assert bench.catalogue.folders(bench.library) == {b"": (HUGE, bench.clock.now())}


def test_a_folder_that_was_never_listed_has_no_stamp(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])

    assert bench.catalogue.folders(bench.library) == {}


def test_known_files_hold_what_a_comparison_needs(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.write(arrived.path)
    bench.catalogue.refuse([refusal(b"notes.txt", PathState.FOREIGN)])

    photo, notes = bench.catalogue.known_files(bench.library, b"2026/may")

    assert (photo.path, photo.name, photo.sidecar_name) == (
        arrived.path,
        b"IMG_1.jpg",
        b"IMG_1.jpg.xmp",
    )
    assert photo.stamp == arrival().identity.stamp
    assert photo.sidecar is not None
    assert (notes.state, notes.sidecar) == (PathState.FOREIGN, None)
    assert list(bench.catalogue.known_files(bench.library, b"elsewhere")) == []


def test_known_files_come_by_name_however_many(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are laid beside a listing that is sorted by the bytes of its names."""
    monkeypatch.setattr(listings, "_PAGE", 2)
    names = [b"b", b"a.jpg", b"a", b"\xff", b"B", b"\xc3\xa9"]
    bench.catalogue.refuse([refusal(name, PathState.FOREIGN) for name in names])

    found = [file.name for file in bench.catalogue.known_files(bench.library, b"2026/may")]

    assert found == sorted(names)


def test_a_photo_missing_once_keeps_its_jobs(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])

    bench.miss(arrived.path)

    (file,) = bench.catalogue.known_files(bench.library, b"2026/may")
    assert file.missing_scans == 1
    assert bench.states() == ["queued"]


def test_a_folder_with_something_missing_is_read_again_by_the_next_scan(bench: Bench) -> None:
    """Its own stamp will not change any more, and a pruned scan would never confirm the loss."""
    (arrived,) = bench.catalogue.take_in([arrival()])
    listed(bench, b"2026/may")
    assert b"2026/may" in bench.catalogue.folders(bench.library)

    bench.miss(arrived.path)
    assert b"2026/may" not in bench.catalogue.folders(bench.library)
    bench.miss(arrived.path)
    assert b"2026/may" in bench.catalogue.folders(bench.library)


def test_a_photo_missing_twice_is_gone_and_wants_nothing(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])

    bench.miss(arrived.path, times=2)

    assert bench.catalogue.path(arrived.path).is_gone
    assert list(bench.catalogue.known_files(bench.library, b"2026/may")) == []
    assert bench.catalogue.paths_of(arrived.asset) == []
    assert len(bench.catalogue.paths_of(arrived.asset, include_gone=True)) == 1
    assert (bench.states(), bench.states("write")) == (["cancelled"], ["cancelled"])
    assert {view.reason for view in bench.queue.jobs(JobState.CANCELLED, 9)} == {
        "the photo is gone"
    }


def test_a_running_question_about_a_photo_that_is_gone_loses_its_lease(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    lease = bench.claimed()

    bench.miss(arrived.path, times=2)

    assert not bench.queue.settle(lease, Dead("late"), bench.clock.now())
    assert bench.states() == ["cancelled"]


def test_a_photo_with_another_copy_is_asked_about_on(bench: Bench) -> None:
    first, _ = bench.catalogue.take_in([arrival(), arrival(b"copy.jpg")])

    bench.miss(first.path, times=2)

    assert bench.states() == ["queued"]
    assert bench.states("write") == ["cancelled", "queued"]


def test_a_photo_that_is_back_in_time_was_never_away(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.miss(arrived.path)
    listed(bench, b"2026/may", back=[arrived.path])

    bench.miss(arrived.path)

    assert not bench.catalogue.path(arrived.path).is_gone


def test_a_refused_file_that_is_gone_is_forgotten(bench: Bench) -> None:
    bench.catalogue.refuse([refusal(b"broken.jpg", PathState.DEAD)])
    record = bench.catalogue.find_path(bench.library, b"2026/may", b"broken.jpg")

    bench.miss(record.id, times=2)

    assert bench.catalogue.path(record.id) is None


def test_a_changed_sidecar_is_written_again_at_once(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.write(arrived.path)

    listed(bench, b"2026/may", sidecars_changed=[arrived.path])

    assert bench.claimed(JobKind.WRITE).path == arrived.path


def test_photos_in_a_folder_that_vanished_are_missing_at_any_depth(bench: Bench) -> None:
    deep, kept = bench.catalogue.take_in(
        [arrival(folder=b"a/b/c"), arrival(b"k.jpg", "dawn", folder=b"a0/b")]
    )
    listed(bench, b"", subfolders=[b"a", b"a0"])
    listed(bench, b"a/b/c")

    listed(bench, b"", subfolders=[b"a0"])
    assert b"" not in bench.catalogue.folders(bench.library)
    assert b"a/b/c" not in bench.catalogue.folders(bench.library)
    assert not bench.catalogue.path(deep.path).is_gone

    listed(bench, b"", subfolders=[b"a0"])
    assert bench.catalogue.path(deep.path).is_gone
    assert not bench.catalogue.path(kept.path).is_gone
    assert set(bench.catalogue.folders(bench.library)) == {b""}


def test_a_folder_below_is_dropped_by_its_parent_only(bench: Bench) -> None:
    inside, sibling = bench.catalogue.take_in(
        [arrival(folder=b"a/b"), arrival(b"s.jpg", "dawn", folder=b"a.b")]
    )

    for _ in range(2):
        listed(bench, b"a", subfolders=[])

    assert bench.catalogue.path(inside.path).is_gone
    assert not bench.catalogue.path(sibling.path).is_gone


def test_without_subfolders_nothing_is_said_of_them(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival(folder=b"a/b")])

    for _ in range(2):
        listed(bench, b"a")

    assert not bench.catalogue.path(arrived.path).is_gone


@pytest.mark.parametrize("root", [b"", b"2026"])
def test_an_opted_out_folder_is_forgotten_with_all_below(bench: Bench, root: bytes) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    listed(bench, b"2026/may")

    assert bench.catalogue.opt_out(bench.library, root) == 1
    assert bench.catalogue.opt_out(bench.library, root) == 0

    assert bench.catalogue.path(arrived.path) is None
    assert bench.catalogue.folders(bench.library) == {}
    assert (bench.states(), bench.states("write")) == (["cancelled"], [])


def test_a_photo_that_also_lies_elsewhere_is_asked_about_on(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(), arrival(folder=b"2026/mayor")])

    assert bench.catalogue.opt_out(bench.library, b"2026/may") == 1

    assert (bench.states(), bench.states("write")) == (["queued"], ["queued"])


def test_done_photos_that_opt_out_cancelled_nothing(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.write(arrived.path)

    assert bench.catalogue.opt_out(bench.library, b"2026/may") == 0


def test_a_photo_that_opts_in_again_is_asked_about_again(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.catalogue.opt_out(bench.library, b"2026/may")

    (again,) = bench.catalogue.take_in([arrival()])

    assert (again.asset, again.how) == (arrived.asset, "back")
    assert bench.states() == ["queued"]


def test_a_mark_lasts_until_the_store_changes_what_it_remembers_of_the_folder(
    bench: Bench,
) -> None:
    (photo,) = bench.catalogue.take_in([arrival()])
    before = bench.catalogue.folder_mark(bench.library, b"2026/may")
    assert before is not None
    assert before.seen == b""

    bench.catalogue.record_marks(
        bench.library, {b"2026/may": FolderMark(b"looks so", before.revision)}
    )
    assert bench.catalogue.folder_mark(bench.library, b"2026/may") == FolderMark(
        b"looks so", before.revision
    )

    bench.miss(photo.path)
    after = bench.catalogue.folder_mark(bench.library, b"2026/may")
    assert after is not None
    assert after.seen == b""
    assert after.revision > before.revision


def test_a_mark_of_an_older_revision_does_not_count(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    before = bench.catalogue.folder_mark(bench.library, b"2026/may")
    assert before is not None
    bench.catalogue.refuse([refusal(b"half.jpg")])

    bench.catalogue.record_marks(bench.library, {b"2026/may": FolderMark(b"x", before.revision)})

    now = bench.catalogue.folder_mark(bench.library, b"2026/may")
    assert now is not None
    assert now.seen == b""


def test_an_unknown_folder_has_no_mark(bench: Bench) -> None:
    assert bench.catalogue.folder_mark(bench.library, b"elsewhere") is None


def test_listings_together_are_recorded_as_each_alone(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(folder=b"2026/old")])
    stamp = FolderStamp(1, 2, 3)
    at = bench.clock.now()

    def listing(folder: bytes, *folders: bytes) -> Listing:
        return Listing(folder, stamp, (), folders, frozenset())

    gone = bench.catalogue.record_listings(
        bench.library, [(listing(b"", b"2026"), at), (listing(b"2026/may"), at)]
    )
    assert (gone, bench.catalogue.folders(bench.library)) == (
        0,
        {b"": (stamp, at), b"2026/may": (stamp, at)},
    )

    counts = [
        bench.catalogue.record_listings(bench.library, [(listing(b"2026", b"may"), at)])
        for _ in range(2)
    ]
    assert counts == [0, 1], "a photo below a folder that is gone is gone at the second time"
