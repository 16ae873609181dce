"""Near pairs are exactly those that comparing everything with everything finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.likeness import Sketched
from phototagd.domain.sketch import Sketch
from phototagd.rules.likeness.near_pairs import near_pairs
from phototagd.rules.likeness.nearness import is_near

BITS = st.integers(0, 63)
FLIPS = st.sets(BITS, max_size=7)


def photo(
    number: int, phash: int, dhash: int, aspect: float = 1.5, *, flat: bool = False
) -> Sketched:
    return Sketched(AssetId(number), Sketch(phash, dhash, flat), aspect, None, "", False, b"")


@st.composite
def libraries(draw: st.DrawFn) -> list[Sketched]:
    """Pictures, each with variants that differ from it by a few bits and a little in shape."""
    photos: list[Sketched] = []
    for _ in range(draw(st.integers(1, 4))):
        phash, dhash = (draw(st.integers(0, 2**64 - 1)) for _ in range(2))
        for _ in range(draw(st.integers(1, 5))):
            waves, steps = (sum(1 << bit for bit in draw(FLIPS)) for _ in range(2))
            aspect = draw(st.sampled_from([1.5, 1.52, 1.54, 1.0]))
            flat = draw(st.integers(0, 9)) == 0
            photos.append(photo(len(photos), phash ^ waves, dhash ^ steps, aspect, flat=flat))
    return photos


@given(libraries())
def test_nothing_near_is_missed_and_nothing_far_is_found(photos: list[Sketched]) -> None:
    near = {
        (one, other)
        for one, other in combinations(range(len(photos)), 2)
        if is_near(photos[one], photos[other])
    }
    found = set(near_pairs(photos))

    assert found <= near
    assert joined(found, len(photos)) == joined(near, len(photos))


def joined(pairs: set[tuple[int, int]], count: int) -> set[frozenset[int]]:
    """What the pairs join."""
    groups = {number: frozenset({number}) for number in range(count)}
    for one, other in pairs:
        group = groups[one] | groups[other]
        groups.update(dict.fromkeys(group, group))
    return set(groups.values())


def test_one_bit_in_each_band_is_near_enough() -> None:
    """Bands alone would miss one pair in ten of those that differ by four bits."""
    spread = 1 << 3 | 1 << 20 | 1 << 40 | 1 << 63
    assert near_pairs([photo(1, 0, 0), photo(2, spread, 0)]) == [(0, 1)]
    assert near_pairs([photo(1, 0, 0), photo(2, spread | 1, 0)]) == []


def test_thousands_of_equal_ones_are_not_compared_by_what_they_share() -> None:
    photos = [photo(number, 7, number << 20) for number in range(4100)]
    assert near_pairs(photos[:3]) != []
    assert near_pairs(photos) == []


def test_thousands_of_the_same_are_joined_by_their_first() -> None:
    assert near_pairs([photo(number, 7, 7) for number in range(4100)]) == [
        (0, number) for number in range(1, 4100)
    ]


def test_no_photos_are_no_pairs() -> None:
    assert near_pairs([]) == []
    assert near_pairs([photo(1, 0, 0)]) == []
