"""What a scan finds out, and what it must never believe."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import House, jpeg
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import Stamp
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.library import RootIdentity
from phototagd.domain.record import SidecarRecord

LEASE = timedelta(minutes=10)


class MovableMounts(MountTable):
    """Mounts whose root can be exchanged below the library."""

    def __init__(self) -> None:
        super().__init__()
        self.shift = 0
        self.mirror_is_gone = False

    def is_empty(self, root: bytes) -> bool:
        return (self.mirror_is_gone and root.endswith(b"mirror")) or super().is_empty(root)

    def identify(self, root: bytes) -> RootIdentity | None:
        found = super().identify(root)
        return None if found is None else replace(found, device=found.device + self.shift)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield store


@pytest.fixture
def mounts() -> MovableMounts:
    return MovableMounts()


@pytest.fixture
def house(tmp_path: Path, store: Store, clock: FakeClock, mounts: MovableMounts) -> House:
    return House(tmp_path / "photos", store=store, clock=clock, mounts=mounts)


def test_a_first_scan_is_backlog_and_later_arrivals_are_new(house: House) -> None:
    house.put("2025/a.jpg")
    house.scan_and_take_in()
    house.put("2026/b.jpg")
    house.scan_and_take_in(full=False)

    priorities = {j.location.rpartition(b"/")[2]: j.priority for j in house.queue.jobs(None, 10)}
    assert priorities == {b"a.jpg": Priority.BACKLOG, b"b.jpg": Priority.NEW}
    assert house.live().keys() == {b"2025/a.jpg", b"2026/b.jpg"}


def test_a_scan_is_reported_and_recorded(house: House) -> None:
    house.put("2025/a.jpg")

    house.scan_and_take_in()

    (event,) = house.events.named("scan.finished")
    assert (event.kind, event.folders, event.files, event.appeared) == ("full", 2, 1, 1)
    assert house.catalogue.last_scan(house.library.id) == house.clock.now() - timedelta(seconds=5)
    assert house.catalogue.open_library(os.fsencode(house.folder)).first_scan_done


def test_a_pruned_scan_reads_only_folders_that_changed(house: House) -> None:
    house.put("2025/a.jpg")
    house.put("2026/b.jpg")
    house.clock.set_wall(house.clock.now() + timedelta(days=3650))
    house.scan_and_take_in()
    house.put("2026/c.jpg")

    house.scan_and_take_in(full=False)

    assert house.events.named("scan.finished")[-1].folders == 1
    assert b"2026/c.jpg" in house.live()


def test_a_full_scan_finds_what_was_changed_in_place(house: House) -> None:
    house.put("a.jpg", jpeg("one"))
    house.clock.set_wall(house.clock.now() + timedelta(days=3650))
    house.scan_and_take_in()
    house.put("a.jpg", jpeg("two"))

    house.scan_and_take_in(full=False)
    assert len(house.found()) == 1
    house.scan_and_take_in(full=True)

    assert house.found() == ["a.jpg new", "a.jpg changed"]


def test_a_move_is_recognised_and_confirmed_within_half_a_minute(house: House) -> None:
    photo = house.put("inbox/a.jpg")
    house.scan_and_take_in()
    (house.folder / "2026").mkdir()
    photo.rename(house.folder / "2026" / "a.jpg")

    house.scanner.look({b"inbox": frozenset({b"a.jpg"}), b"2026": frozenset({b"a.jpg"})})
    house.wait_quiet()
    left = house.catalogue.find_path(house.library.id, b"inbox", b"a.jpg")
    assert left is not None
    assert not left.is_gone
    house.clock.advance(13)
    house.scanner.revisit()

    left = house.catalogue.find_path(house.library.id, b"inbox", b"a.jpg")
    assert left is not None
    assert left.is_gone
    assert house.found() == ["inbox/a.jpg new", "2026/a.jpg moved"]


def test_a_sidecar_may_follow_as_soon_as_the_move_is_certain(house: House) -> None:
    """It waits half a minute otherwise, or longer, in case its photo comes back."""
    photo = house.put("inbox/a.jpg")
    house.scan_and_take_in()
    (path,) = house.catalogue.known_files(house.library.id, b"inbox")
    lease = house.queue.claim(
        JobKind.WRITE, Priority.BACKLOG, "test", house.clock.now() + timedelta(hours=1), LEASE
    )
    assert lease is not None
    stamp = Stamp(1, 1, 1)
    record = SidecarRecord(path.path, b"a.jpg.xmp", stamp, "digest", None, None, {})
    assert house.catalogue.record_sidecar(lease, record, house.clock.now())
    (house.folder / "2026").mkdir()
    photo.rename(house.folder / "2026" / "a.jpg")
    house.scan_and_take_in()
    due = house.queue.next_due(JobKind.WRITE, house.clock.now())
    assert due is not None
    assert due > house.clock.now() + timedelta(seconds=15)

    house.clock.advance(13)
    house.scanner.revisit()

    due = house.queue.next_due(JobKind.WRITE, house.clock.now())
    assert due is not None
    assert due <= house.clock.now()


def test_two_looks_in_a_row_do_not_make_a_photo_gone(house: House) -> None:
    """Programs that replace a file may have it missing for a moment."""
    photo = house.put("a.jpg")
    house.put("b.jpg")
    house.scan_and_take_in()
    photo.unlink()
    for _ in range(3):
        house.scanner.look({b"": frozenset({b"a.jpg"})})
        house.scan()
    record = house.catalogue.find_path(house.library.id, b"", b"a.jpg")
    assert record is not None
    assert not record.is_gone

    house.put("a.jpg")
    house.clock.advance(20)
    house.scanner.revisit()
    house.wait_quiet()

    assert house.live().keys() == {b"a.jpg", b"b.jpg"}


def test_a_removed_tree_is_gone_after_it_was_confirmed(house: House) -> None:
    house.put("2025/trip/a.jpg")
    house.put("2026/b.jpg")
    house.scan_and_take_in()
    shutil.rmtree(house.folder / "2025")

    house.scanner.look({b"": frozenset({b"2025"}), b"2025": frozenset()})
    assert house.live().keys() == {b"2026/b.jpg"}
    house.clock.advance(13)
    house.scanner.revisit()

    record = house.catalogue.find_path(house.library.id, b"2025/trip", b"a.jpg")
    assert record is not None
    assert record.is_gone
    assert not house.scanner.has_urgent_visits


def test_many_photos_that_go_are_said_once_and_cost_nothing_when_they_are_back(
    house: House, tmp_path: Path
) -> None:
    """A large part of the library, but not the larger one: it is believed, and told."""
    for number in range(120):
        house.put(f"2025/{number % 3}/{number}.jpg")
        house.put(f"2026/{number}.jpg")
    house.scan_and_take_in()
    (house.folder / "2025").rename(tmp_path / "rescued")
    house.scan()
    for _ in range(4):
        house.clock.advance(20)
        house.scanner.revisit()

    (gone,) = house.events.named("photos.gone")
    assert gone.count == 120
    assert len(house.live()) == 120

    (tmp_path / "rescued").rename(house.folder / "2025")
    house.scan_and_take_in()
    assert sum(name.endswith(" back") for name in house.found()) == 120
    assert house.queue.tally(house.clock.now()).queued == 240


def test_a_few_photos_that_go_are_no_news(house: House) -> None:
    house.put("2025/a.jpg")
    house.put("2026/b.jpg")
    house.scan_and_take_in()
    shutil.rmtree(house.folder / "2025")
    house.scan()
    for _ in range(4):
        house.clock.advance(20)
        house.scanner.revisit()

    assert house.live().keys() == {b"2026/b.jpg"}
    assert house.events.named("photos.gone") == []


def test_a_tree_moved_in_is_walked_and_taken_in(house: House, tmp_path: Path) -> None:
    house.scan_and_take_in()
    outside = tmp_path / "card"
    (outside / "DCIM" / "100").mkdir(parents=True)
    (outside / "DCIM" / "100" / "a.jpg").write_bytes(jpeg())
    outside.rename(house.folder / "card")

    house.scanner.look({b"": frozenset({b"card"}), b"card": frozenset()})
    house.wait_quiet()

    assert house.found() == ["card/DCIM/100/a.jpg new"]


def test_a_replaced_folder_is_walked_again(house: House, tmp_path: Path) -> None:
    house.put("a/sub/1.jpg")
    house.scan_and_take_in()
    (house.folder / "a").rename(tmp_path / "away")
    house.put("a/sub/2.jpg")

    house.scanner.look({b"": frozenset({b"a"}), b"a": frozenset()})
    house.wait_quiet()

    assert b"a/sub/2.jpg" in house.live()
    assert b"a/sub/1.jpg" not in house.live()


def test_hints_for_junk_and_temporary_names_cost_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("@eaDir/x.jpg")
    house.scan_and_take_in()
    monkeypatch.setattr(house.walker, "listing", lambda *_: pytest.fail("was listed"))

    house.scanner.look(
        {b"@eaDir": frozenset({b"x.jpg"}), b"": frozenset({b".a.jpg.Xy12zQ", b"b.part"})}
    )

    assert house.found() == []


@pytest.mark.parametrize("marker", [".nomedia", ".noai"])
def test_a_marker_added_later_takes_the_folder_out_and_its_removal_brings_it_back(
    house: House, marker: str
) -> None:
    house.put("private/deep/a.jpg")
    house.put("b.jpg")
    house.scan_and_take_in()
    mark = house.put(f"private/{marker}", b"")

    house.scan_and_take_in(full=False)
    assert house.live().keys() == {b"b.jpg"}
    assert house.queue.tally(house.clock.now()).queued == 1
    house.put("private/deep/c.jpg")
    house.scanner.look({b"private/deep": frozenset({b"c.jpg"})})
    house.wait_quiet()
    assert len(house.found()) == 2

    mark.unlink()
    house.scanner.look({b"private": frozenset({os.fsencode(marker)})})
    house.wait_quiet()
    assert house.live().keys() == {b"b.jpg", b"private/deep/a.jpg", b"private/deep/c.jpg"}
    assert house.queue.tally(house.clock.now()).queued == 3


def test_ignored_names_are_no_photos(tmp_path: Path, store: Store, clock: FakeClock) -> None:
    house = House(tmp_path / "p", store=store, clock=clock, ignore=("*.png", "out/"))
    house.put("a.png")
    house.put("x/out/b.jpg")
    house.put("c.jpg")

    house.scan_and_take_in()
    house.scanner.look({b"x/out": frozenset({b"b.jpg"})})
    house.wait_quiet()

    assert house.found() == ["c.jpg new"]


def test_an_empty_root_that_held_photos_is_offline(house: House, tmp_path: Path) -> None:
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    (house.folder / "2026").rename(tmp_path / "unmounted")

    assert "empty" in house.scanner.why_offline()

    (tmp_path / "unmounted").rename(house.folder / "2026")
    assert house.scanner.why_offline() == ""


def test_a_look_between_the_unmount_and_its_discovery_is_not_believed(
    house: House, tmp_path: Path
) -> None:
    """A scan, or a hot folder, may be listed before anybody noticed that the share is away."""
    house.put("2026/a.jpg")
    house.put("b.jpg")
    house.scan_and_take_in()
    house.folder.rename(tmp_path / "unmounted")
    house.folder.mkdir()
    house.scanner.visit_hot()

    assert "empty" in house.scanner.why_offline()
    house.restart()
    assert "empty" in house.scanner.why_offline()

    house.folder.rmdir()
    (tmp_path / "unmounted").rename(house.folder)
    house.scan_and_take_in()
    assert house.live().keys() == {b"2026/a.jpg", b"b.jpg"}
    assert sorted(house.found()) == ["2026/a.jpg new", "b.jpg new"]


def test_another_disk_is_noticed_even_after_it_was_listed(house: House, tmp_path: Path) -> None:
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    house.folder.rename(tmp_path / "unmounted")
    house.put("other/c.txt")
    house.scanner.visit_hot()

    assert "another" in house.scanner.why_offline()


def test_a_root_that_is_gone_is_offline_even_at_the_start(house: House) -> None:
    house.folder.rmdir()

    assert "gone" in house.scanner.why_offline()


def test_a_new_library_may_be_empty(house: House) -> None:
    assert house.scanner.why_offline() == ""


def test_another_disk_in_its_place_is_offline(house: House, mounts: MovableMounts) -> None:
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    house.restart()
    mounts.shift = 1
    (house.folder / "2026").rename(house.folder / "something else")

    assert "another" in house.scanner.why_offline()


def test_a_disk_with_another_number_after_a_reboot_is_the_same(
    house: House, mounts: MovableMounts
) -> None:
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    house.restart()
    mounts.shift = 1

    assert house.scanner.why_offline() == ""
    house.restart()
    assert house.library.identity is not None
    assert house.library.identity == mounts.identify(os.fsencode(house.folder))


def test_a_library_that_vanishes_during_a_scan_loses_nothing(house: House, tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        house.put(f"{folder}/{folder}.jpg")
    house.scan_and_take_in()
    before = house.live()
    scan = house.scanner.scan(full=True)
    next(scan)
    house.folder.rename(tmp_path / "unmounted")
    house.folder.mkdir()

    for _ in scan:
        pass

    assert len(house.events.named("scan.finished")) == 1
    assert house.scanner.why_offline() != ""
    house.folder.rmdir()
    (tmp_path / "unmounted").rename(house.folder)
    assert house.live() == before


def test_a_folder_that_cannot_be_read_is_not_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    scandir = os.scandir

    def failing(path: bytes) -> object:
        if path.endswith(b"2026"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", failing)
        for _ in range(3):
            house.scan()
            house.scanner.look({b"2026": frozenset({b"a.jpg"})})
            house.clock.advance(60)
            house.scanner.revisit()

    assert house.live().keys() == {b"2026/a.jpg"}
    (trouble,) = house.events.named("trouble")
    assert trouble.reason == "Permission denied"


def test_a_scan_waits_for_intake_to_have_room(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    """A million photos are never all in memory."""
    house = House(tmp_path / "photos", store=store, clock=clock, most_waiting=2)
    for number in range(7):
        house.put(f"{number}/a.jpg", jpeg(str(number)))
    most = 0

    for progress in house.scanner.scan(full=True):
        most = max(most, house.intake.pending())
        if not progress:
            house.wait_quiet()
    house.wait_quiet()

    assert most == 2
    assert len(house.live()) == 7


def test_a_folder_larger_than_the_room_is_taken_in_piece_by_piece(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    """200,000 photos imported into one folder are never all in memory either."""
    house = House(tmp_path / "photos", store=store, clock=clock, most_waiting=3)
    for number in range(8):
        house.put(f"import/{number}.jpg", jpeg(str(number)))
    most, rounds = 0, 0

    house.scan()
    while house.scanner.has_urgent_visits or not house.intake.is_idle:
        most = max(most, house.intake.pending())
        house.wait_quiet()
        house.scanner.revisit()
        rounds += 1
        assert rounds < 10

    assert most == 3
    assert len(house.live()) == 8
    assert sorted(house.found()) == [f"import/{number}.jpg new" for number in range(8)]
    assert {job.priority for job in house.queue.jobs(None, 20)} == {Priority.BACKLOG}


def test_intake_does_not_rest_for_a_folder_that_is_slow_to_list(
    tmp_path: Path, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the listing time is for folders that hints point at, not for one half taken."""
    house = House(tmp_path / "photos", store=store, clock=clock, most_waiting=4)
    for number in range(12):
        house.put(f"import/{number}.jpg", jpeg(str(number)))
    scandir = os.scandir
    listings = 0

    def slow(path: bytes) -> object:
        nonlocal listings
        listings += path.endswith(b"import")
        clock.advance(6)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", slow)
    house.scan()
    listings = 0
    began = clock.monotonic()
    while house.scanner.has_urgent_visits or not house.intake.is_idle:
        house.wait_quiet()
        house.scanner.revisit()

    assert len(house.live()) == 12
    assert listings <= 2, "what was left of a listing is brought without another"
    assert clock.monotonic() - began < 60


