"""What a query means beyond its words: near photos, and what persons said about its hits."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.meaning import NotThis, Selection, Vector, packed
from phototagd.domain.search import Query, Ranked
from phototagd.flow.meaning.query_embedder import QueryEmbedder
from phototagd.ports.meaning import VectorIndex, VectorStore
from phototagd.rules.meaning.nearness import truly_near
from phototagd.rules.meaning.photo_words import query_words
from phototagd.rules.meaning.refusing import refused, terms_of
from phototagd.rules.search.ranking import without

MOST_NEAR = 400


@dataclass(frozen=True, slots=True)
class Sense:
    """What was found out about a query; `trouble` says why there is no vector."""

    words: str = ""
    vector: Vector | None = None
    near: Ranked = field(default_factory=Ranked)
    trouble: str = ""


class Interpreter:
    """Reads queries and photos by meaning.

    Without an embedding model (`embedder` is None) nothing is near, and likeness of queries is
    told by their words.
    """

    def __init__(
        self,
        *,
        embedder: QueryEmbedder | None,
        store: VectorStore,
        index: VectorIndex,
        space: str,
    ) -> None:
        self._embedder = embedder
        self._store = store
        self._index = index
        self._space = space

    def sense(self, query: Query, selection: Callable[[], Selection]) -> Sense:
        """What a query means, and the photos near to that among the selected ones.

        Raises Unavailable when the store cannot be read; a missing model is told in the answer.
        """
        words = query_words(query)
        if self._embedder is None or not words:
            return Sense(words)
        try:
            vector = self._embedder.vector(words)
        except Unavailable as error:
            return Sense(words, trouble=str(error))
        self._index.catch_up()
        near = truly_near(self._index.nearest(vector, MOST_NEAR, selection()))
        return Sense(words, vector, near)

    def like(self, asset: AssetId, among: Selection, count: int) -> Ranked | None:
        """The photos nearest to a photo, without itself; None when it has no vector yet."""
        if self._embedder is None:
            return None
        vector = self._index.vector_of(asset)
        if vector is None:
            return None
        self._index.catch_up()
        near = self._index.nearest(vector, count + 1, among)
        return truly_near(replace(near, ranked=without(near.ranked, {asset})))

    def refuse(self, asset: AssetId, query: Query) -> None:
        """A person says that this photo is not what the query means."""
        vector: Vector | None = None
        words = query_words(query)
        if self._embedder is not None and words:
            try:
                vector = self._embedder.vector(words)
            except Unavailable:
                vector = None  # its words will do
        self._store.refuse(
            NotThis(
                asset=asset,
                query=query.text,
                terms=terms_of(query),
                vector=None if vector is None else packed(vector),
                space="" if vector is None else self._space,
            )
        )

    def forgive(self, asset: AssetId, query: Query) -> bool:
        """It was meant after all; False when nobody had said otherwise."""
        return self._store.forgive(asset, query.text)

    def refused(self, query: Query, sense: Sense) -> frozenset[AssetId]:
        """The photos that this query, and those like it, do not mean."""
        return refused(
            self._store.refusals(),
            terms=terms_of(query),
            vector=sense.vector,
            space=self._space,
        )
