"""Which words of the vocabulary is the model told of?"""

from collections import Counter
from collections.abc import Iterable

from phototagd.domain.vocabulary import Term, TermId, TermOrigin, WordUse
from phototagd.rules.vocabulary.mapping import Mapper


def offered(mapper: Mapper, uses: Iterable[WordUse]) -> tuple[str, ...]:
    """The names of the terms, the most used first, then those of imported lists.

    What only people wrote is left out until the model used it: names of persons and trips
    would be seen in photos where they are not.
    """
    photos: Counter[TermId] = Counter()
    for use in uses:
        match = mapper.match(use.word)
        if match is not None and not match.is_kind:
            photos[match.term.id] += use.photos
    wanted = [
        term
        for term in mapper.lexicon
        if _is_written(term) and (photos[term.id] or term.origin is TermOrigin.FILE)
    ]
    wanted.sort(key=lambda term: (-photos[term.id], term.id))
    return tuple(dict.fromkeys(term.name for term in wanted))


def values(mapper: Mapper, uses: Iterable[WordUse]) -> tuple[str, ...]:
    """All names that may be written, oldest first, for a model that may say nothing else.

    None while one of them may not be offered: without it, it could never be said.
    """
    names = dict.fromkeys(term.name for term in mapper.lexicon if _is_written(term))
    return tuple(names) if names.keys() <= set(offered(mapper, uses)) else ()


def _is_written(term: Term) -> bool:
    return term.is_exported and not term.is_blocked