def test_a_look_without_room_is_made_up_for(tmp_path: Path, store: Store, clock: FakeClock) -> None:
    house = House(tmp_path / "photos", store=store, clock=clock, most_waiting=1)
    house.put("a/1.jpg", jpeg("1"))
    house.put("b/2.jpg", jpeg("2"))

    house.scanner.look({b"a": frozenset({b"1.jpg"}), b"b": frozenset({b"2.jpg"})})
    assert house.scanner.has_urgent_visits
    house.wait_quiet()
    house.clock.advance(3)
    house.scanner.revisit()
    house.wait_quiet()

    assert len(house.found()) == 2
    assert not house.scanner.has_urgent_visits


def test_a_foreign_change_to_a_sidecar_asks_for_a_write(house: House) -> None:
    house.put("a.jpg")
    house.scan_and_take_in()
    before = house.queue.next_due(JobKind.WRITE, house.clock.now())
    house.put("a.jpg.xmp", b"<x/>")

    house.scanner.look({b"": frozenset({b"a.jpg.xmp"})})

    due = house.queue.next_due(JobKind.WRITE, house.clock.now())
    assert before is not None
    assert due is not None
    assert due < before


def test_sidecars_in_a_mirror_are_noticed_and_an_absent_mirror_is_not(
    tmp_path: Path, store: Store, clock: FakeClock, mounts: MovableMounts
) -> None:
    mirror = tmp_path / "mirror"
    house = House(tmp_path / "photos", store=store, clock=clock, mounts=mounts, mirror=mirror)
    house.put("2026/a.jpg")
    house.scan_and_take_in()
    before = house.queue.next_due(JobKind.WRITE, house.clock.now())
    (mirror / "2026").mkdir(parents=True)
    (mirror / "2026" / "a.jpg.xmp").write_bytes(b"<x/>")

    mounts.mirror_is_gone = True
    house.scan()
    assert house.queue.next_due(JobKind.WRITE, house.clock.now()) == before
    mounts.mirror_is_gone = False
    house.scan()

    assert house.queue.next_due(JobKind.WRITE, house.clock.now()) != before


