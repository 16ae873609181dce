"""A library in short words: photos with what a model said and what their sidecars hold."""

from dataclasses import replace
from datetime import UTC, datetime

from doubles import FakeClock
from doubles.photos import arrival, recipe, sidecar, tagging
from doubles.store import Bench
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId, CaptureFacts, PathId, Place
from phototagd.domain.job import JobKind
from phototagd.domain.search import Found, HitOrder
from phototagd.domain.tagging import Answer, Redaction
from phototagd.flow.finding.finder import Finder

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Shelf:
    """Puts photos into a store, as the daemon would, and looks for them."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.bench = Bench(store, clock)
        self.store = store
        self.paths: dict[str, PathId] = {}
        self.assets: dict[str, AssetId] = {}
        clock.set_wall(NOW)
        self.finder = Finder(index=store.search, clock=clock, zone=UTC)

    def put(
        self,
        name: str,
        *keywords: str,
        caption: str = "",
        taken: str = "",
        place: Place | None = None,
        camera: tuple[str, str] = ("", ""),
        folder: bytes = b"2026/may",
        is_written: bool = True,
        is_private: bool = False,
        words: dict[str, object] | None = None,
        **said: object,
    ) -> AssetId:
        """A photo that was tagged so; written too, unless said otherwise."""
        found = self.bench.catalogue.take_in(
            [arrival(name.encode() + b".jpg", name, folder=folder)]
        )[0]
        blank = Answer(
            caption=caption,
            category="",
            keywords=keywords,
            mood=(),
            objects=(),
            people=-1,
            sensitive="none",
            text=(),
        )
        redactions = (Redaction("card", 1),) if is_private else ()
        said_of_it = replace(tagging(found.asset, redactions=redactions), recipe=recipe())
        answered = replace(said_of_it, answer=replace(blank, **said))  # type: ignore[arg-type]
        now = self.bench.clock.now()
        lease = self.bench.claimed()
        assert self.bench.catalogue.record_tagging(lease, answered, now)
        self.paths[name], self.assets[name] = found.path, found.asset
        if is_written:
            facts = CaptureFacts(
                taken_at=datetime.fromisoformat(taken) if taken else None,
                make=camera[0],
                model=camera[1],
            )
            held = words or {"caption": caption, "keywords": list(keywords)}
            record = replace(sidecar(found.path, words=held), facts=facts, place=place)
            write = self.bench.claimed(JobKind.WRITE)
            assert self.bench.catalogue.record_sidecar(write, record, now)
        return found.asset

    def find(self, text: str, *, limit: int = 50, order: HitOrder = HitOrder.RELEVANCE) -> Found:
        """The answer to a query."""
        return self.finder.search(text, limit=limit, order=order)

    def names(self, text: str, *, order: HitOrder = HitOrder.RELEVANCE) -> list[str]:
        """The names of the photos that were found, in order."""
        return [_stem(hit.path) for hit in self.find(text, order=order).hits]


def _stem(path: bytes) -> str:
    return path.rsplit(b"/", 1)[-1].decode().removesuffix(".jpg")
