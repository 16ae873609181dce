"""Too much at once: a share of the library, and not a handful of photos."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.arriving.losing import LEAST, is_mass

counts = st.integers(0, 10_000)
shares = st.floats(0.01, 1.0)


@given(counts, counts, shares)
def test_more_lost_never_asks_less(lost: int, left: int, share: float) -> None:
    known = lost + left
    if is_mass(lost, known, share=share):
        assert is_mass(min(lost + 1, known), known, share=share)
        assert is_mass(lost, known, share=share, was_asked=True)


@given(counts, shares)
def test_few_photos_are_no_mass_whatever_their_share(left: int, share: float) -> None:
    assert not is_mass(LEAST - 1, LEAST - 1 + left, share=share)


@given(counts, counts)
def test_a_share_of_all_asks_nobody(lost: int, left: int) -> None:
    assert not is_mass(lost, lost + left, share=1.0, was_asked=True)
