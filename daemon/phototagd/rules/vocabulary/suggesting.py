"""Which words of a vocabulary look like one?

By spelling: one letter more, less or other, where one of the two is rare. By variant: plural,
hyphen, accents. By meaning: vectors that are near each other, all pairs of a group (complete
linkage), so that no chain of neighbours grows into one word.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from phototagd.domain.vocabulary import Entry, Suggestion
from phototagd.rules.text.synonyms import KNOWN_WORDS
from phototagd.rules.text.tokenising import fold
from phototagd.rules.vocabulary.spelling import exact_key, variant_key

NEAR = 0.85
Neighbours = Callable[[Sequence[str]], Iterable[tuple[int, int, float]]]
"""Pairs of words that mean nearly the same: their indexes, and how near they are, up to 1."""

_SHORTEST_TYPO = 5  # letters; shorter words have too many neighbours
_RARE_SHARE = 0.2  # a typo is at most so frequent as a share of the right word


def suggestions(entries: Sequence[Entry], neighbours: Neighbours | None = None) -> list[Suggestion]:
    """Groups of words that may be merged, the most used first; a word is in one group at most.

    `neighbours` is asked once, with the words in the order of `entries`.
    """
    words = [entry for entry in entries if entry.state in {"kept", "waiting"}]
    taken: set[str] = set()
    found: list[Suggestion] = []
    near = None if neighbours is None else list(neighbours([one.word for one in words]))
    sources = (
        ("variant", _variants(words)),
        ("spelling", _typos(words)),
        ("meaning", _clusters(words, near or [])),
    )
    for reason, groups in sources:
        for group in groups:
            if all(one.word not in taken for one in group):
                taken |= {one.word for one in group}
                found.append(_suggestion(group, reason))
    return sorted(found, key=lambda one: (-one.photos, one.target))


def _suggestion(group: Sequence[Entry], reason: str) -> Suggestion:
    target = max(group, key=_weight)
    others = tuple(one.word for one in group if one is not target)
    photos = sum(one.photos for one in group if one is not target)
    return Suggestion(words=others, target=target.path or target.word, reason=reason, photos=photos)


def _weight(entry: Entry) -> tuple[bool, int, str]:
    return entry.state == "kept", entry.photos, entry.word


def _variants(words: Sequence[Entry]) -> Iterator[list[Entry]]:
    families: Mapping[str, list[Entry]] = _grouped(words, lambda one: variant_key(one.word))
    return (family for family in families.values() if len(family) > 1)


def _typos(words: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Words one letter apart: those that are equal after taking out one letter of each."""
    bare: dict[str, list[Entry]] = defaultdict(list)
    for one in words:
        for form in _one_letter_less(exact_key(one.word)):
            bare[form].append(one)
    seen: set[frozenset[str]] = set()
    for near in bare.values():
        for one, other in combinations(near, 2):
            pair = frozenset({one.word, other.word})
            if pair not in seen and _is_typo(one, other):
                seen.add(pair)
                yield [one, other]


def _one_letter_less(word: str) -> set[str]:
    if len(word) < _SHORTEST_TYPO:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_typo(one: Entry, other: Entry) -> bool:
    first, second = exact_key(one.word), exact_key(other.word)
    rare, common = sorted((one.photos, other.photos))
    are_words = fold(first) in KNOWN_WORDS and fold(second) in KNOWN_WORDS
    return (
        first != second
        and first[0] == second[0]
        and not are_words
        and rare <= _RARE_SHARE * common
        and _is_one_apart(first, second)
    )


def _is_one_apart(one: str, other: str) -> bool:
    """Whether one letter was added, dropped, replaced, or swapped with its neighbour."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    is_swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or is_swapped


def _clusters(
    words: Sequence[Entry], near: Iterable[tuple[int, int, float]]
) -> Iterator[list[Entry]]:
    """Complete linkage: groups grow by the nearest pairs, while all their pairs are near."""
    pairs = {frozenset((a, b)): value for a, b, value in near if value >= NEAR and a != b}
    group_of = {index: {index} for pair in pairs for index in pair}
    for pair in sorted(pairs, key=lambda pair: (-pairs[pair], sorted(pair))):
        a, b = pair
        one, other = group_of[a], group_of[b]
        if one is not other and all(frozenset((i, j)) in pairs for i in one for j in other):
            one |= other
            for index in other:
                group_of[index] = one
    unique = {id(group): group for group in group_of.values()}
    for group in unique.values():
        if len(group) > 1:
            yield [words[index] for index in sorted(group)]


def _grouped(words: Iterable[Entry], key_of: Callable[[Entry], str]) -> Mapping[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for one in words:
        groups[key_of(one)].append(one)
    return groups
