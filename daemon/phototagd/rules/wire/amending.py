"""Orders of persons and what became of them, as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from phototagd.domain.amending import (
    Amendment,
    Comparison,
    PersonsEdit,
    PhotoPlan,
    SidecarChange,
    SidecarPlan,
    UndoOrder,
)
from phototagd.rules.wire.showing import path_fields, path_from


def undo_to_json(order: UndoOrder) -> dict[str, Any]:
    """An order to undo."""
    return {
        "files": [path_fields(file) for file in order.files],
        "since": None if order.since is None else order.since.isoformat(),
        "model": order.model,
        "recipe": order.recipe,
        "library": path_fields(order.library) if order.library else None,
    }


def undo_from_json(given: Mapping[str, Any]) -> UndoOrder:
    """The reverse; raises ValueError for what is none."""
    since, library = given.get("since"), given.get("library")
    order = UndoOrder(
        files=files_from_json(given),
        since=None if since is None else datetime.fromisoformat(_text(since, "since")),
        model=_text(given.get("model", ""), "model"),
        recipe=_text(given.get("recipe", ""), "recipe"),
        library=b"" if library is None else path_from(_mapping(library, "library")),
    )
    if order.since is not None and order.since.tzinfo is None:
        raise ValueError("since must name its time zone")
    if order.is_empty:
        raise ValueError("an order to undo must say which photos")
    return order


def files_from_json(given: Mapping[str, Any]) -> tuple[bytes, ...]:
    """The files of an order; empty without any."""
    files = given.get("files", [])
    if not isinstance(files, list):
        raise ValueError('files must be a list of {"path": …}')  # noqa: TRY004 -- a bad body
    return tuple(path_from(_mapping(one, "files")) for one in files)


def edit_to_json(edit: PersonsEdit) -> dict[str, Any]:
    """A person's edit."""
    return asdict(edit)


def edit_from_json(given: Mapping[str, Any]) -> PersonsEdit:
    """The reverse; raises ValueError for what is none."""
    caption, verdict = given.get("caption"), given.get("is_private")
    if verdict is not None and not isinstance(verdict, bool):
        raise ValueError("is_private must be true, false or null")
    return PersonsEdit(
        add=_texts(given.get("add", []), "add"),
        remove=_texts(given.get("remove", []), "remove"),
        caption=None if caption is None else _text(caption, "caption"),
        is_private=verdict,
    )


def amendment_to_json(amendment: Amendment) -> dict[str, Any]:
    """What became of an order."""
    return {
        "count": amendment.count,
        "is_done": amendment.is_done,
        "plans": [plan_to_json(plan) for plan in amendment.plans],
    }


def plan_to_json(plan: PhotoPlan) -> dict[str, Any]:
    """What an order does to one photo."""
    return {
        **path_fields(plan.path),
        "reason": plan.reason,
        "sidecars": [_sidecar_to_json(one) for one in plan.sidecars],
    }


def comparison_to_json(comparison: Comparison | None) -> dict[str, Any] | None:
    """A sidecar beside what the model said."""
    if comparison is None:
        return None
    fields = {name: getattr(comparison, name) for name in _COMPARED}
    return {**plan_to_json(comparison.plan), **fields}


_COMPARED = ("model", "caption", "said", "missing", "beyond", "rejected", "is_withheld")


def history_to_json(changes: list[SidecarChange] | None) -> list[dict[str, Any]] | None:
    """A photo's history; None for an unknown one."""
    return None if changes is None else [_change_to_json(change) for change in changes]


def _change_to_json(change: SidecarChange) -> dict[str, Any]:
    return {
        **path_fields(change.name, "name"),
        "at": change.at.isoformat(),
        "cause": change.cause.value,
        "model": change.model,
        "recipe": change.recipe,
        "added": list(change.added),
        "removed": list(change.removed),
        "caption_before": change.caption_before,
        "caption_after": change.caption_after,
        "digest_before": change.digest_before,
        "digest_after": change.digest_after,
    }


def plan_from_json(given: Mapping[str, Any]) -> PhotoPlan:
    """The reverse of `plan_to_json`."""
    sidecars = [SidecarPlan(**_sidecar_fields(one)) for one in given["sidecars"]]
    return PhotoPlan(path_from(given), given["reason"], tuple(sidecars))


def _sidecar_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    names = ("action", "cause", "caption_before", "caption_after")
    texts = {name: given[name] for name in names}
    words = {name: tuple(given[name]) for name in ("added", "removed")}
    return {"path": path_from(given), **texts, **words}


def _sidecar_to_json(plan: SidecarPlan) -> dict[str, Any]:
    return asdict(plan) | path_fields(plan.path)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f'{name} must be given as {{"path": …}}')  # noqa: TRY004 -- a bad body
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text")  # noqa: TRY004 -- one error for a bad body
    return value


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{name} must be a list of texts")  # noqa: TRY004 -- a bad body
    return tuple(_text(one, name) for one in value)
