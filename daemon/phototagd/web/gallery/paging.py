"""Long lists in pages."""

from dataclasses import dataclass

from starlette.requests import Request

_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of several; numbers count from 1, 0 means there is none."""

    number: int
    pages: int
    start: int

    @property
    def before(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The page after."""
        return self.number + 1 if self.number < self.pages else 0


def pages_around(number: int, count: int, size: int) -> Paging:
    """The page of that number, or the nearest there is."""
    pages = max(1, -(-count // size))
    number = min(max(number, 1), pages)
    return Paging(number=number, pages=pages, start=(number - 1) * size)


def number_in(request: Request, name: str) -> int:
    """A whole number from the query, 1 if there is none that makes sense."""
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 1
