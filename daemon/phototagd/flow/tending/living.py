"""The vocabulary as it is now, for everybody who writes, asks or tends."""

import threading
from collections.abc import Callable, Collection, Iterable

from phototagd.domain.asset import LibraryId
from phototagd.domain.events import VocabularyChanged
from phototagd.domain.vocabulary import (
    PastOrder,
    TermChange,
    VocabularyMode,
    VocabularyPolicy,
    WordChoice,
    WordUse,
)
from phototagd.ports import Clock, Listener, VocabularyStore
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.mapping import Mapper
from phototagd.rules.vocabulary.offering import offered, values

MOST_VALUES = 100  # of an enum in a schema; a longer one slows every answer down


class LivingVocabulary:
    """Keeps the stored vocabulary at hand; changes pass through here, one at a time.

    Reading never waits for a change. The store is read at the first use.
    """

    def __init__(
        self, *, store: VocabularyStore, policy: VocabularyPolicy, clock: Clock, emit: Listener
    ) -> None:
        self._store = store
        self._policy = policy
        self._clock = clock
        self._emit = emit
        self._gate = threading.RLock()
        self._mapper: Mapper | None = None
        self._is_grown = False
        self._hint: tuple[str, ...] = ()
        self._values: tuple[Mapper, tuple[str, ...]] | None = None

    @property
    def mapper(self) -> Mapper:
        """Maps words to the vocabulary as it is now."""
        return self._mapper or self._load()

    @property
    def is_grown(self) -> bool:
        """Whether new words have to wait."""
        return self._is_grown

    def choose(self, words: Iterable[str], library: LibraryId) -> WordChoice:
        """What is written for the words of an answer in a library."""
        mapper, policy = self.mapper, self._policy
        with_waiting = policy.writes_waiting or not self._is_grown
        return mapper.choose(words, policy.mode_of(library), with_waiting=with_waiting)

    def hint(self, limit: int) -> tuple[str, ...]:
        """The most used words, to be offered to the model; none in open mode.

        It changes seldom, so that servers may keep the constant words of a prompt.
        """
        modes = {self._policy.mode, *self._policy.modes.values()}
        return self._hint[:limit] if modes != {VocabularyMode.OPEN} else ()

    def values(self) -> tuple[str, ...]:
        """All words, for a schema that allows no others; empty unless closed and short.

        All libraries must be closed: they share the models and their answers. Raises
        Unavailable.
        """
        if {self._policy.mode, *self._policy.modes.values()} != {VocabularyMode.CLOSED}:
            return ()
        mapper = self.mapper
        known = self._values
        if known is None or known[0] is not mapper:
            words = values(mapper, self._store.words())
            known = self._values = (mapper, words if len(words) <= MOST_VALUES else ())
        return known[1]

    def renew_hint(self) -> None:
        """Let the hint follow what was said since it was last renewed."""
        self._hint = offered(self.mapper, self._store.words())
        self._values = None

    def plan(self, change: TermChange) -> tuple[str, ...]:
        """The words of the model that a change would have written otherwise."""
        before = self.mapper
        after = Mapper(before.lexicon.changed(change))
        return self._touched(before, after)

    def change(self, decide: Callable[[Mapper], TermChange], *, order: str = "") -> int:
        """Change the vocabulary as decided from what it is now; how many terms changed.

        The photos that it concerns are written anew, little by little.
        """
        with self._gate:
            before = self.mapper
            change = decide(before)
            if not change:
                return 0
            after = Mapper(before.lexicon.changed(change))
            self._store.change(change, self._touched(before, after), self._clock.now(), order=order)
            self._mapper = after
        self._tell(change, order)
        return len(change.put) + len(change.dropped)

    def take_back(self, order: PastOrder) -> None:
        """Reverse an order of a person."""
        with self._gate:
            before = self.mapper
            after = Mapper(before.lexicon.changed(order.reverse))
            self._store.take_back(order, self._touched(before, after), self._clock.now())
            self._mapper = after
        self._tell(order.reverse, f"undo {order.description}")

    def grow_up(self) -> bool:
        """Let new words wait from now on if enough photos were answered; whether that is new."""
        if self._is_grown or not self._store.is_answered_for(self._policy.warm_up_photos):
            return False
        with self._gate:
            mapper = self.mapper
            unknown = [use.word for use in self._store.words() if mapper.is_unknown(use.word)]
            self._store.grow_up(() if self._policy.writes_waiting else unknown)
            self._is_grown = True
        return True

    def _load(self) -> Mapper:
        with self._gate:
            if self._mapper is None:
                state = self._store.state()
                self._store.adopt_policy(_fingerprint(self._policy))
                self._is_grown = state.is_grown
                self._mapper = Mapper(Lexicon(self._store.terms(), last=state.last_term))
                self._hint = offered(self._mapper, self._store.words())
            return self._mapper

    def _touched(self, before: Mapper, after: Mapper) -> tuple[str, ...]:
        return _differing(before, after, self._store.words())

    def _tell(self, change: TermChange, order: str) -> None:
        names = [term.name for term in change.put]
        self._emit(
            VocabularyChanged(
                order=order,
                put=len(change.put),
                dropped=len(change.dropped),
                names=tuple(names[:10]),
            )
        )


def _differing(before: Mapper, after: Mapper, uses: Collection[WordUse]) -> tuple[str, ...]:
    return tuple(use.word for use in uses if before.outcome(use.word) != after.outcome(use.word))


def _fingerprint(policy: VocabularyPolicy) -> str:
    modes = ",".join(f"{library}:{mode}" for library, mode in sorted(policy.modes.items()))
    return f"{policy.mode} {modes} {policy.born_after} {policy.writes_waiting}"
