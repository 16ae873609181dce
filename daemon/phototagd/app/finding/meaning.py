"""Search by meaning: its model server, its index, and who fills and asks them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from phototagd.adapters.nearness.late import LateVectorIndex, near_pairs
from phototagd.adapters.ollama import OllamaEmbedder
from phototagd.adapters.openai_api import OpenAiEmbedder
from phototagd.adapters.sqlite.store import Store
from phototagd.app.asking.engines import endpoints_of
from phototagd.app.asking.server_tokens import with_token
from phototagd.domain.meaning import MeaningReport
from phototagd.flow.asking.kin import Kin
from phototagd.flow.meaning.indexer import MeaningIndexer
from phototagd.flow.meaning.interpreter import Interpreter
from phototagd.flow.meaning.kin_embedder import KinEmbedder
from phototagd.flow.meaning.query_embedder import QueryEmbedder
from phototagd.flow.meaning.word_neighbours import Pair, WordNeighbours
from phototagd.ports import Clock, Listener
from phototagd.ports.meaning import Embedder
from phototagd.rules.meaning.families import Family, family_of, space_of
from phototagd.rules.meaning.turns import Traffic
from phototagd.rules.vocabulary.suggesting import NEAR, Neighbours
from phototagd.settings import Settings

TIMEOUT_SECONDS = 300.0
"""One batch on a slow CPU, or loading the model from a slow disk."""

CACHE_NAME = "vectors.cache"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the embedding model is; `is_shared` with a model that looks at photos."""

    engine: str
    url: str
    is_shared: bool


def embedding_server(settings: Settings) -> Server | None:
    """Where the embedding model is; None when photos are found by their words alone."""
    search = settings.search
    seeing = endpoints_of(settings)
    engine = search.embedding_engine or (seeing[0].engine if seeing else None) or "ollama"
    if not search.embedding_model:
        return None
    if search.embedding_url is None:
        # A server of one model cannot have a second one; without any server there is none.
        if not seeing or engine == "openai":
            return None
        return Server(engine, with_token(seeing[0].url, seeing[0].token_file), is_shared=True)
    url = with_token(search.embedding_url, search.embedding_token_file)
    return Server(engine, url, is_shared=any(one.url == search.embedding_url for one in seeing))


def kin_of(settings: Settings) -> Kin:
    """The models of ours that may be loaded beside those that look at photos."""
    return Kin([settings.search.embedding_model] if settings.search.embedding_model else [])


class Meaning:
    """The parts of search by meaning; without an embedding model there is no `indexer`.

    `neighbours` finds words that mean nearly the same; without an embedding model none.

    Args:
        kin: Told of every request, so that photos do not wait for it.
        is_open: Whether models may work now.
        photos_waiting: How many photos wait for a model that could look at them now.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store,
        kin: Kin,
        clock: Clock,
        emit: Listener,
        is_open: Callable[[], bool],
        photos_waiting: Callable[[], int],
    ) -> None:
        search = settings.search
        space = space_of(search.embedding_model, search.embedding_dimensions)
        cache = settings.state_dir / CACHE_NAME
        index = LateVectorIndex(store=store.vectors, space=space, file=cache)
        server = embedding_server(settings)
        family = family_of(search.embedding_model)
        self._embedder: Embedder | None = None
        self._queries: QueryEmbedder | None = None
        self.neighbours: Neighbours = _nobody
        self.indexer: MeaningIndexer | None = None
        if server is not None:
            self._embedder = KinEmbedder(embedder=_embedder(settings, server, clock), kin=kin)
            self._queries = QueryEmbedder(embedder=self._embedder, family=family, clock=clock)
            self.neighbours = _word_neighbours(self._embedder, family, clock, emit)
            self.indexer = MeaningIndexer(
                model=search.embedding_model,
                space=space,
                embedder=self._embedder,
                family=family,
                store=store.vectors,
                index=index,
                clock=clock,
                emit=emit,
                traffic=_traffic(server, is_open, photos_waiting),
            )
        self.interpreter = Interpreter(
            embedder=self._queries, store=store.vectors, index=index, space=space
        )

    def report(self) -> MeaningReport | None:
        """How far the index is; None without an embedding model."""
        return None if self.indexer is None else self.indexer.report()

    def close(self) -> None:
        """Let go of the server; may be called twice."""
        if self._queries is not None:
            self._queries.close()
        if self._embedder is not None:
            self._embedder.close()


def _traffic(
    server: Server, is_open: Callable[[], bool], photos_waiting: Callable[[], int]
) -> Callable[[int, float], Traffic]:
    return lambda due, since: Traffic(
        photos_waiting(), due, since, is_shared=server.is_shared, is_open=is_open()
    )


def _nobody(_words: Sequence[str]) -> list[Pair]:
    return []


def _word_neighbours(
    embedder: Embedder, family: Family, clock: Clock, emit: Listener
) -> WordNeighbours:
    return WordNeighbours(
        embedder=embedder, family=family, pairs=near_pairs, at_least=NEAR, clock=clock, emit=emit
    )


def _embedder(settings: Settings, server: Server, clock: Clock) -> Embedder:
    search = settings.search
    if server.engine == "openai":
        return OpenAiEmbedder(
            url=server.url,
            model=search.embedding_model,
            dimensions=search.embedding_dimensions,
            timeout_seconds=TIMEOUT_SECONDS,
            allow_cloud=settings.model.allow_cloud,
            clock=clock,
        )
    return OllamaEmbedder(
        url=server.url,
        model=search.embedding_model,
        dimensions=search.embedding_dimensions,
        keep_alive=search.embedding_keep_alive,
        timeout_seconds=TIMEOUT_SECONDS,
        allow_cloud=settings.model.allow_cloud,
        clock=clock,
    )