def test_a_pruned_scan_looks_where_a_mirrored_sidecar_was_replaced(
    tmp_path: Path, store: Store, clock: FakeClock
) -> None:
    """The folder of the photo has not changed, that of its sidecar has."""
    mirror = tmp_path / "mirror"
    house = House(tmp_path / "photos", store=store, clock=clock, mirror=mirror)
    house.put("2026/a.jpg")
    (mirror / "2026").mkdir(parents=True)
    house.clock.set_wall(datetime.now(UTC) + timedelta(minutes=1))
    house.scan_and_take_in()
    house.scan(full=False)
    before = house.queue.next_due(JobKind.WRITE, house.clock.now())
    assert before is not None
    assert before > house.clock.now()

    (mirror / "2026" / "a.jpg.xmp").write_bytes(b"<x/>")
    house.scan(full=False)

    due = house.queue.next_due(JobKind.WRITE, house.clock.now())
    assert due is not None
    assert due <= house.clock.now()


def test_hot_folders_are_looked_into_without_hints(house: House) -> None:
    house.put("inbox/a.jpg")
    house.scan_and_take_in()
    house.put("inbox/b.jpg")
    house.put("top.jpg")

    house.scanner.visit_hot()
    house.wait_quiet()

    assert {b"inbox/b.jpg", b"top.jpg"} <= house.live().keys()


