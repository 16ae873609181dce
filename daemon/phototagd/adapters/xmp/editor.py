"""The packet editor: what flow sees of XMP."""

from collections import deque
from datetime import UTC, datetime

from phototagd.adapters.xmp import names, nodes
from phototagd.adapters.xmp.canonical import canonical, foreign_properties
from phototagd.adapters.xmp.packet import Packet, parse
from phototagd.adapters.xmp.seeding import seeded
from phototagd.adapters.xmp.state import read_state, touched_by, write_edit
from phototagd.domain.errors import SidecarError
from phototagd.domain.sidecar import SidecarEdit, SidecarState


class XmpEditor:
    """Reads and edits XMP packets; implements `ports.PacketEditor`."""

    def __init__(self) -> None:
        # What was read is mostly edited next, and what was edited is read: one tree serves
        # both. Putting in and taking out are single steps, so threads may share an editor.
        self._recent: deque[tuple[bytes, Packet]] = deque(maxlen=1)

    def read(self, packet: bytes) -> SidecarState:
        """What a packet says; raises SidecarBroken."""
        tree = self._tree(packet)
        state = read_state(tree)
        self._recent.append((packet, tree))
        return state

    def seed(self, embedded: bytes | None) -> bytes:
        """A new packet that says what the photo's embedded packet says."""
        return seeded(embedded).to_bytes()

    def edit(self, packet: bytes, edit: SidecarEdit, now: datetime) -> bytes:
        """The packet with the edit made; the very same bytes when nothing changes.

        Raises SidecarBroken when the packet cannot be read, and SidecarError when the outcome
        would differ in anything that the edit did not name.
        """
        tree = self._tree(packet)
        touched = touched_by(edit)
        before = canonical(tree, touched)
        if not write_edit(tree, edit):
            return packet
        stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        nodes.set_text(tree, names.METADATA_DATE, stamp)
        nodes.tidy(tree)
        if edit.record is None:
            nodes.undeclare(tree, names.OURS)
        edited = tree.to_bytes()
        again = parse(edited)
        if canonical(again, touched) != before:
            raise SidecarError(
                "editing this sidecar would change something that is not ours: left as it is"
            )
        if write_edit(again, edit):
            raise SidecarError("this sidecar does not keep what is written into it: left as it is")
        self._recent.append((edited, again))
        return edited

    def _tree(self, packet: bytes) -> Packet:
        """The tree of the packet, to be changed at will."""
        try:
            content, tree = self._recent.pop()
        except IndexError:
            return parse(packet)
        return tree if content is packet else parse(packet)

    def says_more(self, packet: bytes, than: bytes) -> bool:
        """Whether a packet says anything that another does not, but for what `edit` writes.

        Raises SidecarBroken.
        """
        return bool(foreign_properties(parse(packet)) - foreign_properties(parse(than)))
