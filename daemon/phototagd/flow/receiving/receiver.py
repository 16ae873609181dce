"""Takes photos that people send: checked, kept once, and taken in before all others."""

import threading
from collections.abc import Callable, Sequence

from phototagd.domain.asset import AssetId, Identity
from phototagd.domain.errors import NotYet, Unavailable, Unreadable, Vanished
from phototagd.domain.upload import Received
from phototagd.ports import Catalogue, Draft, Identifier, Inbox, PhotoReader
from phototagd.rules.arriving.file_names import safe_name

_LONG_SIDE = 256  # decoding it is the check, the picture is not looked at


class Receiver:
    """The port `Uploads`. `tag` takes files in as a person's request."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        catalogue: Catalogue,
        identifier: Identifier,
        reader: PhotoReader,
        tag: Callable[[Sequence[bytes]], object],
        most_bytes: int,
    ) -> None:
        self._inbox = inbox
        self._catalogue = catalogue
        self._identifier = identifier
        self._reader = reader
        self._tag = tag
        self._turn = threading.Lock()  # so that the same photo, sent twice at once, is kept once
        self.most_bytes = most_bytes

    def begin(self, name: str) -> "Reception":
        """Begin to receive a photo."""
        return Reception(name=name, draft=self._inbox.draft(name), take=self._take)

    def _take(self, name: str, draft: Draft) -> Received:
        try:
            identity = self._identifier.identify(draft.path)
            if identity.kind is None:
                raise Unreadable(f"this is no photo: it holds {identity.looks_like}")
            known = self._known(identity)
            if known is None:
                self._reader.prepare(draft.path, long_side=_LONG_SIDE)
        except (NotYet, Vanished) as error:  # what was sent will not change any more
            raise Unreadable(str(error)) from error
        with self._turn:
            return known or self._known(identity) or self._keep(name, draft, identity)

    def _known(self, identity: Identity) -> Received | None:
        """The photo that is there already; its file is read, for the store may be behind."""
        asset = self._catalogue.asset_with(identity.content_hash)
        copies = [] if asset is None else self._catalogue.paths_of(asset)
        for copy in copies:
            if self._holds(copy.absolute, identity):
                if asset is not None and self._catalogue.latest_tagging(asset) is None:
                    self._tag([copy.absolute])
                return Received(copy.absolute, asset, is_new=False)
        return None

    def _holds(self, file: bytes, identity: Identity) -> bool:
        try:
            return self._identifier.identify(file).content_hash == identity.content_hash
        except (NotYet, Vanished):
            return False

    def _keep(self, name: str, draft: Draft, identity: Identity) -> Received:
        assert identity.kind is not None
        path = draft.keep(safe_name(name, identity.kind))
        return Received(path, self._taken_in(path, identity), is_new=True)

    def _taken_in(self, path: bytes, identity: Identity) -> AssetId | None:
        """The asset; None when the store is away: the photo is safe, and a scan finds it."""
        try:
            self._tag([path])
            return self._catalogue.asset_with(identity.content_hash)
        except Unavailable:
            return None


class Reception:
    """The port `Upload`."""

    def __init__(self, *, name: str, draft: Draft, take: Callable[[str, Draft], Received]) -> None:
        self._name = name
        self._draft = draft
        self._take = take

    def write(self, piece: bytes) -> None:
        """Append."""
        self._draft.write(piece)

    def finish(self) -> Received:
        """Check it, keep it, and take it in before all others."""
        try:
            self._draft.flush()
            return self._take(self._name, self._draft)
        finally:
            self._draft.drop()

    def drop(self) -> None:
        """Forget it, unless it was finished."""
        self._draft.drop()
