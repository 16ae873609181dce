"""Passwords inside URLs are never shown."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

HIDDEN = "***"


def masked(value: Any) -> Any:
    """The value, with the names and passwords of URLs in it hidden."""
    if isinstance(value, Mapping):
        return {name: masked(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner) for inner in value]
    if not isinstance(value, str) or "@" not in value or "://" not in value:
        return value
    try:
        userinfo, at, host = urlsplit(value).netloc.rpartition("@")
    except ValueError:  # not a URL after all, but it may hold a secret
        return HIDDEN
    return value.replace(f"{userinfo}@{host}", f"{HIDDEN}@{host}", 1) if at else value
