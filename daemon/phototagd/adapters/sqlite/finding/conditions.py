"""Turns what was understood of a query into SQL: fixed fragments, values as parameters.

Nothing a person typed is ever part of the SQL, and in FTS5's own query language every word
is a quoted string.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from phototagd.adapters.sqlite.columns import json_text
from phototagd.adapters.sqlite.finding.indexing import wall_seconds
from phototagd.domain.search import (
    Condition,
    Fact,
    Field,
    Having,
    People,
    Query,
    Taken,
    Term,
)
from phototagd.rules.text.tokenising import Phrase, phrases, whole

_IS_ONE_OF = " IN (SELECT value FROM json_each(?))"
_NOTHING = '"⟨⟩"'  # a token that no photo has


@dataclass(frozen=True, slots=True)
class Fragment:
    """A test in SQL on `search_photo AS photo`, and the values of its parameters."""

    sql: str
    values: tuple[object, ...] = ()


def all_words(terms: Iterable[Term]) -> str:
    """An FTS5 query for photos that have every term; empty without terms."""
    return " AND ".join(map(_spelled, terms))


def all_wholes(terms: Iterable[Term]) -> str:
    """An FTS5 query for photos that have every term as a complete keyword."""
    return " AND ".join(map(_as_keyword, terms))


def any_words(terms: Iterable[Term]) -> str:
    """An FTS5 query for photos that have some term."""
    return " OR ".join(map(_spelled, terms))


def is_filtered(query: Query) -> bool:
    """Whether a query leaves out more than private photos."""
    return bool(query.conditions) or query.wants_private


def conditions(query: Query) -> Fragment:
    """All conditions of a query; private photos are left out unless asked for."""
    parts = [Fragment("photo.is_private = ?", (query.wants_private,))]
    parts += [condition(one) for one in query.conditions]
    return joined(parts, " AND ")


def condition(wanted: Condition) -> Fragment:
    """One condition as a test."""
    test = _test(wanted.test)
    if wanted.is_negated:
        # What is not known passes: NOT of SQL's NULL would not.
        return Fragment("coalesce(" + test.sql + ", 0) = 0", test.values)
    return test


def _test(  # noqa: PLR0911 -- one return per kind of test
    test: Taken | People | Fact | Having | Term,
) -> Fragment:
    match test:
        case Taken():
            return _taken(test)
        case People(least=least, most=None):
            return Fragment("photo.people >= ?", (least,))
        case People(least=least, most=most):
            return Fragment("photo.people BETWEEN ? AND ?", (least, most))
        case Fact():
            return _fact(test)
        case Having.TEXT:
            return Fragment("photo.has_text = 1")
        case Having.PLACE:
            return Fragment("photo.has_place = 1")
        case Having.DATE:
            return Fragment("photo.taken_at IS NOT NULL")
        case Term():
            return _words(test)
        case _:
            assert_never(test)


def _taken(taken: Taken) -> Fragment:
    parts = []
    if taken.spans:
        spans = [
            Fragment(
                "(photo.taken_at >= ? AND photo.taken_at < ?)",
                (wall_seconds(span.start), wall_seconds(span.end)),
            )
            for span in taken.spans
        ]
        parts.append(joined(spans, " OR "))
    if taken.months:
        parts.append(_one_of("photo.month", taken.months))
    if taken.hours:
        parts.append(_one_of("photo.hour", taken.hours))
    clock = joined(parts, " AND ")
    return clock if taken.term is None else joined([clock, _words(taken.term)], " OR ")


def _one_of(column: str, values: tuple[int, ...]) -> Fragment:
    return Fragment(f"{column}{_IS_ONE_OF}", (json_text(values),))


def _fact(fact: Fact) -> Fragment:
    if fact.field in {Field.FOLDER, Field.CAMERA}:
        # A part of the name is enough: folder:2024, camera:x100.
        test = Fragment(
            """photo.asset_id IN (SELECT asset_id FROM search_fact, json_each(?) AS wanted
                                  WHERE field = ? AND instr(search_fact.value, wanted.value))""",
            (json_text(fact.values), fact.field.value),
        )
    else:
        test = Fragment(
            """photo.asset_id IN (SELECT asset_id FROM search_fact WHERE field = ?
                                    AND value IN (SELECT value FROM json_each(?)))""",
            (fact.field.value, json_text(fact.values)),
        )
    return test if fact.term is None else joined([test, _words(fact.term)], " OR ")


def _words(term: Term) -> Fragment:
    return Fragment(
        """photo.asset_id IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)""",
        (_spelled(term),),
    )


def joined(parts: Iterable[Fragment], operator: str) -> Fragment:
    """All parts in parentheses, an operator between them."""
    parts = list(parts)
    return Fragment(
        "(" + operator.join(part.sql for part in parts) + ")",
        tuple(value for part in parts for value in part.values),
    )


def _spelled(term: Term) -> str:
    """One term in FTS5's language: any of its spellings."""
    ways = [*_phrased(term), *(_exactly(text) for text in term.whole if whole(text))]
    return "(" + " OR ".join(dict.fromkeys(ways) or [_NOTHING]) + ")"


def _phrased(term: Term) -> Iterator[str]:
    for text in term.spellings:
        found = phrases(text, is_start=term.is_start)
        if found:
            yield (
                " AND ".join(map(_quoted, found))
                if len(found) == 1
                else ("(" + " AND ".join(map(_quoted, found)) + ")")
            )
    if term.spellings and (exact := whole(term.spellings[0])):
        yield f'whole : "{exact}"'  # ranks complete keywords first


def _as_keyword(term: Term) -> str:
    texts = dict.fromkeys((*term.spellings, *term.whole))
    ways = dict.fromkeys(_exactly(text) for text in texts if whole(text))
    return "(" + " OR ".join(ways or [_NOTHING]) + ")"


def _exactly(text: str) -> str:
    return f'whole : "{whole(text)}"'


def _quoted(phrase: Phrase) -> str:
    # Tokens hold letters and digits only, so no quote can end the string early.
    quoted = '"' + " ".join(phrase.tokens) + '"'
    return quoted + " *" if phrase.is_start else quoted
