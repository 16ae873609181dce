"""Into which tokens is text cut, so that every word of it can be found?

Scripts that are written without spaces are cut into pairs of characters and a last single
one: 狗在海边 gives 狗在 在海 海边 边. Any run of two characters or more is then a phrase of
pairs, and a single character the beginning of a pair: nothing that is written is missed.
Other words are folded (case, accents, width) and made singular. Chinese is folded to
Simplified. Index and query are cut by the same functions.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from phototagd.rules.text.simplified import simplified
from phototagd.rules.text.singular import singular

_DENSE = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul: particles hang on its words
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"  # Kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_RUN = re.compile(f"(?P<dense>[{_DENSE}]+)|[^\\W_{_DENSE}]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b")
BOUNDARY = "¦"
"""A token between two values of a field, so that no phrase reaches from one into the next."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand one after the other; `is_start`: the last may go on."""

    tokens: tuple[str, ...]
    is_start: bool = False


def fold(text: str) -> str:
    """The text without case, accents and variants of width and script."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)))
    return simplified(unicodedata.normalize("NFC", bare.casefold()))


def is_dense(char: str) -> bool:
    """Whether a character belongs to a script without spaces."""
    run = _RUN.match(char)
    return run is not None and run["dense"] is not None


def tokens(text: str) -> Iterator[str]:
    """The tokens of a text for the index."""
    for word, dense in _runs(text):
        yield from (*_pairs(word), word[-1]) if dense else (word,)


def tokens_of(values: Iterable[str]) -> str:
    """The tokens of several values, ready for the index."""
    return f" {BOUNDARY} ".join(" ".join(tokens(value)) for value in values)


def phrases(text: str, *, is_start: bool = False) -> tuple[Phrase, ...]:
    """What must be in the index for the text to be there; empty for text without words."""
    found: list[Phrase] = []
    words: list[str] = []
    for word, dense in _runs(text):
        if not dense:
            words.append(word)
            continue
        if words:
            found.append(Phrase(tuple(words)))
            words = []
        found.append(Phrase(_pairs(word)) if len(word) > 1 else Phrase((word,), is_start=True))
    if words:
        found.append(Phrase(tuple(words), is_start=is_start))
    return tuple(found)


def whole(text: str) -> str:
    """One token for a complete keyword; empty for text without words."""
    words = "·".join(word for word, _ in _runs(text))
    return f"⟨{words}⟩" if words else ""


def wholes_of(values: Iterable[str]) -> str:
    """The tokens of complete keywords, each once."""
    return " ".join(dict.fromkeys(token for value in values if (token := whole(value))))


def holds(stream: Sequence[str], phrase: Phrase) -> bool:
    """Whether a phrase stands in the tokens of a text."""
    size = len(phrase.tokens)
    *head, last = phrase.tokens
    for at in range(len(stream) - size + 1):
        if list(stream[at : at + size - 1]) == head:
            token = stream[at + size - 1]
            if token.startswith(last) if phrase.is_start else token == last:
                return True
    return False


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for run in _RUN.finditer(_POSSESSIVE.sub("", fold(text))):
        dense = run["dense"] is not None
        yield (run[0] if dense else singular(run[0])), dense


def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[at : at + 2] for at in range(len(word) - 1))
