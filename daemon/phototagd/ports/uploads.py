"""Photos that people send: where they go, and how pages hand them over."""

from typing import Protocol

from phototagd.domain.upload import Received


class Draft(Protocol):
    """A file that is being received, under a name that nobody else looks at."""

    @property
    def path(self) -> bytes:
        """Where it is, absolute."""
        ...

    def write(self, piece: bytes) -> None:
        """Append; raises Unavailable when the disk does not take it."""
        ...

    def flush(self) -> None:
        """Let others read what was written; raises Unavailable as `write` does."""
        ...

    def keep(self, name: bytes) -> bytes:
        """Give it that name, or a numbered one if it is taken; where it is now.

        It is on disk then, whole. Raises Unavailable when that cannot be done.
        """
        ...

    def drop(self) -> None:
        """Forget it, unless it was kept; may be called twice."""
        ...


class Inbox(Protocol):
    """The folder where uploaded photos go."""

    def draft(self, name: str) -> Draft:
        """Begin to receive a file; its name only helps to tell what it is.

        Raises Unavailable with what to do when there is no folder that takes it.
        """
        ...


class Upload(Protocol):
    """One photo that is being sent. Belongs to one thread at a time."""

    def write(self, piece: bytes) -> None:
        """Append; raises Unavailable when the disk does not take it."""
        ...

    def finish(self) -> Received:
        """All is there: check it, keep it, and take it in before all others.

        Raises Unreadable for what is no photo or is damaged, ProcessKilled when it cannot be
        decoded safely, Unavailable when it cannot be kept now.
        """
        ...

    def drop(self) -> None:
        """Forget it, unless it was finished; may be called twice."""
        ...


class Uploads(Protocol):
    """What pages hand photos over to; called from several threads at once."""

    @property
    def most_bytes(self) -> int:
        """How large a photo may be; 0 when nothing may be uploaded."""
        ...

    def begin(self, name: str) -> Upload:
        """Begin to receive a photo; raises Unavailable with what to do when it cannot be had."""
        ...
