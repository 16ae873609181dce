"""A person's words: edits, undo, what the model said, and every write so far."""

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, Field

from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.web.gallery.api.operation import Asked, get, patch, post
from phototagd.web.gallery.api.resources.photos import NO_PHOTO, a_copy
from phototagd.web.gallery.api.shapes import Answer, Body, PhotoId, asset_of
from phototagd.web.gallery.problems import Refused

_MOST_WORDS = 100


class Edit(Body):
    """What a person wants of a photo's words; what is left out stays as it is."""

    add: list[str] = Field(
        default=[], max_length=_MOST_WORDS, description="Keywords, or keyword paths like A|B."
    )
    remove: list[str] = Field(default=[], max_length=_MOST_WORDS, description="Keywords.")
    caption: str | None = Field(
        default=None, max_length=4000, description="The new caption; empty takes it out."
    )
    is_private: bool | None = Field(default=None, description="Whether the photo is private.")
    dry_run: bool = Field(default=False, description="Only say what would happen.")


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
    wish = PersonsEdit(
        add=tuple(body.add),
        remove=tuple(body.remove),
        caption=body.caption,
        is_private=body.is_private,
    )
    return _amended(asked.needs.control.edit([file], wish, dry_run=body.dry_run))


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


def _known(answer: type[Answer], values: Mapping[str, object]) -> dict[str, Any]:
    return {name: values[name] for name in answer.model_fields}


def _amended(told: Mapping[str, object]) -> Amended:
    return Amended.model_validate(_known(Amended, told))


OPERATIONS = (
    patch("/photos/{id}", edit, 404, 409),
    post("/photos/{id}/undo", undo, 404, 409),
    get("/photos/{id}/history", history, 404),
    get("/photos/{id}/answer", said, 404),
)
