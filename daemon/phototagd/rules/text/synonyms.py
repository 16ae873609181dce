"""Which other words mean what was typed?"""

from collections import defaultdict
from collections.abc import Mapping

from phototagd.domain.search import Term
from phototagd.rules.text.synonym_groups import GROUPS
from phototagd.rules.text.tokenising import fold, is_dense, whole

_ONLY_WHOLE = "="


def spelled(text: str, *, is_start: bool = False) -> Term:
    """A term for a typed word or name, with its synonyms."""
    group = _GROUP_OF.get(whole(text), ())
    others = [word for word in group if whole(word.lstrip(_ONLY_WHOLE)) != whole(text)]
    return Term(
        spellings=(text, *(word for word in others if not word.startswith(_ONLY_WHOLE))),
        whole=tuple(word[1:] for word in others if word.startswith(_ONLY_WHOLE)),
        is_start=is_start,
    )


def _groups() -> Mapping[str, tuple[str, ...]]:
    """The words of every group, by each of its words as a complete keyword."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in filter(None, GROUPS.splitlines()):
        words = [word.strip() for word in line.split(",")]
        for word in words:
            found[whole(word.lstrip(_ONLY_WHOLE))] += words
    return {token: tuple(dict.fromkeys(words)) for token, words in found.items()}


_GROUP_OF = _groups()
KNOWN_WORDS = frozenset(
    fold(word.strip()) for line in GROUPS.splitlines() for word in line.split(",") if word.strip()
)
"""Every word of the table, folded; those with `=` are too short to be recognised in a sentence."""

DENSE_WORDS = frozenset(word for word in KNOWN_WORDS if len(word) > 1 and is_dense(word[0]))
SPACED_WORDS = frozenset(word for word in KNOWN_WORDS if " " in word)
