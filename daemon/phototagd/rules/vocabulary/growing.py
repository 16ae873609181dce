"""Which words become terms: those seen on enough photos, and those that people wrote."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from phototagd.domain.vocabulary import Term, TermChange, TermId, TermOrigin, WordUse
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.mapping import Mapper
from phototagd.rules.vocabulary.spelling import exact_key, path_parts, variant_key

_LONGEST_NAME = 64  # characters; what is longer is a sentence in the wrong field


def born(mapper: Mapper, uses: Iterable[WordUse], *, at_least: int) -> TermChange:
    """Terms for the unknown words that were said of enough photos, all variants together.

    The most used spelling is the name. A kind of something in a hierarchy is born below it.
    """
    families: dict[str, list[WordUse]] = defaultdict(list)
    for use in uses:
        if mapper.is_unknown(use.word):
            families[use.key].append(use)
    new: list[Term] = []
    first = mapper.lexicon.next_id
    for key in sorted(families):
        family = families[key]
        if sum(use.photos for use in family) < at_least:
            continue
        name = max(family, key=lambda use: (use.photos, use.word)).word
        new.append(
            Term(
                id=TermId(first + len(new)),
                name=name,
                parent=_parent_for(mapper, name),
                origin=TermOrigin.ANSWERS,
            )
        )
    return TermChange(tuple(new))


def learnt(lexicon: Lexicon, paths: Iterable[str]) -> TermChange:
    """The vocabulary with the keyword paths that people wrote: their names and spelling win.

    A word of the model takes over their spelling, and their place in a hierarchy when it has
    none; what a person has already named stays so.
    """
    places = Places(lexicon)
    fresh: set[str] = set()
    for path in paths:
        parts = path_parts(path)
        if not parts or any(len(part) > _LONGEST_NAME for part in parts):
            continue
        known = lexicon.like(parts[-1])
        if known is not None:
            _rename(places, known.id, parts)
        elif variant_key(parts[-1]) not in fresh:
            places.grow(parts, TermOrigin.PERSON)
        fresh |= {variant_key(part) for part in parts}
    return places.change


class Places:
    """A vocabulary being filled: which words stand below which, looked up at once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._terms = dict(lexicon.terms)
        self._at = {(t.parent, exact_key(t.name)): t.id for t in reversed(list(lexicon))}
        self._next = lexicon.next_id
        self._put: dict[TermId, Term] = {}

    @property
    def change(self) -> TermChange:
        """What was put so far."""
        return TermChange(tuple(self._put.values()))

    @property
    def next_id(self) -> TermId:
        """The id of the next new term."""
        return self._next

    def term(self, own: TermId) -> Term:
        """A term as it is now."""
        return self._terms[own]

    def at(self, parent: TermId | None, name: str) -> Term | None:
        """The term of a name right below another, or at the top."""
        own = self._at.get((parent, exact_key(name)))
        return None if own is None else self._terms[own]

    def put(self, term: Term) -> None:
        """Add a term, or change it."""
        old = self._terms.get(term.id)
        if old is not None:
            self._at.pop((old.parent, exact_key(old.name)), None)
        self._terms[term.id] = self._put[term.id] = term
        self._at.setdefault((term.parent, exact_key(term.name)), term.id)
        self._next = TermId(max(self._next, term.id + 1))

    def grow(self, parts: Sequence[str], origin: TermOrigin) -> TermId | None:
        """Add what is missing on the way to a path; its last term, None for an empty path."""
        above: TermId | None = None
        for part in parts:
            found = self.at(above, part)
            if found is None:
                found = Term(id=self._next, name=part, parent=above, origin=origin)
                self.put(found)
            above = found.id
        return above

    def is_below(self, own: TermId | None, other: TermId) -> bool:
        """Whether a term is the other one, or lies somewhere below it."""
        seen: set[TermId] = set()
        while own is not None and own in self._terms and own not in seen:
            if own == other:
                return True
            seen.add(own)
            own = self._terms[own].parent
        return False


def _rename(places: Places, own: TermId, parts: Sequence[str]) -> None:
    known = places.term(own)
    if known.origin is not TermOrigin.ANSWERS:
        return
    parent = known.parent
    if len(parts) > 1 and parent is None:
        parent = places.grow(parts[:-1], TermOrigin.PERSON)
        if places.is_below(parent, own):
            parent = None
    places.put(replace(known, name=parts[-1], parent=parent, origin=TermOrigin.PERSON))


def _parent_for(mapper: Mapper, word: str) -> TermId | None:
    match = mapper.match(word)
    if match is None:
        return None
    is_nested = match.term.parent is not None or mapper.lexicon.children(match.term.id)
    return match.term.id if is_nested else None
