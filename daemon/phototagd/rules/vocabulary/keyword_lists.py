"""Vocabularies as text files, read and written.

One word a line. Tabs nest it below the line above, as in keyword lists of Lightroom, with its
`{synonym}` lines and `[not exported]` words. A line may also hold a whole path, `A|B|leaf`,
or a word and the same word in other languages, `狗 = dog`. `!word` is blocked; `#` begins a
comment line. A backslash before one of these signs makes it an ordinary character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from phototagd.domain.vocabulary import Term, TermChange, TermId, TermOrigin
from phototagd.rules.vocabulary.growing import Places
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.spelling import clean_name, exact_key

_SIGNS = "\\{}[]=|!#"
_ESCAPED = re.compile(r"\\([\\{}\[\]=|!#])")
_SPECIAL = re.compile(r"[\\{}\[\]=|!#]")
_HIDDEN = 0xE000  # escaped signs hide in the private use area while a line is taken apart
FORMS = ("tree", "list", "paths")


@dataclass(frozen=True, slots=True)
class ListedWord:
    """What a file says of one word; `path` ends with the word itself."""

    path: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    is_blocked: bool = False
    is_exported: bool = True


def read_list(text: str) -> list[ListedWord]:
    """The words of a file in their order; lines that say nothing are left out."""
    words: list[ListedWord] = []
    stack: list[tuple[str, ...]] = []
    for raw in text.removeprefix("\ufeff").splitlines():
        depth = len(raw) - len(raw.lstrip("\t"))
        line = _ESCAPED.sub(lambda sign: chr(_HIDDEN + ord(sign[1])), raw.strip())
        if not line or line.startswith("#"):
            continue
        if line.startswith("{") and line.endswith("}") and words:
            synonym = _plain(line[1:-1])
            if synonym:
                last = words[-1]
                words[-1] = _with(last, synonyms=(*last.synonyms, synonym))
            continue
        del stack[depth:]
        word = _word(line, stack[-1] if stack else ())
        if word is not None:
            words.append(word)
            stack.append(word.path)
    return words


def write_list(lexicon: Lexicon, form: str = "tree") -> str:
    """The vocabulary as a file: everything (tree), names alone (list), or paths."""
    if form == "tree":
        lines = list(_tree(lexicon, None, 0))
    else:
        kept = [term for term in lexicon if term.is_exported and not term.is_blocked]
        if form == "paths":
            names: Iterable[str] = (
                "|".join(_signed(name) for name in lexicon.lineage(term)) for term in kept
            )
        else:
            names = (_signed(term.name) for term in kept)
        lines = sorted(set(names), key=exact_key)
    return "".join(f"{line}\n" for line in lines)


def imported(lexicon: Lexicon, words: Sequence[ListedWord], origin: TermOrigin) -> TermChange:
    """What reading a file changes: words are added, and moved to where the file has them.

    Nothing is dropped; the spelling of the file wins.
    """
    places = Places(lexicon)
    for word in words:
        _import_one(places, lexicon, word, origin)
    return places.change


def _import_one(places: Places, lexicon: Lexicon, word: ListedWord, origin: TermOrigin) -> None:
    name = word.path[-1]
    parent = places.grow(word.path[:-1], origin)
    own = places.at(parent, name) or _movable(places, lexicon, name, parent)
    if own is None:
        own = Term(id=places.next_id, name=name, parent=parent, origin=origin)
    synonyms = {exact_key(one): one for one in (*own.synonyms, *word.synonyms)}
    translations = {exact_key(one): one for one in (*own.translations, *word.translations)}
    synonyms.pop(exact_key(name), None)
    places.put(
        Term(
            id=own.id,
            name=name,
            parent=parent,
            synonyms=tuple(synonyms.values()),
            translations=tuple(translations.values()),
            origin=origin,
            is_blocked=word.is_blocked,
            is_exported=word.is_exported,
        )
    )


def _movable(places: Places, lexicon: Lexicon, name: str, parent: TermId | None) -> Term | None:
    """A term of that name which has no place of its own yet, so that the file may give it one."""
    known = lexicon.named(name)
    if known is None or parent is None:
        return None
    term = places.term(known.id)
    return None if term.parent is not None or places.is_below(parent, term.id) else term


def _tree(lexicon: Lexicon, parent: TermId | None, depth: int) -> Iterator[str]:
    tabs = "\t" * depth
    for term in sorted(lexicon.children(parent), key=lambda term: exact_key(term.name)):
        name = " = ".join(_signed(name) for name in (term.name, *term.translations))
        if term.is_blocked:
            name = f"!{name}"
        yield tabs + (name if term.is_exported else f"[{name}]")
        for synonym in term.synonyms:
            yield f"{tabs}\t{{{_signed(synonym)}}}"
        yield from _tree(lexicon, term.id, depth + 1)


def _word(line: str, above: tuple[str, ...]) -> ListedWord | None:
    is_exported = not (line.startswith("[") and line.endswith("]"))
    line = line if is_exported else line[1:-1].strip()
    is_blocked = line.startswith("!")
    named, *others = line.removeprefix("!").split("=")
    path = tuple(part for part in map(_plain, named.split("|")) if part)
    if not path:
        return None
    translations = tuple(name for name in map(_plain, others) if name)
    return ListedWord(
        path=above + path,
        translations=translations,
        is_blocked=is_blocked,
        is_exported=is_exported,
    )


def _with(word: ListedWord, *, synonyms: tuple[str, ...]) -> ListedWord:
    return ListedWord(word.path, synonyms, word.translations, word.is_blocked, word.is_exported)


def _plain(text: str) -> str:
    """A name with its escaped signs back."""
    return clean_name("".join(chr(ord(c) - _HIDDEN) if _is_hidden(c) else c for c in text))


def _is_hidden(character: str) -> bool:
    at = ord(character) - _HIDDEN
    return 0 <= at < 128 and chr(at) in _SIGNS  # noqa: PLR2004 -- the signs are ASCII


def _signed(name: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], name)
