"""All near pairs of some vectors, the same as by comparing every one with every other."""

import math
import random

import pytest

from phototagd.adapters.nearness import pairs
from phototagd.adapters.nearness.pairs import near_pairs


def unit(chance: random.Random, near: list[float] | None = None) -> list[float]:
    row = [chance.gauss() + (0 if near is None else 40 * near[at]) for at in range(16)]
    length = math.sqrt(sum(number * number for number in row))
    return [number / length for number in row]


@pytest.mark.parametrize("block", [1, 7, 512])
def test_pairs_are_those_of_plain_comparison(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_BLOCK", block)
    chance = random.Random(3)
    rows = [unit(chance) for _ in range(12)]
    rows += [unit(chance, near=row) for row in rows]
    cosines = {
        (one, other): sum(a * b for a, b in zip(rows[one], rows[other], strict=True))
        for one in range(len(rows))
        for other in range(one + 1, len(rows))
    }

    found = near_pairs(rows, 0.85)

    assert {(one, other) for one, other, _ in found} == {
        pair for pair, cosine in cosines.items() if cosine >= 0.85
    }
    assert len(found) >= 12
    for one, other, cosine in found:
        assert cosine == pytest.approx(cosines[one, other], abs=1e-5)


def test_nothing_has_no_pairs() -> None:
    assert near_pairs([], 0.85) == []
    assert near_pairs([[1.0, 0.0]], 0.85) == []
