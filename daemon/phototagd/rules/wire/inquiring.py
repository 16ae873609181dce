"""Persons' questions about photos, as JSON."""

from collections.abc import Mapping
from typing import Any

from phototagd.domain.inquiry import Inquiry, InquiryState
from phototagd.rules.wire.showing import path_fields, path_from

_TEXTS = ("id", "question", "answer", "reason", "remedy", "model")


def inquiry_to_json(inquiry: Inquiry | None) -> dict[str, Any] | None:
    """A question and how far it is; None for an unknown one."""
    if inquiry is None:
        return None
    texts = {name: getattr(inquiry, name) for name in _TEXTS}
    state = {"state": inquiry.state.value, "seconds": inquiry.seconds}
    return {**texts, **state, **path_fields(inquiry.path)}


def inquiry_from_json(given: Mapping[str, Any] | None) -> Inquiry | None:
    """The reverse."""
    if given is None:
        return None
    return Inquiry(
        **{name: str(given[name]) for name in _TEXTS},
        path=path_from(given),
        state=InquiryState(given["state"]),
        seconds=float(given["seconds"]),
    )
