"""What a sidecar shall say: a person's words first, then the model's, each where it may be.

A text is ours when it equals what we remember having offered, and a person's otherwise. What
we remember but no longer find was taken out by a person and is not put back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from phototagd.domain.amending import PersonsEdit
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import (
    KeywordLists,
    OurRecord,
    Provenance,
    SidecarEdit,
    SidecarState,
)
from phototagd.domain.tagging import Tagging
from phototagd.rules.sidecars.editing import edited
from phototagd.rules.sidecars.extra_lines import (
    extras_from,
    lines_of,
    pair_lines,
    pairs_from,
)
from phototagd.rules.sidecars.keyword_merging import merge_keywords
from phototagd.rules.sidecars.made import made_by
from phototagd.rules.sidecars.sidecar_text import (
    alt_text,
    clean_keyword,
    clean_line,
    is_camera_junk,
)

NO_EDIT = PersonsEdit()


@dataclass(frozen=True, slots=True)
class Offer:
    """What we have to say about a photo.

    `keywords` are paths, most important first. `tagging` is None while no model has answered:
    then only the place is filled, and what we wrote before is kept in step with the others.
    `caption` is None where the answer's own is meant; `is_new` where there is no file yet.
    """

    generator: str
    image_hash: str
    embedded_hash: str = ""
    tagging: Tagging | None = None
    keywords: tuple[str, ...] = ()
    caption: str | None = None
    place: Place | None = None
    embedded_keywords: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """The three caption properties to write; None leaves one as it is, empty removes it."""

    caption: str | None = None
    image_description: str | None = None
    alt_text: str | None = None


def keywords_of(tagging: Tagging | None) -> tuple[str, ...]:
    """The keywords of a tagging as they may stand in a sidecar, in their order."""
    if tagging is None:
        return ()
    return tuple(word for word in map(clean_keyword, tagging.answer.keywords) if word)


def merge(found: SidecarState, offer: Offer, persons: PersonsEdit = NO_EDIT) -> SidecarEdit | None:
    """The edit that brings a sidecar up to date; None when there is nothing of ours to say.

    What the person wants comes first. Applying the outcome and merging again with the same
    offer asks for no further change.
    """
    is_edited = persons.has_words or _is_new_verdict(found, persons)
    told = edited(found, persons) if is_edited else found
    edit = _merged(told, offer, is_edited=is_edited)
    if edit is None or edit.record is None:
        return None
    record = edit.record
    if persons.caption is not None:
        edit = replace(edit, caption=persons.caption, image_description=persons.caption)
    made = made_by(found, edit, is_new=offer.is_new)
    return replace(edit, record=replace(record, made=made))


def _is_new_verdict(found: SidecarState, persons: PersonsEdit) -> bool:
    known = None if found.record is None else found.record.is_private
    return persons.is_private is not None and persons.is_private != known


def _merged(found: SidecarState, offer: Offer, *, is_edited: bool) -> SidecarEdit | None:
    record = found.record or OurRecord()
    place = _place(found, offer.place, record.place)
    has_words = is_edited or offer.tagging is not None or record.keywords.base is not None
    if found.record is None and not has_words and place is None:
        return None
    lists, past = KeywordLists(), record.keywords
    if has_words:
        offered = None if offer.tagging is None else offer.keywords
        merged = merge_keywords(found.lists, past, offered, embedded=offer.embedded_keywords)
        lists, past = merged.lists, merged.past
    texts, caption, provenance = Texts(), "", record.provenance
    if offer.tagging is not None:
        answered = offer.tagging.answer.caption
        offered_caption = clean_line(answered if offer.caption is None else offer.caption)
        is_persons = record.is_caption_persons
        texts = merge_texts(found, offered_caption, record.caption, is_persons=is_persons)
        is_gone = _is_deleted(found, record.caption, is_persons=is_persons)
        caption = "" if is_gone else offered_caption
        provenance = provenance_of(offer.tagging)
    return SidecarEdit(
        record=replace(
            record,
            generator=offer.generator,
            provenance=provenance,
            image_hash=offer.image_hash,
            embedded_hash=offer.embedded_hash or record.embedded_hash,
            caption=caption or record.caption,
            keywords=past,
            place=offer.place or record.place,
        ),
        lists=lists,
        caption=texts.caption,
        image_description=texts.image_description,
        alt_text=texts.alt_text,
        place=place,
    )


def merge_texts(found: SidecarState, offered: str, last: str, *, is_persons: bool = False) -> Texts:
    """The captions to write, given what we offer now and what we offered last.

    With `is_persons`, whatever caption is there was written by a person, and where none is, a
    person took it out.
    """
    theirs = _theirs(found, last, is_persons=is_persons)
    if theirs is None and found.caption is None and found.is_translated:
        return Texts()  # a person's caption in one language; two would confuse darktable
    if theirs is not None:
        # Immich shows tiff:ImageDescription first, darktable only dc:description.
        return Texts(theirs, theirs, _alt_text(found, offered, last))
    if _is_deleted(found, last, is_persons=is_persons):
        was_ours = found.image_description is not None
        is_our_alt = found.alt_text is not None and found.alt_text == alt_text(last)
        return Texts(None, "" if was_ours else None, "" if is_our_alt else None)
    if not offered:
        return Texts()
    return Texts(offered, offered, _alt_text(found, offered, last))


def provenance_of(tagging: Tagging) -> Provenance:
    """What is kept of a tagging in our own namespace, so that the database can be rebuilt."""
    answer, recipe = tagging.answer, tagging.recipe
    return Provenance(
        model=clean_line(recipe.model),
        model_digest=clean_line(recipe.model_digest),
        recipe=clean_line(recipe.key),
        language=clean_line(recipe.language),
        tagged_at=tagging.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        category=clean_line(answer.category),
        keywords=keywords_of(tagging),
        objects=_lines(answer.objects),
        mood=_lines(answer.mood),
        people=answer.people if answer.people >= 0 else None,
        text=_lines(answer.text),
        sensitive=clean_line(answer.sensitive),
        profile=clean_line(recipe.profile),
        keyword_language=clean_line(recipe.keyword_language),
        extras=extras_from(lines_of(answer.extras)),
        translations=pairs_from(pair_lines(answer.translations)),
    )


def _theirs(found: SidecarState, last: str, *, is_persons: bool) -> str | None:
    """The caption that a person wrote, in whichever property it stands."""
    for text in (found.caption, found.image_description):
        if text and text.strip() and (is_persons or not _is_ours(text, last)):
            return text
    return None


def _is_deleted(found: SidecarState, last: str, *, is_persons: bool) -> bool:
    """Whether a person took the caption out; ours stays remembered as the last one."""
    is_gone = not found.caption and _theirs(found, last, is_persons=is_persons) is None
    return is_gone and (bool(last) or is_persons)


def _is_ours(text: str, last: str) -> bool:
    return clean_line(text) == last or is_camera_junk(text)


def _alt_text(found: SidecarState, offered: str, last: str) -> str | None:
    if not offered:
        return None
    if found.alt_text is None:
        return None if last else alt_text(offered)
    return alt_text(offered) if last and found.alt_text == alt_text(last) else None


def _place(found: SidecarState, offered: Place | None, last: Place | None) -> Place | None:
    """The place to write: only where none is, or where the one that is there is ours."""
    if offered is None or offered == found.place:
        return None
    if found.place is None:
        return offered if last is None else None
    return offered if found.place == last else None


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in map(clean_line, texts) if line)
