"""The photo file as a bearer of words."""

from typing import Protocol

from phototagd.domain.embedding import EmbeddedPacket, PreparedPhoto


class PhotoPackets(Protocol):
    """XMP packets inside photos, read and replaced; the picture is never changed.

    Paths are absolute. Every method raises EmbedRefused for a photo that cannot bear words,
    SidecarRaced for one that changes meanwhile, NotYet when it cannot be used at the moment,
    and Unavailable when the disk does not allow it or the program that writes is not there.
    """

    def read(self, photo: bytes) -> EmbeddedPacket:
        """The packet of a photo. What a crash of ours left beside it is cleared."""
        ...

    def look(self, photo: bytes) -> EmbeddedPacket:
        """As `read`, for everybody but the writer: nothing is cleared."""
        ...

    def prepare(
        self, photo: bytes, packet: bytes, *, expected: EmbeddedPacket, content_hash: str
    ) -> PreparedPhoto:
        """Make a copy with this packet (none where it is empty), and prove it.

        The image data is that of `content_hash` before and after, and all other metadata is
        the same byte for byte; else EmbedRefused.
        """
        ...

    def commit(self, prepared: PreparedPhoto) -> EmbeddedPacket:
        """Put the copy into the photo's place in one step, on disk when it returns.

        Raises SidecarRaced, with the other's photo in place, when it is no longer as expected.
        """
        ...

    def discard(self, prepared: PreparedPhoto) -> None:
        """Remove a copy that is not wanted after all."""
        ...
