"""The text of a query while it is being understood: what is recognised is taken out of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from phototagd.domain.search import Condition, Fact, Having, People, Taken, Term

TAKEN = "\0"
"""Stands for every character that was taken; no pattern matches it."""


class Mark(Enum):
    """Parts of a query that are no wish themselves."""

    NOT = auto()
    PRIVATE = auto()


Wish = Taken | People | Fact | Having | Term | Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text and what it means; `is_negated` where it says so itself.

    `sense` is as in `saying`.
    """

    start: int
    end: int
    wish: Wish
    kind: str
    sense: tuple[str, ...]
    is_negated: bool = False

    def condition(self, *, is_negated: bool) -> Condition:
        """The piece as a test of photos."""
        assert not isinstance(self.wish, Mark)
        return Condition(self.wish, is_negated=is_negated)


@dataclass(slots=True)
class Board:
    """The original text, what is left of it (same length), and the pieces found so far."""

    text: str
    rest: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = self.text

    def put(self, piece: Piece) -> None:
        """Take a piece out of the rest."""
        self.pieces.append(piece)
        self.drop(piece.start, piece.end)

    def drop(self, start: int, end: int) -> None:
        """Take words without a meaning of their own out of the rest."""
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]

    def put_all(
        self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Piece | None]
    ) -> None:
        """Take out every match that `read` makes sense of."""
        at = 0
        while (match := pattern.search(self.rest, at)) is not None:
            piece = read(match)
            if piece is not None:
                self.put(piece)
            at = max(match.end(), at + 1)

    def in_order(self) -> Iterator[Piece]:
        """The pieces as they stand in the text."""
        return iter(sorted(self.pieces, key=lambda piece: piece.start))
