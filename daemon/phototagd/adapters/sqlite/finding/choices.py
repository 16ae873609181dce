"""Turns a choice of photos into SQL: fixed fragments, values as parameters.

On `search_photo AS photo`, joined with `tagging` and `recipe`: how it was last answered.
"""

from datetime import UTC, datetime
from typing import assert_never

from phototagd.adapters.sqlite.columns import to_ms
from phototagd.adapters.sqlite.finding.conditions import Fragment, condition, joined
from phototagd.domain.retagging import All, Answered, Any, Choice, IsPrivate, Not, Pattern, Said
from phototagd.domain.search import Condition

_EARLIEST = datetime(1970, 1, 2)  # noqa: DTZ001 -- local time, as persons write it
_LATEST = datetime(9999, 1, 1)  # noqa: DTZ001 -- the same
_PATH = """EXISTS (SELECT 1 FROM path_record WHERE asset_id = photo.asset_id
                   AND state = 'known' AND gone_at IS NULL
                   AND CAST(root || '/' || CASE WHEN length(relpath) THEN relpath || '/' ELSE '' END
                            || name AS TEXT) GLOB ?)"""
_COLUMNS = {
    Said.MODEL: "lower(recipe.model) GLOB lower(?)",
    Said.RECIPE: "lower(recipe.key) GLOB lower(?)",
    Said.LANGUAGE: "lower(recipe.language) GLOB lower(?)",
    Said.PROFILE: "lower(recipe.profile) GLOB lower(?)",
    Said.PATH: _PATH,
}


def chosen_where(choice: Choice) -> Fragment:  # noqa: PLR0911 -- one return per kind of choice
    """A test in SQL for the photos of a choice."""
    match choice:
        case Condition():
            return condition(choice)
        case Pattern():
            return Fragment(_COLUMNS[choice.of], (_glob(choice),))
        case Answered(start=start, end=end):
            between = (_local_ms(start), _local_ms(end))
            return Fragment("(tagging.created_at >= ? AND tagging.created_at < ?)", between)
        case IsPrivate():
            return Fragment("photo.is_private = 1")
        case Not(choice=inner):
            test = chosen_where(inner)
            return Fragment("coalesce(" + test.sql + ", 0) = 0", test.values)
        case All(choices=choices):
            return joined(map(chosen_where, choices), " AND ")
        case Any(choices=choices):
            return joined(map(chosen_where, choices), " OR ")
        case _:
            assert_never(choice)


def _glob(pattern: Pattern) -> str:
    """Only `*` means something: brackets and question marks stand for themselves."""
    text = pattern.text.replace("[", "[[]").replace("?", "[?]")
    if pattern.of is Said.PATH and "*" not in text:
        return f"*{text}*"
    return text


def _local_ms(at: datetime) -> int:
    return to_ms(min(max(at, _EARLIEST), _LATEST).astimezone(UTC))
