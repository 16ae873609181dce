"""A living vocabulary on a real store, moved by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from doubles import EventLog, FakeClock
from doubles.photos import arrival, sidecar, tagging
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.vocabulary_file import VocabularyTextFile
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.gallery import Sight
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.tagging import Redaction
from phototagd.domain.vocabulary import Order, Tended, Verb, VocabularyPolicy
from phototagd.flow.tending.gardener import Gardener
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.flow.tending.orders import VocabularyOrders

EVERYTHING = Sight(sees_private=True)
TTL = timedelta(minutes=5)
GROWN = VocabularyPolicy(warm_up_photos=0)


class Garden:
    """Everything of a vocabulary; `answer` makes a photo with words, `tend` settles all."""

    def __init__(
        self, store: Store, folder: Path, clock: FakeClock, policy: VocabularyPolicy = GROWN
    ) -> None:
        self.store = store
        self.clock = clock
        self.file = folder / "vocabulary.txt"
        self.events = EventLog()
        self.library = store.catalogue.open_library(b"/photos").id
        self.living = LivingVocabulary(
            store=store.vocabulary, policy=policy, clock=clock, emit=self.events
        )
        self.gardener = Gardener(
            vocabulary=self.living,
            store=store.vocabulary,
            policy=policy,
            file=VocabularyTextFile(path=self.file),
            clock=clock,
            on_queued=self._ring,
        )
        self.orders = VocabularyOrders(vocabulary=self.living, store=store.vocabulary)
        self._photos = 0
        self.rung = 0

    def _ring(self) -> None:
        self.rung += 1

    def answer(self, *words: str, is_private: bool = False) -> AssetId:
        """A new photo, and what the model says of it."""
        self._photos += 1
        name = f"IMG_{self._photos}.jpg"
        catalogue, now = self.store.catalogue, self.clock.now()
        (arrived,) = catalogue.take_in([arrival(name.encode(), name)])
        lease = self.store.queue.claim(JobKind.TAG, Priority.NEW, "lane", now, TTL)
        assert lease is not None
        said = tagging(arrived.asset, redactions=(Redaction("card", 1),) if is_private else ())
        said = replace(said, answer=replace(said.answer, keywords=words))
        assert catalogue.record_tagging(lease, said, now)
        return arrived.asset

    def write(self, keywords: Sequence[str] = (), ours: Sequence[str] = ()) -> list[PathId]:
        """Do the write jobs that are due; every sidecar then says these keywords."""
        done = []
        for priority in Priority:
            while lease := self.store.queue.claim(
                JobKind.WRITE, priority, "writer", self.clock.now(), TTL
            ):
                assert lease.path is not None
                words = {"keywords": list(keywords), "ours": list(ours)}
                assert self.store.catalogue.record_sidecar(
                    lease, sidecar(lease.path, words=words), self.clock.now()
                )
                done.append(lease.path)
        return done

    def tend(self) -> None:
        """Let the gardener do all that waits."""
        while self.gardener.step() == 0:
            pass

    def order(self, verb: Verb, *words: str, target: str = "", text: str = "") -> Tended:
        order = Order(verb=verb, words=words, target=target, text=text)
        return self.orders.tend(order, is_dry=False, sight=EVERYTHING)

    def written(self, *words: str) -> tuple[str, ...]:
        """What is written for the words of an answer."""
        return self.living.choose(words, self.library).written
