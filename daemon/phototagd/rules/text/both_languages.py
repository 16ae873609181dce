"""How are keywords written in two languages?"""

from collections.abc import Mapping, Sequence


def in_both(keywords: Sequence[str], translations: Mapping[str, str]) -> tuple[str, ...]:
    """The keywords, each followed by its translation where it has one; none twice.

    Of a keyword path the last part is what is translated.
    """
    found: dict[str, None] = {}
    for keyword in keywords:
        found.setdefault(keyword)
        same = translations.get(keyword.rpartition("|")[2])
        if same:
            found.setdefault(same)
    return tuple(found)
