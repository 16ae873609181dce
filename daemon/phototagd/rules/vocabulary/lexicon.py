"""The vocabulary at one moment: terms looked up by whatever they are called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from phototagd.domain.vocabulary import Term, TermChange, TermId
from phototagd.rules.vocabulary.spelling import exact_key, path_parts, variant_key

_DEEPEST = 32  # a circle of parents ends here


class Lexicon:
    """All terms, never changed; a change makes a new one.

    Where two terms are called the same, the older one answers. `last` is the highest id ever
    given: none is given twice, so that old orders can be taken back.
    """

    def __init__(self, terms: Iterable[Term] = (), *, last: int = 0) -> None:
        self._terms = {term.id: term for term in sorted(terms, key=lambda term: term.id)}
        self._last = max(last, max(self._terms, default=0))
        self._named: dict[str, Term] = {}
        self._called: dict[str, Term] = {}
        self._variants: dict[str, Term] = {}
        self._children: dict[TermId | None, list[Term]] | None = None  # made when asked for
        for term in self._terms.values():
            self._named.setdefault(exact_key(term.name), term)
        for term in self._terms.values():
            for word in (*term.translations, *term.synonyms):
                self._called.setdefault(exact_key(word), term)
        for term in self._terms.values():
            self._variants.setdefault(variant_key(term.name), term)
        for term in self._terms.values():
            for word in (*term.translations, *term.synonyms):
                self._variants.setdefault(variant_key(word), term)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    @property
    def next_id(self) -> TermId:
        """The id of the next term to be made."""
        return TermId(self._last + 1)

    @property
    def terms(self) -> Mapping[TermId, Term]:
        """All terms by id."""
        return self._terms

    def named(self, word: str) -> Term | None:
        """The term of exactly this name, whatever its case."""
        return self._named.get(exact_key(word))

    def called(self, word: str) -> Term | None:
        """The term of this name, or with this synonym or translation."""
        return self.named(word) or self._called.get(exact_key(word))

    def like(self, word: str) -> Term | None:
        """The term called so, or so in another number, spelling or script."""
        return self.called(word) or self._variants.get(variant_key(word))

    def at(self, path: str) -> Term | None:
        """The term at a whole path `A|B|leaf`; a single word is looked up by name alone."""
        wanted = [exact_key(part) for part in path_parts(path)]
        if len(wanted) == 1:
            return self.named(path)
        for term in self:
            if [exact_key(part) for part in self.lineage(term)] == wanted:
                return term
        return None

    def formerly_at(self, path: str) -> Term | None:
        """The term a path led to before words above it were merged into it or its ancestors."""
        wanted = [exact_key(part) for part in path_parts(path)]
        for term in self:
            if wanted and exact_key(term.name) == wanted[-1]:
                called = [_called(one) for one in self.ancestry(term)]
                if wanted[0] in called[-1] and set().union(*called).issuperset(wanted):
                    return term
        return None

    def lineage(self, term: Term) -> tuple[str, ...]:
        """The names from the top down to a term."""
        return tuple(one.name for one in reversed(self.ancestry(term)))

    def ancestry(self, term: Term) -> list[Term]:
        """A term, and those above it up to the top."""
        found: list[Term] = []
        above: Term | None = term
        while above is not None and len(found) < _DEEPEST:
            found.append(above)
            above = None if above.parent is None else self._terms.get(above.parent)
        return found

    def path_of(self, term: Term) -> str:
        """The keyword path of a term."""
        return "|".join(self.lineage(term))

    def children(self, term: TermId | None) -> list[Term]:
        """The terms right below one, or at the top, oldest first."""
        if self._children is None:
            self._children = defaultdict(list)
            for one in self:
                self._children[self._parent(one)].append(one)
        return self._children.get(term, [])

    def is_below(self, term: Term, other: Term) -> bool:
        """Whether a term is the other one, or lies somewhere below it."""
        return any(one.id == other.id for one in self.ancestry(term))

    def changed(self, change: TermChange) -> "Lexicon":
        """The vocabulary after a change."""
        kept = {id_: term for id_, term in self._terms.items() if id_ not in change.dropped}
        terms = kept | {term.id: term for term in change.put}
        return Lexicon(terms.values(), last=self._last)

    def _parent(self, term: Term) -> TermId | None:
        return term.parent if term.parent in self._terms else None


def _called(term: Term) -> set[str]:
    return {exact_key(word) for word in (term.name, *term.synonyms, *term.translations)}
