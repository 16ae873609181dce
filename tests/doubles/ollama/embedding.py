"""Vectors that carry meaning enough for tests: words and their synonyms, in both languages.

Every word adds a direction of its own, the same for all its synonyms, so texts that share what
they are about are near each other, and others are not. Length 1, as Ollama's.
"""

import hashlib
import math
import random
from functools import lru_cache

from phototagd.rules.text.synonyms import spelled
from phototagd.rules.text.tokenising import fold, phrases, tokens

DIMENSIONS = 768
_PREFIXES = ("task: search result | query: ", "title: none | text: ")
_SMALL = frozenset(("a", "an", "the", "of", "in", "on", "at", "my", "our", "with", "and", "by"))


def vector_of(text: str, dimensions: int = 0, seed: str = "") -> list[float]:
    """The vector of a text, cut to `dimensions` when there are fewer than all."""
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    total = [1e-3] * DIMENSIONS
    for word in _words(text):
        for at, number in enumerate(_direction(seed + word)):
            total[at] += number
    kept = total[:dimensions] if 0 < dimensions < DIMENSIONS else total
    length = math.sqrt(sum(number * number for number in kept))
    return [number / length for number in kept]


def _words(text: str) -> set[str]:
    """What a text is about: each known word by the first of its synonyms."""
    found = set()
    folded = fold(text)
    known = [group for group in _groups() if any(_holds(folded, word) for word in group)]
    for group in known:
        found.add(min(group))
    covered = {token for group in known for word in group for token in tokens(word)}
    found |= {token for token in tokens(text) if token not in covered and token not in _SMALL}
    return found


def _holds(folded: str, word: str) -> bool:
    if not word.isascii():
        return word in folded
    return f" {word} " in " " + " ".join(tokens(folded)) + " "


def _groups() -> list[tuple[str, ...]]:
    if not _GROUPS:
        seen = set()
        for word in _EXAMPLES:
            group = tuple(sorted({fold(one) for one in spelled(word).spellings if phrases(one)}))
            if group not in seen:
                seen.add(group)
                _GROUPS.append(group)
    return _GROUPS


_GROUPS: list[tuple[str, ...]] = []
_EXAMPLES = (
    "dog", "cat", "beach", "sunset", "snow", "flower", "car", "child", "mountain", "night", "sea",
    "tree", "bird", "food", "city", "street", "boat", "river", "forest", "horse", "bicycle",
)  # fmt: skip


@lru_cache(maxsize=10_000)
def _direction(word: str) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    draw = random.Random(seed)
    return [draw.gauss(0, 1 / math.sqrt(DIMENSIONS)) for _ in range(DIMENSIONS)]
