"""How are searches kept: which names are names, and what stands in the file?

The file holds what the database holds, as JSON, so that a database that is made anew has them.
"""

import json
from collections.abc import Iterable, Iterator

from phototagd.domain.saved_search import LONGEST_NAME, LONGEST_QUERY, SavedSearch
from phototagd.domain.search import HitOrder


def kept_as(name: str, query: str, order: HitOrder) -> SavedSearch:
    """A search to keep; spaces around and between words of the name count once.

    Raises ValueError for a name or a query that is empty, too long or not one line of text.
    """
    name, query = " ".join(name.split()), " ".join(query.split())
    for what, text, longest in (("name", name, LONGEST_NAME), ("query", query, LONGEST_QUERY)):
        if not text:
            raise ValueError(f"the {what} is empty")
        if len(text) > longest:
            raise ValueError(f"the {what} has more than {longest} letters")
        if not text.isprintable():
            raise ValueError(f"the {what} holds signs that nobody can read")
    return SavedSearch(name, query, order)


def file_of(searches: Iterable[SavedSearch]) -> str:
    """The text of the file."""
    entries = [{"name": one.name, "query": one.query, "order": one.order.value} for one in searches]
    return json.dumps({"searches": entries}, ensure_ascii=False, indent=2) + "\n"


def searches_in(text: str) -> list[SavedSearch]:
    """The searches of a file; what makes no sense in it is left out."""
    try:
        entries = json.loads(text)["searches"]
    except (ValueError, KeyError, TypeError):
        return []
    found = {one.name: one for one in _read(entries if isinstance(entries, list) else [])}
    return sorted(found.values(), key=lambda one: one.name)


def _read(entries: Iterable[object]) -> Iterator[SavedSearch]:
    for entry in entries:
        try:
            fields = dict(entry)  # type: ignore[call-overload]  # whatever a person wrote
            yield kept_as(
                fields["name"], fields["query"], HitOrder(fields.get("order", "relevance"))
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
