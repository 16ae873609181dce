"""Packed or not, the files of a folder are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.packed_rows import PackedRows

ROWS = st.lists(
    st.tuples(
        st.binary(min_size=1, max_size=255),
        st.integers(0, 2**63 - 1),
        st.integers(-(2**63), 2**63 - 1),
        st.integers(0, 2**64 - 1),
    )
)


@given(ROWS)
def test_what_goes_in_comes_out(rows: list[tuple[bytes, int, int, int]]) -> None:
    packed = PackedRows(iter(rows))

    assert len(packed) == len(rows)
    assert list(packed) == rows
    assert [packed[at] for at in range(-len(rows), len(rows))] == rows * 2
    assert packed[1::2] == rows[1::2]


def test_beyond_the_end_is_nothing() -> None:
    with pytest.raises(IndexError):
        PackedRows([(b"a", 1, 2, 3)])[1]
