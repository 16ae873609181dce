"""A folder compared with what the store remembers of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import FolderStamp, PathId, PathState, Stamp
from phototagd.domain.library import Entry, FileRow, KnownFile
from phototagd.rules.arriving import reconciling
from phototagd.rules.arriving.eligibility import may_be_photo
from phototagd.rules.arriving.reconciling import Difference, proves_unchanged, same_content

OLD, NEW = Stamp(1, 1, 1), Stamp(2, 2, 2)


def known(
    path: int,
    name: bytes,
    stamp: Stamp = OLD,
    state: PathState = PathState.KNOWN,
    sidecar: tuple[bytes, Stamp] | None = None,
    missing_scans: int = 0,
) -> KnownFile:
    sidecar_name, sidecar_stamp = sidecar or (None, None)
    return KnownFile(PathId(path), name, stamp, state, sidecar_name, sidecar_stamp, missing_scans)


def compare(
    files: list[Entry], store: list[KnownFile], *, sidecars: list[Entry] | None
) -> Difference:
    return reconciling.compare(
        _rows(files),
        sorted(store, key=lambda file: file.name),
        sidecars=None if sidecars is None else _rows(sidecars),
    )


def _rows(files: list[Entry]) -> list[FileRow]:
    return sorted((e.name, e.stamp.size, e.stamp.mtime_ns, e.stamp.inode) for e in files)


def test_more_new_files_than_fit_are_told_in_pieces() -> None:
    files = [Entry(b"%05d.jpg" % number, NEW) for number in range(reconciling.MOST_NEW + 1)]

    first, rest = compare(files, [], sidecars=[]), compare(files[1:], [], sidecars=[])

    assert (len(first.appeared), first.has_more) == (reconciling.MOST_NEW, True)
    assert (len(rest.appeared), rest.has_more) == (reconciling.MOST_NEW, False)


def test_each_file_is_what_it_is() -> None:
    """New, changed, missing and back are told apart; junk is no photo."""
    files = [
        Entry(b"new.jpg", NEW),
        Entry(b"same.jpg", OLD),
        Entry(b"edited.jpg", NEW),
        Entry(b"back.jpg", OLD),
        Entry(b"half.jpg.part", NEW),
    ]
    store = [
        known(1, b"same.jpg"),
        known(2, b"edited.jpg"),
        known(3, b"back.jpg", missing_scans=1),
        known(4, b"away.jpg"),
    ]

    difference = compare(files, store, sidecars=files)

    assert difference.appeared == ((b"new.jpg", 2, 2, 2),)
    assert difference.changed == ((b"edited.jpg", 2, 2, 2),)
    assert difference.missing == (4,)
    assert difference.back == (3,)
    assert difference.sidecars_changed == ()


def test_a_sidecar_that_appeared_changed_or_vanished_is_noticed() -> None:
    photos = [Entry(name, OLD) for name in (b"a.jpg", b"b.jpg", b"c.jpg", b"d.jpg", b"e.jpg")]
    sidecars = [
        Entry(b"A.XMP", OLD),
        Entry(b"b.jpg.xmp", NEW),
        Entry(b"d.jpg.xmp", OLD),
    ]
    store = [
        known(1, b"a.jpg"),
        known(2, b"b.jpg", sidecar=(b"b.jpg.xmp", OLD)),
        known(3, b"c.jpg", sidecar=(b"c.jpg.xmp", OLD)),
        known(4, b"d.jpg", sidecar=(b"d.jpg.xmp", OLD)),
        known(5, b"e.jpg"),
    ]

    difference = compare(photos, store, sidecars=sidecars)

    assert difference.sidecars_changed == (1, 2, 3)


def test_nothing_is_said_of_sidecars_that_cannot_be_seen() -> None:
    """An unmounted mirror must not look like a thousand deleted sidecars."""
    store = [known(1, b"a.jpg", sidecar=(b"a.jpg.xmp", OLD))]

    assert compare([Entry(b"a.jpg", OLD)], store, sidecars=None).sidecars_changed == ()


def test_what_is_no_photo_has_no_sidecar() -> None:
    files = [Entry(b"a.txt", OLD), Entry(b"a.xmp", OLD)]

    difference = compare(files, [known(1, b"a.txt", state=PathState.FOREIGN)], sidecars=files)

    assert difference.sidecars_changed == ()


def test_inode_numbers_of_network_mounts_mean_nothing() -> None:
    remounted = Stamp(OLD.size, OLD.mtime_ns, 99)

    assert not same_content(remounted, OLD)
    assert same_content(remounted, OLD, trust_inode=False)


def test_a_folder_proves_unchanged_only_by_an_old_and_equal_stamp() -> None:
    changed = datetime(2026, 5, 1, tzinfo=UTC)
    ns = int(changed.timestamp() * 1e9)
    stamp = FolderStamp(mtime_ns=0, ctime_ns=ns, inode=1)

    assert proves_unchanged(stamp, stamp, changed + timedelta(seconds=2))
    assert not proves_unchanged(stamp, stamp, changed + timedelta(seconds=1))
    assert not proves_unchanged(FolderStamp(0, ns + 1, 1), stamp, changed + timedelta(days=1))


names = st.one_of(
    st.sampled_from([b"a.jpg", b"b.png", b"c", b"d.part", b"e.xmp", b"f.heic"]),
    st.binary(min_size=1, max_size=2),  # upper case, prefixes, bytes that are no UTF-8
)
stamps = st.sampled_from([OLD, NEW])


@given(
    st.dictionaries(names, stamps),
    st.dictionaries(names, st.tuples(stamps, st.integers(0, 1))),
)
def test_every_name_is_accounted_for_once(
    seen: dict[bytes, Stamp], remembered: dict[bytes, tuple[Stamp, int]]
) -> None:
    files = [Entry(name, stamp) for name, stamp in seen.items()]
    store = [
        known(i, name, stamp, missing_scans=missing)
        for i, (name, (stamp, missing)) in enumerate(remembered.items())
    ]

    difference = compare(files, store, sidecars=files)

    eligible = set(filter(may_be_photo, seen))
    by_id = {file.path: file.name for file in store}
    assert {row[0] for row in difference.appeared} == eligible - set(remembered)
    assert {row[0] for row in difference.changed} == {
        n for n in eligible & set(remembered) if seen[n] != remembered[n][0]
    }
    assert {by_id[p] for p in difference.missing} == set(remembered) - eligible
    assert {by_id[p] for p in difference.back} == {
        n for n in eligible & set(remembered) if remembered[n][1]
    }


ROWS = st.lists(
    st.tuples(
        st.binary(min_size=1, max_size=4),
        st.integers(0, 3),
        st.integers(-1, 2**63),
        st.integers(0, 2**64 - 1),
    ),
    unique_by=lambda row: row[0],
    max_size=5,
)


@given(rows=ROWS.map(sorted), others=ROWS.map(sorted))
def test_a_fingerprint_is_equal_for_equal_names_and_stamps_alone(
    rows: list[FileRow], others: list[FileRow]
) -> None:
    def seen(files: list[FileRow], *, trust_inode: bool = True) -> bytes:
        return reconciling.fingerprint(files, (), trust_inode=trust_inode, version="1")

    renumbered = [(name, size, mtime, inode + 1) for name, size, mtime, inode in rows]

    assert seen(rows.copy()) == seen(rows)
    assert (seen(others) == seen(rows)) == (others == rows)
    assert seen(renumbered, trust_inode=False) == seen(rows, trust_inode=False)
    assert rows == [] or seen(renumbered) != seen(rows)


def test_a_fingerprint_tells_photos_from_sidecars_and_programs_apart() -> None:
    row = (b"a.xmp", 1, 2, 3)

    prints = {
        reconciling.fingerprint(rows, sidecars, trust_inode=True, version=version)
        for rows, sidecars, version in (
            ([row], [], "1"),
            ([], [row], "1"),
            ([], [], "1"),
            ([row], [], "2"),
        )
    }
    assert len(prints) == 4


def test_a_fingerprint_of_many_files_taken_in_parts_tells_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reconciling, "_PART", 2)
    rows = [(b"%d.jpg" % number, number, 2, 3) for number in range(5)]

    def seen(files: list[FileRow], *, trust_inode: bool = True) -> bytes:
        return reconciling.fingerprint(files, (), trust_inode=trust_inode, version="1")

    assert seen(rows.copy()) == seen(rows)
    prints = {seen([*rows[:at], (b"x", 9, 9, 9), *rows[at + 1 :]]) for at in range(5)}
    assert len(prints | {seen(rows), seen(rows[:4])}) == 7
    renumbered = [(*row[:3], 7) for row in rows]
    assert seen(renumbered, trust_inode=False) == seen(rows, trust_inode=False) != seen(rows)
