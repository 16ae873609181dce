"""What to remember of a sidecar before it is changed, so that an undo can give it back."""

from dataclasses import replace

from phototagd.domain.amending import Origin
from phototagd.domain.sidecar import SidecarFile


def origin_before(
    known: Origin | None, old: SidecarFile | None, *, is_marked: bool, is_edited: bool
) -> Origin | None:
    """The origin of a sidecar that is about to be written; None where nobody can tell.

    Args:
        known: What is remembered of it.
        old: The file as it stands; None where there is none.
        is_marked: Whether it carries our record: we wrote in it once.
        is_edited: Whether a person's words are written now: no file from before has them.
    """
    if old is None:
        return Origin(None, is_mixed=is_edited)
    if known is not None and known.is_untouched(old.digest):
        return replace(known, is_mixed=known.is_mixed or is_edited, previous=old.digest)
    if not is_marked:
        return Origin(old.content, old.digest, previous=old.digest, is_mixed=is_edited)
    return None if known is None else replace(known, is_mixed=True, previous=old.digest)


def can_restore(known: Origin | None, old: SidecarFile) -> bool:
    """Whether the file may be replaced by its origin: nobody else has written in it since."""
    return known is not None and not known.is_mixed and known.is_untouched(old.digest)
