"""When are two spellings the same word?"""

import re
import unicodedata
from functools import lru_cache

from phototagd.rules.text.tokenising import whole

_KEPT = 50_000  # spellings remembered: the words of one large library
_BETWEEN = "·"
_AMERICAN = {
    "colour": "color",
    "favourite": "favorite",
    "flavour": "flavor",
    "grey": "gray",
    "harbour": "harbor",
    "neighbour": "neighbor",
    "neighbourhood": "neighborhood",
    "centre": "center",
    "theatre": "theater",
    "jewellery": "jewelry",
    "aeroplane": "airplane",
    "doughnut": "donut",
    "yoghurt": "yogurt",
    "pyjamas": "pajamas",
    "moustache": "mustache",
    "tyre": "tire",
    "plough": "plow",
    "cosy": "cozy",
}
_UNUSABLE = re.compile(r"[\x00-\x1f|]+")


@lru_cache(maxsize=_KEPT)
def exact_key(word: str) -> str:
    """What spellings have in common that differ in case, width or spaces alone."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


@lru_cache(maxsize=_KEPT)
def variant_key(word: str) -> str:
    """What the variants of a word have in common: number, hyphens, accents, script, region.

    Never empty for a word that is not.
    """
    parts = whole(word).strip("⟨⟩").split(_BETWEEN)
    return "".join(_AMERICAN.get(part, part) for part in parts) or exact_key(word)


def clean_name(word: str) -> str:
    """The word as a term can have it: one line, and no separator of keyword paths."""
    return " ".join(_UNUSABLE.sub(" ", word).split())


def path_parts(path: str) -> tuple[str, ...]:
    """The words of a keyword path, from the top down to the leaf; empty ones are dropped."""
    return tuple(part for part in map(clean_name, path.split("|")) if part)