def test_a_folder_that_agreed_is_not_read_back_from_the_store(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million unchanged files cost one look at each and 16 bytes a folder."""
    house.put("2025/a.jpg")
    house.clock.set_wall(house.clock.now() + timedelta(days=3650))
    house.scan_and_take_in()
    house.scan()
    read_back: list[bytes] = []
    known_files = house.catalogue.known_files
    monkeypatch.setattr(
        house.catalogue,
        "known_files",
        lambda library, folder: read_back.append(folder) or known_files(library, folder),
    )

    house.scan()
    assert read_back == []

    house.put("2025/a.jpg", jpeg("another picture, in place"))
    house.scan_and_take_in()
    assert read_back == [b"2025"]
    assert house.live() == house.truth()


def test_a_file_put_back_as_it_was_is_noticed_if_the_store_knows_another(house: House) -> None:
    photo = house.put("2025/a.jpg", b"first" + jpeg())
    house.clock.set_wall(house.clock.now() + timedelta(days=3650))
    house.scan_and_take_in()
    house.scan()  # the folder is marked now, as it is
    old = photo.stat()
    kept = photo.read_bytes()
    photo.write_bytes(b"other" + jpeg())
    os.utime(photo, ns=(old.st_mtime_ns, old.st_mtime_ns + 1_000_000))
    house.scan_and_take_in()

    photo.write_bytes(kept)
    os.utime(photo, ns=(old.st_mtime_ns, old.st_mtime_ns))
    house.scan_and_take_in()

    assert house.live() == house.truth()


def test_a_first_scan_records_its_folders_together(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync of the disk for each of ten thousand folders would take longer than the scan."""
    for number in range(30):
        house.put(f"{number}/a.jpg")
    batches: list[int] = []
    record_listings = house.catalogue.record_listings
    monkeypatch.setattr(
        house.catalogue,
        "record_listings",
        lambda library, listings: (
            batches.append(len(listings)) or record_listings(library, listings)
        ),
    )

    house.scan()

    assert batches == [31]
    assert len(house.catalogue.folders(house.library.id)) == 31
