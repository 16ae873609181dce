"""Photos sent through the gallery, wired over the parts of one daemon."""

import os
from pathlib import Path

from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.inbox_folder import InboxFolder
from phototagd.app.parts import Parts
from phototagd.domain.library import LibraryState
from phototagd.flow.receiving.receiver import Receiver

INBOX = "Inbox"
_MEGABYTE = 1_000_000


def receiver_of(parts: Parts) -> Receiver:
    """Who takes photos that people send."""
    web = parts.settings.web

    def folders() -> list[Path]:
        """The inbox, or `Inbox` in each library, while the library is there."""
        reports = [watcher.report() for watcher in parts.arriving.watchers]
        roots = [
            Path(os.fsdecode(report.root))
            for report in reports
            if report.state is not LibraryState.OFFLINE
        ]
        if web.inbox is None:
            return [root / INBOX for root in roots]
        inbox = Path(os.path.realpath(web.inbox))
        return [web.inbox] if any(inbox.is_relative_to(os.path.realpath(r)) for r in roots) else []

    return Receiver(
        inbox=InboxFolder(folders=folders),
        catalogue=parts.store.catalogue,
        identifier=ContentIdentifier(),
        reader=parts.reader,
        tag=parts.arriving.requests.tag,
        most_bytes=web.upload_mb * _MEGABYTE,
    )
