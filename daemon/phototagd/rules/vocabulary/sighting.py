"""Which words of a vocabulary may somebody see who must not see every photo?"""

from collections.abc import Collection
from dataclasses import replace

from phototagd.domain.vocabulary import Term, TermId, TermOrigin
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.spelling import exact_key


def in_sight(lexicon: Lexicon, *, used: Collection[TermId], beyond: Collection[str]) -> Lexicon:
    """The vocabulary without the names that only photos beyond somebody's sight have.

    `used` terms are said of photos in sight, the words `beyond` stand on none of them. Words
    of an imported list stay: they say nothing of photos. So does a word that others stand below.
    """
    hidden = frozenset(map(exact_key, beyond))
    if not hidden:
        return lexicon
    shown = [term for term in lexicon if term.id in used or not _is_hidden(term, hidden)]
    kept = {above.id for term in shown for above in _with_all_above(lexicon, term)}
    return Lexicon(_without(term, hidden) for term in lexicon if term.id in kept)


def _is_hidden(term: Term, hidden: Collection[str]) -> bool:
    return term.origin is not TermOrigin.FILE and exact_key(term.name) in hidden


def _with_all_above(lexicon: Lexicon, term: Term) -> list[Term]:
    found = [term]
    while (parent := found[-1].parent) is not None:
        above = lexicon.terms.get(parent)
        if above is None or above in found:
            break
        found.append(above)
    return found


def _without(term: Term, hidden: Collection[str]) -> Term:
    if term.origin is TermOrigin.FILE:
        return term
    return replace(
        term,
        synonyms=tuple(name for name in term.synonyms if exact_key(name) not in hidden),
        translations=tuple(name for name in term.translations if exact_key(name) not in hidden),
    )
