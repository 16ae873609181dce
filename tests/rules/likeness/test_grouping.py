"""What stands beside each other: the same picture, or one burst."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.likeness import Likeness, Sketched
from phototagd.domain.sketch import Sketch
from phototagd.rules.likeness.grouping import alike

A, B = 0x0F0F_1234_5678_9ABC, 0xF0F0_EDCB_A987_6543
"""Two pictures that have nothing in common."""
MOVED = 0b1111_1111 << 20  # eight bits: the next shot of a burst, no duplicate


def photo(number: int, phash: int = A, **changes: object) -> Sketched:
    fields = {
        "aspect": 1.5,
        "taken_at": None,
        "camera": "",
        "is_raw": False,
        "stem": b"%d" % number,
    }
    return Sketched(AssetId(number), Sketch(phash, 0), **(fields | changes))  # type: ignore[arg-type]


def shot(number: int, at: int, phash: int = A, camera: str = "Canon R5") -> Sketched:
    return photo(number, phash, taken_at=at, camera=camera)


def test_the_same_picture_in_other_files_is_one_group() -> None:
    photos = [photo(1), photo(2, A ^ 1), photo(3, B), photo(4, A ^ 3)]
    assert alike(photos) == [(Likeness.SIMILAR, (1, 2, 4))]


def test_other_shapes_are_other_pictures() -> None:
    assert alike([photo(1), photo(2, aspect=1.4)]) == []
    assert alike([photo(1), photo(2, aspect=1.48)]) != []


def test_shots_after_each_other_are_a_burst_however_alike() -> None:
    run = [shot(3, 10), shot(1, 12), shot(2, 14, A ^ MOVED)]
    assert alike(run) == [(Likeness.BURST, (3, 1, 2))]


def test_a_burst_ends_with_a_pause_another_camera_or_another_picture() -> None:
    assert alike([shot(1, 10, A ^ MOVED), shot(2, 13)]) == []
    assert alike([shot(1, 10, A ^ MOVED), shot(2, 11, camera="Nikon")]) == []
    assert alike([shot(1, 10, A ^ MOVED), shot(2, 11, camera="")]) == []
    assert alike([shot(1, 10), shot(2, 11, B)]) == []


def test_a_small_copy_that_kept_its_time_is_a_duplicate_and_no_burst() -> None:
    assert alike([shot(1, 10), shot(2, 10, A ^ 1)]) == [(Likeness.SIMILAR, (1, 2))]


def test_a_burst_within_a_second_is_a_burst() -> None:
    assert alike([shot(1, 10), shot(2, 10, A ^ MOVED)]) == [(Likeness.BURST, (1, 2))]


def test_an_export_of_one_shot_of_a_burst_stands_beside_it() -> None:
    photos = [shot(1, 10, A ^ MOVED), shot(2, 11), photo(3)]
    assert alike(photos) == [(Likeness.SIMILAR, (2, 3)), (Likeness.BURST, (1, 2))]


def test_raw_and_jpeg_of_one_shot_are_no_duplicates() -> None:
    pair = [photo(1, stem=b"7/IMG_1"), photo(2, stem=b"7/IMG_1", is_raw=True)]
    assert alike(pair) == []
    assert alike([*pair, photo(3)]) == [(Likeness.SIMILAR, (1, 3))]
    assert alike([pair[1], photo(3)]) == [(Likeness.SIMILAR, (2, 3))]


def test_flat_pictures_are_like_nothing() -> None:
    flat = [
        Sketched(AssetId(n), Sketch(0, 0, is_flat=True), 1.5, n, "Canon", False, b"")
        for n in (1, 2)
    ]
    assert alike(flat) == []


@given(
    st.lists(
        st.builds(
            lambda phash, at, camera: (phash, at, camera),
            st.sampled_from([A, A ^ 1, A ^ MOVED, B, B ^ 6]),
            st.none() | st.integers(0, 8),
            st.sampled_from(["", "Canon"]),
        ),
        max_size=12,
    )
)
def test_groups_hold_two_or_more_and_none_lies_within_another(
    told: list[tuple[int, int | None, str]],
) -> None:
    photos = [
        photo(number, phash, taken_at=at, camera=camera)
        for number, (phash, at, camera) in enumerate(told, start=1)
    ]
    groups = [set(members) for _, members in alike(photos)]

    assert all(len(group) > 1 for group in groups)
    assert not any(one < other for one in groups for other in groups if one is not other)
    assert alike(list(reversed(photos))) is not None
