"""Which properties of a sidecar are there only because of us, remembered for an undo."""

from enum import StrEnum

from phototagd.domain.sidecar import SidecarEdit, SidecarState


class Made(StrEnum):
    """What `OurRecord.made` can name; SIDECAR is the file itself. Frozen, like all of ours."""

    SIDECAR = "sidecar"
    SUBJECT = "subject"
    HIERARCHICAL = "hierarchicalSubject"
    TAGS_LIST = "TagsList"
    CAPTION = "description"
    IMAGE_DESCRIPTION = "ImageDescription"
    ALT_TEXT = "AltTextAccessibility"
    PLACE = "place"


def made_by(found: SidecarState, edit: SidecarEdit, *, is_new: bool) -> tuple[str, ...]:
    """What we have made so far, this edit included; `is_new` where there was no file."""
    before = () if found.record is None else found.record.made
    lists, wanted = found.lists, edit.lists
    now = {
        Made.SIDECAR: is_new,
        Made.SUBJECT: lists.subject is None and bool(wanted.subject),
        Made.HIERARCHICAL: lists.hierarchical is None and bool(wanted.hierarchical),
        Made.TAGS_LIST: lists.tags_list is None and bool(wanted.tags_list),
        Made.CAPTION: found.caption is None and bool(edit.caption),
        Made.IMAGE_DESCRIPTION: found.image_description is None and bool(edit.image_description),
        Made.ALT_TEXT: found.alt_text is None and bool(edit.alt_text),
        Made.PLACE: found.place is None and edit.place is not None,
    }
    return tuple(
        dict.fromkeys([*before, *(made.value for made, is_ours in now.items() if is_ours)])
    )
