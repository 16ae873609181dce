"""What does an order of a person change in the vocabulary?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from phototagd.domain.errors import ConfigError
from phototagd.domain.vocabulary import Order, Term, TermChange, TermId, TermOrigin, Verb
from phototagd.rules.vocabulary.growing import Places
from phototagd.rules.vocabulary.keyword_lists import imported, read_list
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.spelling import clean_name, exact_key, path_parts


class _Draft:
    """A vocabulary in the making, and what was changed on the way."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._put: dict[TermId, Term] = {}
        self._dropped: list[TermId] = []

    @property
    def change(self) -> TermChange:
        return TermChange(tuple(self._put.values()), tuple(self._dropped))

    def put(self, *terms: Term) -> None:
        self._put |= {term.id: term for term in terms}
        self.lexicon = self.lexicon.changed(TermChange(terms))

    def drop(self, term: Term) -> None:
        self._put.pop(term.id, None)
        self._dropped.append(term.id)
        self.lexicon = self.lexicon.changed(TermChange((), (term.id,)))

    def term(self, word: str) -> Term:
        """The term of a word or path, made when there is none."""
        return self.known(word) or self.grown(_named(word))

    def known(self, word: str) -> Term | None:
        """The term of a word or path that is there."""
        return self.lexicon.at(word) or self.lexicon.called(word) or self.lexicon.formerly_at(word)

    def place(self, word: str) -> Sequence[str]:
        """Where a word or path is, or would be: the names from the top down."""
        known = self.known(word)
        return path_parts(word) if known is None else self.lexicon.lineage(known)

    def source(self, word: str) -> Term:
        """The term of a word, made when only the model has it; a whole path must be there."""
        if len(path_parts(word)) > 1 and self.lexicon.at(word) is None:
            raise ConfigError(f"{word!r} is not in the vocabulary")
        return self.term(word)

    def grown(self, path: Sequence[str]) -> Term:
        """The term at a path, made with all above it where they are missing."""
        places = Places(self.lexicon)
        own = places.grow(path, TermOrigin.PERSON)
        assert own is not None, "a path has a word"
        self.put(*places.change.put)
        return self.lexicon.terms[own]


def carried_out(lexicon: Lexicon, order: Order) -> TermChange:
    """The change that an order asks for; empty when everything is so already.

    Words need not be in the vocabulary: those that only the model uses become terms. Raises
    ConfigError for an order that makes no sense.
    """
    draft = _Draft(lexicon)
    _CARRIED_OUT[order.verb](draft, order)
    return _without_idle(lexicon, draft.change)


def described(order: Order) -> str:
    """An order as one line for a person."""
    words = ", ".join(order.words)
    match order.verb:
        case Verb.IMPORT:
            return f"import {order.target}".rstrip()
        case Verb.BLOCK:
            return f"block {words}"
        case Verb.ADD:
            return f"add {words}" + (f" below {order.target}" if order.target else "")
        case Verb.MERGE:
            return f"merge {words} into {order.target}"
        case Verb.RENAME:
            return f"rename {words} to {order.target}"
        case Verb.MOVE:
            return f"move {words} {'below ' + order.target if order.target else 'to the top'}"


def _add(draft: _Draft, order: Order) -> None:
    parts = draft.place(order.target)
    for word in _wanted(order):
        known = draft.lexicon.at(word) or draft.lexicon.named(word)
        if known is None:
            known = draft.grown((*parts, *_named(word)))
        draft.put(replace(known, is_blocked=False, origin=TermOrigin.PERSON))


def _merge(draft: _Draft, order: Order) -> None:
    target = draft.term(_the_target(order))
    for word in _wanted(order):
        target = draft.lexicon.terms[target.id]
        source = draft.lexicon.at(word) or draft.lexicon.named(word)
        if source is None:
            if len(path_parts(word)) > 1:
                raise ConfigError(f"{word!r} is not in the vocabulary")
            draft.put(_also_called(target, (word,)))
            continue
        if source.id == target.id:
            raise ConfigError(f"{word!r} and {order.target!r} are one word already")
        if draft.lexicon.is_below(target, source):
            draft.put(replace(target, parent=source.parent))
        for child in draft.lexicon.children(source.id):
            draft.put(replace(child, parent=target.id))
        draft.drop(source)
        target = draft.lexicon.terms[target.id]
        draft.put(
            replace(
                _also_called(target, (source.name, *source.synonyms, *source.translations)),
                origin=TermOrigin.PERSON,
            )
        )


def _rename(draft: _Draft, order: Order) -> None:
    words = _wanted(order)
    name = clean_name(_the_target(order))
    if len(words) != 1 or not name or "|" in order.target:
        raise ConfigError("rename takes one word and its new name; move takes it elsewhere")
    other = draft.lexicon.called(name)
    own = draft.source(words[0])
    if other is not None and other.id != own.id:
        raise ConfigError(f"{name!r} is in the vocabulary: merge {words[0]!r} into it instead")
    renamed = replace(own, name=name, origin=TermOrigin.PERSON)
    draft.put(_also_called(renamed, (own.name,)))


def _block(draft: _Draft, order: Order) -> None:
    for word in _wanted(order):
        draft.put(replace(draft.source(word), is_blocked=True, origin=TermOrigin.PERSON))


def _move(draft: _Draft, order: Order) -> None:
    parent = draft.term(order.target) if path_parts(order.target) else None
    for word in _wanted(order):
        own = draft.source(word)
        if parent is not None and draft.lexicon.is_below(parent, own):
            raise ConfigError(f"{word!r} cannot go below itself")
        above = None if parent is None else parent.id
        draft.put(replace(own, parent=above, origin=TermOrigin.PERSON))


def _import(draft: _Draft, order: Order) -> None:
    words = read_list(order.text)
    if not words:
        raise ConfigError("the list holds no words")
    draft.put(*imported(draft.lexicon, words, TermOrigin.FILE).put)


_CARRIED_OUT: Mapping[Verb, Callable[[_Draft, Order], None]] = {
    Verb.ADD: _add,
    Verb.MERGE: _merge,
    Verb.RENAME: _rename,
    Verb.BLOCK: _block,
    Verb.MOVE: _move,
    Verb.IMPORT: _import,
}


def _wanted(order: Order) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word in order.words if path_parts(word)))
    if not words:
        raise ConfigError(f"{order.verb.value} which word?")
    return words


def _the_target(order: Order) -> str:
    if not path_parts(order.target):
        raise ConfigError(f"{order.verb.value} into what?")
    return order.target


def _named(word: str) -> Sequence[str]:
    parts = path_parts(word)
    if not parts:
        raise ConfigError(f"{word!r} is no word")
    return parts


def _also_called(term: Term, names: Sequence[str]) -> Term:
    synonyms = {exact_key(name): clean_name(name) for name in (*term.synonyms, *names)}
    for own in (term.name, *term.translations):
        synonyms.pop(exact_key(own), None)
    return replace(term, synonyms=tuple(synonyms.values()))


def _without_idle(lexicon: Lexicon, change: TermChange) -> TermChange:
    put = tuple(term for term in change.put if lexicon.terms.get(term.id) != term)
    return TermChange(put, tuple(one for one in change.dropped if one in lexicon.terms))
