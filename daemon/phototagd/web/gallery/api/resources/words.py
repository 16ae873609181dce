"""A person's words: edits, undo, what the model said, and every write so far."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from pydantic import AwareDatetime, Field

from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.asset import AssetId
from phototagd.web.gallery.api.operation import Asked, get, patch, post
from phototagd.web.gallery.api.resources.photos import NO_PHOTO, a_copy
from phototagd.web.gallery.api.shapes import (
    MOST_AT_ONCE,
    MOST_ID,
    Answer,
    Body,
    PhotoId,
    Whole,
    asset_of,
)
from phototagd.web.gallery.problems import Refused

_MOST_WORDS = 100


class Changes(Body):
    """What a person wants of words; what is left out stays as it is."""

    add: list[str] = Field(
        default=[], max_length=_MOST_WORDS, description="Keywords, or keyword paths like A|B."
    )
    remove: list[str] = Field(default=[], max_length=_MOST_WORDS, description="Keywords.")
    is_private: bool | None = Field(default=None, description="Whether the photo is private.")
    dry_run: bool = Field(default=False, description="Only say what would happen.")


class Edit(Changes):
    """What a person wants of a photo's words; what is left out stays as it is."""

    caption: str | None = Field(
        default=None, max_length=4000, description="The new caption; empty takes it out."
    )


class EditOfMany(Changes):
    """The same for several photos; those that are gone or out of sight are passed over."""

    ids: list[Whole] = Field(
        min_length=1, max_length=MOST_AT_ONCE, description="The numbers of the photos."
    )


class KeywordVerdict(Body):
    """Whether a keyword is right."""

    keyword: str = Field(
        min_length=1, max_length=500, description="A keyword of the photo, or its path A|B."
    )
    is_right: bool = Field(
        description="True makes it the person's own; false takes it out, and it stays out."
    )


class Trial(Body):
    """Whether it is meant."""

    dry_run: bool = Field(default=False, description="Only say what would happen.")


class Amended(Answer):
    """What became of an order; sidecars follow within seconds."""

    count: int = Field(description="How many photos.")
    is_done: bool


class Change(Answer):
    """A write that changed a sidecar."""

    name: str = Field(description="The sidecar's name.")
    at: AwareDatetime
    cause: str = Field(description="tagged, edited, merged or undone.")
    model: str
    recipe: str
    added: list[str]
    removed: list[str]
    caption_before: str | None
    caption_after: str | None


class History(Answer):
    """Every write that changed a photo's sidecars, newest first."""

    changes: list[Change]


class Said(Answer):
    """What a model said of a photo, and how."""

    model: str
    language: str
    recipe: str
    created_at: AwareDatetime
    seconds: float
    tokens_per_second: float | None
    raw_reply: str = Field(description="Its words as they came.")


def edit(asked: Asked, params: PhotoId, body: Edit) -> Amended:
    """Change the words of a photo; they go into the sidecars of all its copies."""
    file = a_copy(asked, asset_of(params))
    wish = replace(_wish(body), caption=body.caption)
    return _amended(asked.needs.control.edit([file], wish, dry_run=body.dry_run))


def edit_photos(asked: Asked, body: EditOfMany) -> Amended:
    """Change the words of several photos at once."""
    assets = [AssetId(one) for one in dict.fromkeys(body.ids) if 0 < one <= MOST_ID]
    copies = [asked.needs.gallery.copies(asset, asked.sight)[:1] for asset in assets]
    files = list(chain.from_iterable(copies))
    if not files:
        raise Refused(404, "none of these photos is there, or they are not for you to see")
    return _amended(asked.needs.control.edit(files, _wish(body), dry_run=body.dry_run))


def judge_keyword(asked: Asked, params: PhotoId, body: KeywordVerdict) -> Amended:
    """Say that a keyword of a photo is right, or that it is wrong."""
    file, words = a_copy(asked, asset_of(params)), (body.keyword,)
    wish = PersonsEdit(add=words) if body.is_right else PersonsEdit(remove=words)
    return _amended(asked.needs.control.edit([file], wish, dry_run=False))


def undo(asked: Asked, params: PhotoId, body: Trial) -> Amended:
    """Take our words out of a photo's sidecars."""
    files = asked.needs.gallery.copies(asset_of(params), asked.sight)
    if not files:
        raise Refused(404, NO_PHOTO)
    order = UndoOrder(files=tuple(files))
    return _amended(asked.needs.control.undo(order, dry_run=body.dry_run))


def history(asked: Asked, params: PhotoId) -> History:
    """List every write that changed a photo's sidecars."""
    changes = asked.needs.control.history(a_copy(asked, asset_of(params)))
    if changes is None:
        raise Refused(404, NO_PHOTO)
    return History(changes=[Change.model_validate(_known(Change, one)) for one in changes])


def said(asked: Asked, params: PhotoId) -> Said:
    """Tell what a model said of a photo, and which."""
    known = asked.needs.control.show(a_copy(asked, asset_of(params)))
    tagging = None if known is None else known["tagging"]
    if not isinstance(tagging, Mapping):
        raise Refused(404, "no model has looked at this photo")
    return Said.model_validate(_known(Said, tagging))


def _wish(body: Changes) -> PersonsEdit:
    return PersonsEdit(add=tuple(body.add), remove=tuple(body.remove), is_private=body.is_private)


def _known(answer: type[Answer], values: Mapping[str, object]) -> dict[str, Any]:
    return {name: values[name] for name in answer.model_fields}


def _amended(told: Mapping[str, object]) -> Amended:
    return Amended.model_validate(_known(Amended, told))


OPERATIONS = (
    patch("/photos", edit_photos, 404, 409),
    patch("/photos/{id}", edit, 404, 409),
    post("/photos/{id}/verdicts", judge_keyword, 404, 409),
    post("/photos/{id}/undo", undo, 404, 409),
    get("/photos/{id}/history", history, 404),
    get("/photos/{id}/answer", said, 404),
)
