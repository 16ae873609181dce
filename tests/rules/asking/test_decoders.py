"""One decoding process for every four requests in flight, within what the machine has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.asking.decoders import LANES_PER_DECODER, decoders

COUNTS = st.integers(1, 64)


@pytest.mark.parametrize(
    ("lanes", "cpus", "wanted"),
    [(0, 8, 1), (1, 8, 1), (4, 8, 1), (5, 8, 2), (16, 8, 4), (16, 2, 2), (64, 8, 8), (16, 1, 1)],
)
def test_so_many(lanes: int, cpus: int, wanted: int) -> None:
    assert decoders(lanes=lanes, cpus=cpus) == wanted


@given(lanes=COUNTS, cpus=COUNTS)
def test_never_more_than_cpus_and_enough_where_there_are_enough(lanes: int, cpus: int) -> None:
    count = decoders(lanes=lanes, cpus=cpus)
    assert 1 <= count <= cpus
    assert count == cpus or count * LANES_PER_DECODER >= lanes
