"""How a library is watched, and whether its root is the one it was."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.library import Mount, RootIdentity, WatchMode
from phototagd.rules.arriving import watching


def mount(filesystem: str, *, is_remote: bool = False) -> Mount:
    return Mount(b"/photos", filesystem, 1, is_remote)


@pytest.mark.parametrize(
    ("wanted", "on", "mode", "word"),
    [
        ("auto", mount("ext4"), WatchMode.NATIVE, "ext4"),
        ("auto", mount(""), WatchMode.NATIVE, "native"),
        ("auto", mount("nfs4", is_remote=True), WatchMode.SCAN, "nfs4"),
        ("auto", mount("overlay"), WatchMode.SCAN, "overlay"),
        ("native", mount("cifs", is_remote=True), WatchMode.NATIVE, "cifs"),
        ("scan", mount("ext4"), WatchMode.SCAN, "settings"),
        ("off", mount("ext4"), WatchMode.OFF, "settings"),
    ],
)
def test_the_mode_follows_the_setting_and_the_mount(
    wanted: str, on: Mount, mode: WatchMode, word: str
) -> None:
    choice = watching.choose_mode(wanted, on)

    assert choice.mode is mode
    assert word in choice.why


def test_the_watch_budget_leaves_half_to_others() -> None:
    assert watching.watch_budget(None) == 4000
    assert watching.watch_budget(1_000_000) == 4000
    assert watching.watch_budget(1000) == 500


def test_hints_are_retried_after_one_minute_doubling_to_an_hour() -> None:
    pauses = [timedelta(0)]
    for _ in range(9):
        pauses.append(watching.next_retry(pauses[-1]))

    minutes = [pause / timedelta(minutes=1) for pause in pauses[1:]]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_scans_alone_come_round_within_a_minute_where_they_can() -> None:
    took = timedelta(seconds=3)

    pause = watching.pause_between_scans(took, mode=WatchMode.SCAN, rescan=timedelta(minutes=5))

    assert took + pause + took <= timedelta(seconds=60)


@given(
    st.floats(0, 5000).map(lambda s: timedelta(seconds=s)),
    st.sampled_from([WatchMode.NATIVE, WatchMode.SCAN]),
    st.floats(1, 3600).map(lambda s: timedelta(seconds=s)),
)
def test_a_scan_never_takes_most_of_the_time(
    took: timedelta, mode: WatchMode, rescan: timedelta
) -> None:
    pause = watching.pause_between_scans(took, mode=mode, rescan=rescan)

    assert pause > timedelta(0)
    if took > watching.AFFORDABLE_SCAN:
        assert pause >= took
    if mode is WatchMode.NATIVE:
        assert pause >= rescan


def test_a_share_may_change_its_device_number_a_disk_may_not() -> None:
    was = RootIdentity(device=1, inode=2, filesystem="nfs4")
    now = RootIdentity(device=9, inode=2, filesystem="nfs4")

    assert watching.same_root(now, was, is_remote=True)
    assert not watching.same_root(now, was, is_remote=False)
    assert not watching.same_root(
        RootIdentity(device=1, inode=3, filesystem="nfs4"), was, is_remote=True
    )


def test_what_lies_in_the_root_tells_a_renumbered_disk_from_another() -> None:
    known = {b"2024", b"2025", b"2026", b"inbox"}

    assert watching.holds_the_same({b"2024", b"2025", b"new"}, known)
    assert not watching.holds_the_same({b"backup", b"2024"}, known)
    assert watching.holds_the_same({b"anything"}, set())
