"""Vocabularies for tests, written as keyword lists."""

from textwrap import dedent

from phototagd.domain.vocabulary import Entry, TermOrigin, WordUse
from phototagd.rules.vocabulary.keyword_lists import imported, read_list
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.mapping import Mapper
from phototagd.rules.vocabulary.spelling import variant_key


def lexicon(text: str, origin: TermOrigin = TermOrigin.FILE) -> Lexicon:
    """The vocabulary that a keyword list makes of an empty one."""
    words = read_list(dedent(text).replace("    ", "\t"))
    return Lexicon(imported(Lexicon(), words, origin).put)


def mapper(text: str, origin: TermOrigin = TermOrigin.FILE) -> Mapper:
    return Mapper(lexicon(text, origin))


def use(word: str, photos: int = 1) -> WordUse:
    return WordUse(word, variant_key(word), photos)


def entry(word: str, photos: int, state: str = "kept") -> Entry:
    path = word if state == "kept" else ""
    return Entry(word=word, path=path, photos=photos, state=state, origin=TermOrigin.ANSWERS)
