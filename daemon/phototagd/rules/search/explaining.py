"""Why was a photo found: which of its words and facts answer to the query?"""

from collections.abc import Iterator, Mapping

from phototagd.domain.search import (
    Chip,
    Condition,
    Fact,
    Field,
    Having,
    People,
    PhotoFacts,
    Query,
    Reason,
    Taken,
    Term,
)
from phototagd.rules.text.tokenising import fold, holds, phrases, tokens, whole

_LONGEST = 120  # characters of a text that are quoted


def reasons(query: Query, photo: PhotoFacts) -> tuple[Reason, ...]:
    """One reason for each part of the query that this photo answers to, in the query's order."""
    terms, conditions = iter(query.terms), iter(query.conditions)
    found: list[Reason] = []
    for chip in query.chips:
        if chip.kind == "private":
            continue
        if chip.kind in _WORDS and not chip.is_negated:
            found += _of_term(chip, next(terms), photo)
        else:
            found += _of_condition(chip, next(conditions), photo)
    return tuple(found)


_WORDS = frozenset({"words", "phrase", "keyword"})


def _of_term(chip: Chip, term: Term, photo: PhotoFacts) -> list[Reason]:
    for where, values in _fields(photo).items():
        for value in values:
            if _has(value, term, is_keyword=where in _KEYWORDS):
                return [Reason(chip.text, where, value[:_LONGEST])]
    return []


_KEYWORDS = frozenset({"keyword", "object", "category", "mood"})


def _has(value: str, term: Term, *, is_keyword: bool) -> bool:
    if is_keyword and whole(value) in map(whole, (*term.whole, *term.spellings)):
        return True
    stream = list(tokens(value))
    return any(
        (wanted := phrases(text, is_start=term.is_start))
        and all(holds(stream, phrase) for phrase in wanted)
        for text in term.spellings
    )


def _fields(photo: PhotoFacts) -> Mapping[str, tuple[str, ...]]:
    """Where words are looked for, the weightiest field first."""
    return {
        "keyword": photo.keywords,
        "object": photo.objects,
        "category": (photo.category,),
        "mood": photo.mood,
        "caption": photo.captions,
        "text": photo.text,
        "place": photo.place,
        "camera": photo.camera,
        "path": photo.names,
    }


def _of_condition(  # noqa: PLR0911 -- one return per kind of test
    chip: Chip, condition: Condition, photo: PhotoFacts
) -> list[Reason]:
    if condition.is_negated:
        return [Reason(chip.text, "not", chip.meaning)]
    match condition.test:
        case Taken(term=term):
            if photo.taken_at is not None and _is_on_clock(condition.test, photo):
                return [Reason(chip.text, "taken", f"{photo.taken_at:%Y-%m-%d %H:%M}")]
            return [] if term is None else _of_term(chip, term, photo)
        case People():
            return [Reason(chip.text, "people", str(photo.people))]
        case Fact(field=field, term=term):
            names = [name for name in _named(photo, field) if _is_named(name, condition.test)]
            if names:
                return [Reason(chip.text, field.value, names[0])]
            return [] if term is None else _of_term(chip, term, photo)
        case Having():
            return [Reason(chip.text, condition.test.value, _had(condition.test, photo))]
        case Term():
            return _of_term(chip, condition.test, photo)


def _had(having: Having, photo: PhotoFacts) -> str:
    match having:
        case Having.TEXT:
            return " / ".join(photo.text)[:_LONGEST]
        case Having.PLACE:
            return ", ".join(photo.place)
        case Having.DATE:
            return "" if photo.taken_at is None else f"{photo.taken_at:%Y-%m-%d %H:%M}"


def _is_on_clock(taken: Taken, photo: PhotoFacts) -> bool:
    at = photo.taken_at
    return at is not None and (not taken.hours or at.hour in taken.hours)


def _is_named(name: str, fact: Fact) -> bool:
    if fact.field in {Field.FOLDER, Field.CAMERA}:
        return any(value in fold(name) for value in fact.values)
    return fold(name) in fact.values


def _named(photo: PhotoFacts, field: Field) -> Iterator[str]:
    names: Mapping[Field, tuple[str, ...]] = {
        Field.CATEGORY: (photo.category,),
        Field.MOOD: photo.mood,
        Field.OBJECT: photo.objects,
        Field.PLACE: photo.place,
        Field.CAMERA: photo.camera,
        Field.KIND: (photo.kind,),
        Field.SENSITIVE: (photo.sensitive,),
        Field.FOLDER: photo.folders,
    }
    yield from names[field]
