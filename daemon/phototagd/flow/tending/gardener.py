"""Lets the vocabulary grow, and has photos written anew when their words changed."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain

from phototagd.domain.vocabulary import VocabularyPolicy
from phototagd.flow.tending.file_keeper import FileKeeper
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.ports import Clock, VocabularyFile, VocabularyStore
from phototagd.rules.vocabulary.growing import born, learnt

AT_ONCE = 500
REST_SECONDS = 2.0
HINT_LASTS = timedelta(minutes=10)


class Gardener:
    """Looks at new words and new sidecars, little by little; every step can be repeated.

    `on_queued` is called when photos are to be written.
    """

    def __init__(
        self,
        *,
        vocabulary: LivingVocabulary,
        store: VocabularyStore,
        policy: VocabularyPolicy,
        file: VocabularyFile,
        clock: Clock,
        on_queued: Callable[[], None] = lambda: None,
    ) -> None:
        self._vocabulary = vocabulary
        self._store = store
        self._policy = policy
        self._file = FileKeeper(vocabulary=vocabulary, file=file, clock=clock)
        self._clock = clock
        self._on_queued = on_queued
        self._hint_until = clock.now()
        self._is_hindered = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits to be looked at, or nothing can be done about it now."""
        return self._is_hindered or not self._store.has_work()

    def step(self) -> float:
        """Do some of what waits; how long to rest after it. Raises Unavailable."""
        self._is_hindered = True
        rest = self._tend()
        self._is_hindered = False
        return rest

    def _tend(self) -> float:
        if self._file.is_new:
            self._file.restore()
        did = [
            self._learn(),
            self._give_birth(),
            self._vocabulary.grow_up(),
            self._file.keep(),
            self._reword(),
        ]
        now = self._clock.now()
        if now >= self._hint_until:
            self._vocabulary.renew_hint()
            self._hint_until = now + HINT_LASTS
        return 0.0 if any(did) else REST_SECONDS

    def _learn(self) -> bool:
        """Take over what people wrote: in sidecars, everything that is not ours."""
        found = self._store.unlearnt(AT_ONCE)
        if not found:
            return False
        paths = list(chain.from_iterable(_theirs(words) for words in found.values()))
        self._vocabulary.change(lambda mapper: learnt(mapper.lexicon, paths))
        self._store.learnt(found)
        return True

    def _give_birth(self) -> bool:
        """Make terms of the words that enough photos have by now."""
        news = self._store.news(AT_ONCE)
        if not news:
            return False
        self._store.looked_at([use for use in news if use.photos == 0])
        mapper = self._vocabulary.mapper
        keys = {use.key for use in news if mapper.is_unknown(use.word)}
        counts = {use.word: use for use in (*self._store.family(keys), *news)}
        self._vocabulary.change(
            lambda mapper: born(mapper, counts.values(), at_least=self._policy.born_after)
        )
        self._store.looked_at(news)
        return True

    def _reword(self) -> bool:
        if not self._store.enqueue_rewording(AT_ONCE, self._clock.now()):
            return False
        self._on_queued()
        return True


def _theirs(words: object) -> list[str]:
    assert isinstance(words, dict)
    ours = set(words.get("ours", ()))
    return [path for path in words.get("keywords", ()) if path not in ours]
