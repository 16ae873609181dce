"""What may stand in a cell of a table that a spreadsheet opens?"""

from phototagd.rules.wire.showing import escaped

_FORMULA_SIGNS = ("=", "+", "-", "@")


def cell(text: str) -> str:
    """The text on one line; one that a spreadsheet would take for a formula begins with `'`.

    Captions come from a model that reads what stands in pictures: anybody could write there.
    A number stays a number.
    """
    text = escaped(text)
    # A space in front does not keep all of them from reading on.
    return f"'{text}" if text.lstrip().startswith(_FORMULA_SIGNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()
