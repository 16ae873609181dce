"""Is what an embedding model answered a list of vectors?"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from phototagd.domain.errors import BadReply, Unreadable

_LEAST_LENGTH = 1e-9


def vectors_in(rows: Any, count: int) -> list[tuple[float, ...]]:
    """So many vectors, each made 1 long.

    Raises Unreadable for numbers that are none, BadReply for anything else that is wrong.
    """
    if not isinstance(rows, Sequence) or len(rows) != count:
        raise BadReply("the embedding model did not answer with one vector a text")
    vectors = [_unit(row) for row in rows]
    if len({len(vector) for vector in vectors}) > 1:
        raise BadReply("the embedding model answered with vectors of several lengths")
    return vectors


def in_order(data: Any) -> list[Any]:
    """The vectors of an OpenAI-style answer, in the order of the texts."""
    if not isinstance(data, list) or not all(isinstance(one, Mapping) for one in data):
        raise BadReply("the embedding model did not answer with one vector a text")
    places = [one.get("index", place) for place, one in enumerate(data)]
    if sorted(places) != list(range(len(data))):
        raise BadReply("the embedding model lost the order of the texts")
    rows = dict(zip(places, data, strict=True))
    return [rows[place].get("embedding") for place in range(len(data))]


def _unit(row: Any) -> tuple[float, ...]:
    if not isinstance(row, Sequence) or isinstance(row, str) or not row:
        raise BadReply("the embedding model answered without numbers")
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in row):
        raise Unreadable("the embedding model made no numbers of it")
    length = math.sqrt(math.fsum(number * number for number in row))
    if length < _LEAST_LENGTH:
        raise Unreadable("the embedding model made nothing of it")
    return tuple(number / length for number in row)
