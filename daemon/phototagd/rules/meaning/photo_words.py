"""Which words of a photo are turned into a vector?"""

from hashlib import blake2b

from phototagd.domain.search import PhotoFacts, Query

LONGEST = 2000
"""Characters; the smallest models read 512 tokens, and captions come first."""

_WORDS = frozenset({"words", "phrase", "keyword"})


def photo_words(photo: PhotoFacts) -> str:
    """Captions, keywords and mood, place and visible text; empty when nothing was said.

    Time, camera and file name are left out: they are filters, and blur what is shown.
    """
    if not photo.is_tagged and not photo.keywords and not photo.captions:
        return ""
    about = dict.fromkeys((*photo.keywords, *photo.objects, photo.category, *photo.mood))
    parts = (
        ". ".join(photo.captions),
        ", ".join(filter(None, about)),
        ", ".join(photo.place),
        " ".join(photo.text),
    )
    return ". ".join(filter(None, parts))[:LONGEST]


def digest_of(text: str) -> bytes:
    """Eight bytes that know a text again."""
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).digest()


def query_words(query: Query) -> str:
    """What a query says about the picture itself; filters and negations are left out.

    Empty when only filters remain, or where a person asked for exact words: nothing that
    merely means the same was wanted then.
    """
    if not query.terms or any(chip.kind in {"phrase", "keyword"} for chip in query.chips):
        return ""
    text = query.text
    for chip in sorted(query.chips, key=lambda chip: -chip.start):
        if chip.is_negated or chip.kind not in _WORDS:
            text = text[: chip.start] + " " + text[chip.end :]
    return " ".join(text.split())
