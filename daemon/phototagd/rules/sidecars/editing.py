"""A person's edit, told as if the person had made it in another program.

The merge then does with it what it does with everybody's edits: what was added is the
person's and stays, what was taken out is never offered again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from phototagd.domain.amending import PersonsEdit, SidecarPlan
from phototagd.domain.sidecar import KeywordLists, KeywordPast, OurRecord, SidecarState
from phototagd.rules.sidecars.keyword_merging import Key, by_key, key_of, parts_of
from phototagd.rules.sidecars.sidecar_text import clean_line


def cleaned(edit: PersonsEdit) -> PersonsEdit:
    """The edit with every text as it may stand in a sidecar; empty words are dropped."""
    return replace(
        edit,
        add=tuple(filter(None, map(clean_path, edit.add))),
        remove=tuple(filter(None, map(clean_path, edit.remove))),
        caption=None if edit.caption is None else clean_line(edit.caption),
    )


def clean_path(path: str) -> str:
    """A keyword path without control characters, doubled spaces and empty words."""
    return "|".join(parts_of("|".join(clean_line(word) for word in path.split("|"))))


def folded(edits: Iterable[PersonsEdit]) -> PersonsEdit:
    """Several edits, oldest first, as one: about the same thing the newest is right."""
    whole = PersonsEdit()
    for edit in edits:
        add, remove = by_key(edit.add), by_key(edit.remove)
        whole = PersonsEdit(
            add=(*_without(whole.add, remove), *add.values()),
            remove=(*_without(whole.remove, add), *remove.values()),
            caption=whole.caption if edit.caption is None else edit.caption,
            is_private=whole.is_private if edit.is_private is None else edit.is_private,
        )
    return replace(
        whole,
        add=tuple(by_key(whole.add).values()),
        remove=tuple(by_key(whole.remove).values()),
    )


def reverse_of(edit: PersonsEdit, did: SidecarPlan, *, was_private: bool) -> PersonsEdit:
    """What takes an edit back, by what it did to a sidecar and how the photo was judged before.

    Only what the edit itself names: other words that came with the same write stay.
    """
    wanted, unwanted = by_key(edit.add), by_key(edit.remove)
    return PersonsEdit(
        add=tuple(path for path in did.removed if _is_meant(key_of(path), unwanted)),
        remove=tuple(path for path in did.added if key_of(path) in wanted),
        caption=None if edit.caption is None else did.caption_before,
        is_private=None if edit.is_private is None else was_private,
    )


def edited(found: SidecarState, edit: PersonsEdit) -> SidecarState:
    """What a sidecar would say had the person edited it, with what is remembered of that."""
    record = found.record or OurRecord()
    remembered = replace(
        record,
        keywords=_past(record.keywords, found.lists, edit),
        is_caption_persons=record.is_caption_persons or edit.caption is not None,
        is_private=record.is_private if edit.is_private is None else edit.is_private,
    )
    texts = found
    if edit.caption is not None:
        texts = replace(found, caption=edit.caption or None, image_description=edit.caption or None)
    return replace(texts, lists=_lists(found.lists, edit), record=remembered)


def _lists(lists: KeywordLists, edit: PersonsEdit) -> KeywordLists:
    gone = by_key(edit.remove)

    def left(listed: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if listed is None else tuple(_without(listed, gone))

    kept = (left(lists.hierarchical) or ()), (left(lists.tags_list) or ())
    here = by_key(path for listed in kept for path in listed)
    # A single word is there already under whatever parent: accepting it makes no second one.
    new = [
        path
        for key, path in by_key(edit.add).items()
        if not any(_is_meant(known, {key: path}) for known in here)
    ]
    nested = (*kept[0], *new)
    return KeywordLists(
        subject=left(lists.subject),
        hierarchical=nested if new else left(lists.hierarchical),
        tags_list=left(lists.tags_list),
        microsoft=left(lists.microsoft),
        mediapro=left(lists.mediapro),
    )


def _past(past: KeywordPast, lists: KeywordLists, edit: PersonsEdit) -> KeywordPast:
    """A word the person adds is not ours any more, even where we had given it before."""
    added, removed = by_key(edit.add), by_key(edit.remove)
    here = [*(lists.hierarchical or ()), *(lists.tags_list or ()), *(past.base or ())]
    gone = {key: path for key, path in by_key(here).items() if _is_meant(key, removed)}
    rejected = by_key(_without(past.rejected, added)) | gone | removed
    base = None if past.base is None else tuple(_without(past.base, added))
    return replace(
        past,
        base=base,
        ours=tuple(_without(past.ours, {**added, **removed})),
        rejected=tuple(rejected.values()),
    )


def _without(paths: Sequence[str], unwanted: dict[Key, str]) -> list[str]:
    return [path for path in paths if not _is_meant(key_of(path), unwanted)]


def _is_meant(key: Key, named: dict[Key, str]) -> bool:
    """Whether a path is one of those named; a single word names it under whatever parent."""
    return bool(key) and (key in named or key[-1:] in named)
