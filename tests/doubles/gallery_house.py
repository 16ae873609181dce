"""A gallery over a real store and real pictures, without a daemon and without a network."""

import asyncio
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from typing import Self

from doubles import FakeClock
from doubles.browsing import Browser, elsewhere
from doubles.control import FakeControl
from doubles.door import FakeDoorKeys
from doubles.gazetteer import FakeGazetteer
from doubles.post_room import PostRoom
from doubles.shelf import Shelf
from doubles.small_pictures import FakeThumbnailMaker, FakeThumbnailShelf
from phototagd.adapters.gazetteer import country_name
from phototagd.adapters.nearness.index import NumpyVectorIndex
from phototagd.adapters.sqlite.store import Store
from phototagd.flow.finding.finder import Finder
from phototagd.flow.finding.guide import Guide
from phototagd.flow.finding.place_names import PlaceNames
from phototagd.flow.meaning.interpreter import Interpreter
from phototagd.flow.showing.newsroom import Newsroom
from phototagd.flow.showing.showroom import Showroom
from phototagd.flow.showing.thumbnails import Thumbnails
from phototagd.web.gallery.app import gallery_app


class GalleryHouse:
    """`shelf` holds the photos, `keys` the password, `browser` looks; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._resources = ExitStack()
        self._runner = asyncio.Runner()  # no loop before it is used: a real browser has its own
        self._resources.callback(lambda: elsewhere(self._runner.close))
        self.clock = FakeClock()
        store = self._resources.enter_context(Store.open(folder / "p.db", clock=self.clock))
        self.store = store
        self.shelf = Shelf(store, self.clock)
        self.keys = FakeDoorKeys()
        self.control = FakeControl()
        self.control.overview = Guide(
            store=store.overview,
            gallery=store.gallery,
            sketches=store.sketches,
            index=store.search,
            names=PlaceNames(
                gazetteers={"en": FakeGazetteer(), "zh": FakeGazetteer()}, country=country_name
            ),
            clock=self.clock,
            zone=UTC,
        )
        self.maker = FakeThumbnailMaker()
        self.small = FakeThumbnailShelf()
        self.thumbnails = Thumbnails(
            gallery=store.gallery, maker=self.maker, shelf=self.small, sketches=store.sketches
        )
        self.showroom = Showroom(
            gallery=store.gallery,
            index=store.search,
            finder=Finder(
                index=store.search,
                clock=self.clock,
                interpreter=Interpreter(
                    embedder=None,
                    store=store.vectors,
                    index=NumpyVectorIndex(store=store.vectors, space="", file=folder / "v"),
                    space="",
                ),
            ),
            thumbnails=self.thumbnails,
        )
        self.post = PostRoom(store, folder / "photos" / "Inbox")
        self.newsroom = Newsroom(run="a")
        self.app = gallery_app(
            gallery=self.showroom,
            control=self.control,
            newsstand=self.newsroom,
            uploads=self.post.receiver,
            keys=self.keys,
            clock=self.clock,
            hosts=["nas.lan"],
        )
        self.browser = self.new_browser()

    def new_browser(self) -> Browser:
        """Somebody else, without cookies."""
        return Browser(self.app, runner=self._runner)

    def log_in(self, password: str = "open sesame") -> None:
        """Set the password, and give it."""
        self.keys.set_password(password)
        answer = self.browser.post("/login", data={"password": password})
        assert answer.status_code == 303

    def show_private(self) -> None:
        """Log in and bring private photos into sight."""
        self.log_in()
        self.browser.post("/private", data={"wanted": "yes"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()
