"""What a sidecar says without us: the edit that takes out what we put in, and nothing else."""

from collections.abc import Sequence

from phototagd.domain.asset import Place
from phototagd.domain.sidecar import KeywordLists, OurRecord, SidecarEdit, SidecarState
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.keyword_merging import by_key, merge_keywords
from phototagd.rules.sidecars.made import Made
from phototagd.rules.sidecars.sidecar_text import alt_text, clean_line


def retract(found: SidecarState) -> SidecarEdit | None:
    """The edit that takes our words out; None where none of them can be.

    Only the sidecar itself is asked. What others and a person added since stays, in all lists;
    a list that we made goes whole when those that were there before say everything it says.
    """
    record = found.record
    if record is None:
        return None
    return SidecarEdit(
        record=None,
        lists=_lists(found, record),
        caption="" if found.caption and _is_ours(found.caption, record) else None,
        image_description=_image_description(found, record),
        alt_text=_alt_text(found, record),
        place=Place() if Made.PLACE in record.made and found.place == record.place else None,
    )


def is_left_empty(left: SidecarState, photo: SidecarState) -> bool:
    """Whether what is left after a retraction says nothing that the photo does not say itself."""
    known = {key[-1] for key in by_key(paths_in(photo.lists))}
    told = {clean_line(text) for text in (photo.caption, photo.image_description) if text}
    texts = [text for text in (left.caption, left.image_description, left.alt_text) if text]
    return (
        all(key[-1] in known for key in by_key(paths_in(left.lists)))
        and all(clean_line(text) in told for text in texts)
        and left.place in (None, photo.place)
    )


def _lists(found: SidecarState, record: OurRecord) -> KeywordLists:
    if record.keywords.base is None:
        return KeywordLists()
    lists = found.lists
    without = merge_keywords(lists, record.keywords, ()).lists
    kept = KeywordLists(
        subject=_in_order(lists.subject, without.subject),
        hierarchical=_in_order(lists.hierarchical, without.hierarchical),
        tags_list=_in_order(lists.tags_list, without.tags_list),
        microsoft=_in_order(lists.microsoft, without.microsoft),
        mediapro=_in_order(lists.mediapro, without.mediapro),
    )
    return _without_made(kept, record.made)


def _in_order(now: Sequence[str] | None, wanted: Sequence[str] | None) -> tuple[str, ...] | None:
    """The wanted words in the order they have now; new ones last."""
    if wanted is None:
        return None
    left = by_key(wanted)
    first = [word for key, word in by_key(now or ()).items() if left.pop(key, None) is not None]
    return (*first, *left.values())


def _without_made(lists: KeywordLists, made: Sequence[str]) -> KeywordLists:
    """The lists without those that we made, as far as the others say all that they say."""
    named = (
        (Made.SUBJECT, lists.subject),
        (Made.HIERARCHICAL, lists.hierarchical),
        (Made.TAGS_LIST, lists.tags_list),
    )
    theirs = [listed or () for name, listed in named if name not in made]
    theirs += [lists.microsoft or (), lists.mediapro or ()]
    said = {key for listed in theirs for key in by_key(listed)}
    every = by_key(path for _, listed in named for path in listed or ()).keys()
    # Words above a leaf are no keywords of their own, and a flat word is said by any leaf.
    words = {word for key in said for word in key}
    is_said = all(key in said if len(key) > 1 else key[0] in words for key in every)
    if not is_said:
        return lists
    return KeywordLists(
        subject=() if Made.SUBJECT in made else lists.subject,
        hierarchical=() if Made.HIERARCHICAL in made else lists.hierarchical,
        tags_list=() if Made.TAGS_LIST in made else lists.tags_list,
        microsoft=lists.microsoft,
        mediapro=lists.mediapro,
    )


def _image_description(found: SidecarState, record: OurRecord) -> str | None:
    text = found.image_description
    if not text:
        return None
    is_mirror = Made.IMAGE_DESCRIPTION in record.made and text == found.caption
    return "" if is_mirror or _is_ours(text, record) else None


def _alt_text(found: SidecarState, record: OurRecord) -> str | None:
    is_ours = bool(record.caption) and found.alt_text == alt_text(record.caption)
    return "" if is_ours and Made.ALT_TEXT in record.made else None


def _is_ours(text: str, record: OurRecord) -> bool:
    is_last = bool(record.caption) and clean_line(text) == record.caption
    return is_last and not record.is_caption_persons
