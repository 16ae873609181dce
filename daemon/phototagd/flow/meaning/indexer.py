"""Turns the words of photos into vectors, whenever no photo waits for the model."""

from collections.abc import Callable, Sequence

from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.events import EmbedderChanged
from phototagd.domain.meaning import Embedding, MeaningReport, Unembedded, Vector, packed
from phototagd.ports import Clock, Listener
from phototagd.ports.meaning import Embedder, VectorIndex, VectorStore
from phototagd.rules.meaning.families import Family
from phototagd.rules.meaning.turns import Traffic, turn

BATCH = 32
REST_SECONDS = 5.0
AWAY_SECONDS = 60.0
COUNT_EVERY_SECONDS = 5.0
CANARY = "a dog on a beach at sunset"
_TEXT_FAULTS = (Unreadable, BadReply, ProcessKilled)


class MeaningIndexer:
    """One loop: a batch of photos a step, and the index brought up to date.

    Args:
        traffic: What goes on, with the number of due photos and the seconds since the last turn
            filled in.
        model: Its name, for reports.
    """

    def __init__(
        self,
        *,
        model: str,
        space: str,
        embedder: Embedder,
        family: Family,
        store: VectorStore,
        index: VectorIndex,
        clock: Clock,
        emit: Listener,
        traffic: Callable[[int, float], Traffic],
    ) -> None:
        self._model = model
        self._space = space
        self._embedder = embedder
        self._family = family
        self._store = store
        self._index = index
        self._clock = clock
        self._emit = emit
        self._traffic = traffic
        self._left_of_turn = 0
        self._turn_at = clock.monotonic()
        self._trouble: Unavailable | None = None
        self._counted_at: float | None = None
        self._counts = (0, 0, 0)

    def step(self) -> float:
        """One batch; how many seconds to rest before the next."""
        self._store.enter(self._space)
        self._index.catch_up()
        if not self._left_of_turn:
            self._left_of_turn = self._next_turn()
            if not self._left_of_turn:
                return REST_SECONDS
        batch = self._store.due(min(BATCH, self._left_of_turn))
        if not batch:
            self._left_of_turn = 0
            return REST_SECONDS
        try:
            vectors = self._vectors(batch)
        except Unavailable as error:
            self._lost(error)
            return AWAY_SECONDS
        self._back()
        self._record(batch, vectors)
        self._left_of_turn -= len(batch)
        return 0.0

    def report(self) -> MeaningReport:
        """How far it is; counted every few seconds, for many may ask."""
        now = self._clock.monotonic()
        if self._counted_at is None or now - self._counted_at >= COUNT_EVERY_SECONDS:
            self._counted_at, self._counts = now, self._store.counts(self._space)
        embedded, waiting, failed = self._counts
        return MeaningReport(
            model=self._model,
            embedded=embedded,
            waiting=waiting,
            failed=failed,
            trouble="" if self._trouble is None else str(self._trouble),
            remedy="" if self._trouble is None else self._trouble.remedy,
        )

    def _next_turn(self) -> int:
        if not self._store.due(1):
            return 0
        now = self._clock.monotonic()
        _, waiting, _ = self._store.counts(self._space)
        size = turn(self._traffic(waiting, now - self._turn_at))
        if size:
            self._turn_at = now
        return size

    def _vectors(self, batch: Sequence[Unembedded]) -> list[Vector | None]:
        texts = [self._family.document.format(one.text) if one.text else "" for one in batch]
        found = iter(self._of_texts([text for text in texts if text]))
        return [next(found) if text else None for text in texts]

    def _of_texts(self, texts: Sequence[str]) -> list[Vector | None]:
        """The vectors of texts; None for those that the model cannot do.

        A text that fails may fail the whole batch, so then each is tried alone.
        """
        if not texts:
            return []
        try:
            return list(self._embedder.embed(texts))
        except _TEXT_FAULTS:
            found = [self._alone(text) for text in texts]
        if not any(found):
            self._prove_sane()
        return found

    def _alone(self, text: str) -> Vector | None:
        try:
            [vector] = self._embedder.embed([text])
        except _TEXT_FAULTS:
            return None
        return vector

    def _prove_sane(self) -> None:
        """Whose fault was it? Raises Unavailable when a harmless text fails, too."""
        try:
            self._embedder.embed([CANARY])
        except _TEXT_FAULTS as error:
            raise Unavailable(
                f"{self._model} makes no vectors: {error}",
                remedy="set [search] embedding_model to another one, such as embeddinggemma",
                alive=True,
            ) from error

    def _record(self, batch: Sequence[Unembedded], vectors: Sequence[Vector | None]) -> None:
        kept = []
        for one, vector in zip(batch, vectors, strict=True):
            blob = None if vector is None else packed(vector)
            kept.append(Embedding(one.asset, one.digest, blob))
        self._store.record(self._space, kept)
        self._index.catch_up()

    def _lost(self, error: Unavailable) -> None:
        """Told once while it lasts."""
        if self._trouble is None or str(self._trouble) != str(error):
            self._emit(
                EmbedderChanged(
                    endpoint=self._embedder.name,
                    model=self._model,
                    reason=str(error),
                    remedy=error.remedy,
                )
            )
        self._trouble = error

    def _back(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            self._emit(EmbedderChanged(endpoint=self._embedder.name, model=self._model, reason=""))
