"""The gallery, wired over the parts of one daemon."""

import secrets

from starlette.types import ASGIApp

from phototagd.adapters.door_keys import KEYS_FOLDER, FileDoorKeys
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.thumbnail_folder import ThumbnailFolder
from phototagd.app.desk.searching import finder_of
from phototagd.app.parts import Parts
from phototagd.app.showing.uploading import receiver_of
from phototagd.domain.errors import ConfigError
from phototagd.domain.job import JobKind
from phototagd.flow.loop import Loop, Step
from phototagd.flow.showing.ahead import ThumbnailsAhead
from phototagd.flow.showing.newsroom import Newsroom
from phototagd.flow.showing.showroom import Showroom
from phototagd.flow.showing.thumbnails import Thumbnails
from phototagd.ports import Control
from phototagd.rules.service.loopback import is_loopback
from phototagd.settings import Settings
from phototagd.web.gallery.app import gallery_app

THUMBNAILS_FOLDER = "thumbnails"
_NICENESS = 10  # behind the child that decodes for the model
_MEGABYTE = 1_000_000
_STOP_SECONDS = 5.0
_RUN_BYTES = 4


class GalleryParts:
    """What the gallery is made of: pages, and a loop that makes tiles ahead of them."""

    def __init__(self, parts: Parts) -> None:
        settings = parts.settings
        self._parts = parts
        self.keys = door_keys(settings)
        self.newsroom = Newsroom(run=secrets.token_hex(_RUN_BYTES))
        parts.bus.join(self.newsroom)
        self._maker = ProcessPhotoReader(niceness=_NICENESS)
        shelf = ThumbnailFolder(
            folder=settings.state_dir / THUMBNAILS_FOLDER,
            limit_bytes=settings.web.thumbnails_mb * _MEGABYTE,
        )
        self.thumbnails = Thumbnails(
            gallery=parts.store.gallery,
            maker=self._maker,
            shelf=shelf,
            sketches=parts.store.sketches,
        )
        ahead = ThumbnailsAhead(
            gallery=parts.store.gallery,
            thumbnails=self.thumbnails,
            shelf=shelf,
            has_time=self._has_time,
        )
        self._loop = Loop(step=Step("thumbnails", ahead.step), clock=parts.clock, emit=parts.bus)
        self.showroom = Showroom(
            gallery=parts.store.gallery,
            index=parts.store.search,
            finder=finder_of(parts),
            thumbnails=self.thumbnails,
        )

    def application(self, control: Control) -> ASGIApp:
        """What is served on TCP besides health."""
        return gallery_app(
            gallery=self.showroom,
            control=control,
            newsstand=self.newsroom,
            uploads=receiver_of(self._parts),
            keys=self.keys,
            clock=self._parts.clock,
            hosts=self._parts.settings.web.hosts,
        )

    def start(self) -> None:
        """Begin to make tiles ahead."""
        self._loop.start()

    def stop(self) -> None:
        """End the loop and the decoding process; may be called twice."""
        self._loop.ask_to_stop()
        self._maker.close()
        self._loop.stop(seconds=_STOP_SECONDS)

    def _has_time(self) -> bool:
        """Whether the model waits for no photo: it has one ready, or none is due."""
        parts = self._parts
        if parts.asking.ready.has_some() or not parts.asking.admitted():
            return True
        now = parts.clock.now()
        due = parts.store.queue.next_due(JobKind.TAG, now)
        return due is None or due > now


def gallery_of(parts: Parts) -> GalleryParts | None:
    """The gallery, if it is wanted; raises ConfigError when it may not be shown like that."""
    web = parts.settings.web
    if not web.listen or not web.gallery:
        return None
    refuse_open_door(parts.settings)
    return GalleryParts(parts)


def door_keys(settings: Settings) -> FileDoorKeys:
    """The keys of the gallery in this state folder."""
    return FileDoorKeys(folder=settings.state_dir / KEYS_FOLDER)


def refuse_open_door(settings: Settings) -> None:
    """Raises ConfigError when others could look at the photos without a password."""
    web = settings.web
    is_beyond = not is_loopback(web.listen.rpartition(":")[0])
    if not (is_beyond or web.hosts) or door_keys(settings).has_password():
        return
    key = f"web.listen = {web.listen!r}" if is_beyond else f"web.hosts = {list(web.hosts)!r}"
    raise ConfigError(
        f"{key}: other machines could look at the photos, and there is no password; set one with "
        "`phototagd web setup`, or write web.gallery = false to serve health and metrics alone"
    )
