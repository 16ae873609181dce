"""Finds words of near meaning, as far as the embedding model gets within a person's patience."""

import threading
from collections.abc import Callable, Sequence

from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.events import Trouble
from phototagd.domain.meaning import Vector
from phototagd.ports import Clock, Listener
from phototagd.ports.meaning import Embedder
from phototagd.rules.meaning.families import Family

AT_ONCE = 32
PATIENCE_SECONDS = 20.0
MOST_WORDS = 5000
"""The most used ones: a vocabulary that grows larger has other troubles than near-duplicates."""

Pair = tuple[int, int, float]


class WordNeighbours:
    """Asks for vectors of words and keeps them; called from several threads at once.

    Words that there was no time for are left out, and asked about at the next call. So are all
    without a vector while the server is away: words of like spelling are found without it.
    """

    def __init__(
        self,
        *,
        embedder: Embedder,
        family: Family,
        pairs: Callable[[Sequence[Vector], float], list[Pair]],
        at_least: float,
        clock: Clock,
        emit: Listener,
    ) -> None:
        self._embedder = embedder
        self._family = family
        self._pairs = pairs
        self._at_least = at_least
        self._clock = clock
        self._emit = emit
        self._lock = threading.Lock()
        self._known: dict[str, Vector | None] = {}  # None: the model makes nothing of it

    def __call__(self, words: Sequence[str]) -> list[Pair]:
        """Pairs of indexes of words that mean nearly the same, with their cosine."""
        words = words[:MOST_WORDS]
        with self._lock:
            self._known = {word: self._known[word] for word in words if word in self._known}
            try:
                self._ask([word for word in dict.fromkeys(words) if word not in self._known])
            except Unavailable as error:
                self._emit(
                    Trouble(what="words of like meaning", reason=str(error), remedy=error.remedy)
                )
            vectors = [self._known.get(word) for word in words]
        places = [place for place, vector in enumerate(vectors) if vector is not None]
        found = [vector for vector in vectors if vector is not None]
        if len({len(vector) for vector in found}) > 1:  # another model has taken the name
            self._known = {}
            return []
        near = self._pairs(found, self._at_least)
        return [(places[one], places[other], cosine) for one, other, cosine in near]

    def _ask(self, words: Sequence[str]) -> None:
        until = self._clock.monotonic() + PATIENCE_SECONDS
        for start in range(0, len(words), AT_ONCE):
            if self._clock.monotonic() >= until:
                return
            batch = words[start : start + AT_ONCE]
            try:
                self._known |= zip(batch, self._vectors(batch), strict=True)
            except Unavailable:
                raise
            except PhototagdError:  # one of them is to blame
                for word in batch:
                    self._known[word] = self._alone(word)

    def _alone(self, word: str) -> Vector | None:
        try:
            return self._vectors([word])[0]
        except Unavailable:
            raise
        except PhototagdError:
            return None

    def _vectors(self, words: Sequence[str]) -> list[Vector]:
        return self._embedder.embed([self._family.document.format(word) for word in words])
