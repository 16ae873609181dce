# ruff: noqa: SIM905 -- word lists read best as text
"""Which other words may be written in the place of one?

Search joins words that belong together, as tent and camping. A keyword must not become
another one for that, so groups with such words are left out here.
"""

from phototagd.rules.text.synonyms import spelled
from phototagd.rules.vocabulary.spelling import exact_key

_ONLY_NEAR = frozenset(
    """
    hen rooster lamb pony hare tortoise bug surf peak pond lawn meadow boulder star dusk frozen
    lightning campfire laughing dish steak desk seat light mirror silhouette farmland rural skyline
    alley lane railway ship marathon jogging cycling karaoke trip tent laptop cap skirt
    sneaker blackboard drawing sculpture home cathedral shrine snorkeling light lovers monochrome
    supper grill
    """.split()
) | {"night view", "traffic jam", "ice skating", "rock climbing"}


def same_words(word: str) -> tuple[str, ...]:
    """Words that mean the same in keywords, the usual one first; empty for most words."""
    group = spelled(word)
    others = (*group.spellings[1:], *group.whole)
    return () if _ONLY_NEAR.intersection(map(exact_key, (word, *others))) else others
