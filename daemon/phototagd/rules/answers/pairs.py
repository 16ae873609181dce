# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Which word goes with which in the other language?"""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"\s*(?:=|＝|→|->)\s*")


def split_pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """Each word with its translation, which is empty where the model gave none."""
    return list(map(_parted, words))


def _parted(text: str) -> tuple[str, str]:
    parts = _BETWEEN.split(text, maxsplit=1)
    return parts[0].strip(), parts[1].strip() if len(parts) > 1 else ""
