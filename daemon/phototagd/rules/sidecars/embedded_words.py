"""The words inside a photo file: part of a new sidecar, and noticed when they change later.

Programs that find a sidecar stop reading the photo itself, so a new sidecar must say all
that the photo says.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from phototagd.domain.asset import Inspection
from phototagd.domain.sidecar import KeywordLists, SidecarState
from phototagd.rules.sidecars.sidecar_text import clean_line


def embedded_hash(inspection: Inspection | None) -> str:
    """A digest of the words in the photo file; empty when the file could not be read."""
    if inspection is None:
        return ""
    digest = hashlib.sha256(inspection.xmp or b"")
    for text in (*inspection.iptc_keywords, inspection.iptc_caption):
        digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def with_iptc(seed: SidecarState, inspection: Inspection | None) -> SidecarState:
    """What a photo says in all: the embedded packet, and the older IPTC spelling of words."""
    if inspection is None:
        return seed
    keywords = _clean(inspection.iptc_keywords)
    subject = tuple(dict.fromkeys((*(seed.lists.subject or ()), *keywords)))
    caption = seed.caption
    if not caption and not seed.is_translated:
        caption = clean_line(inspection.iptc_caption) or seed.caption
    return replace(
        seed, caption=caption, lists=replace(seed.lists, subject=subject or seed.lists.subject)
    )


def paths_in(lists: KeywordLists) -> tuple[str, ...]:
    """All keyword paths that any of the lists names; flat words only where no path has them."""
    nested = [
        path
        for listed in (lists.hierarchical, lists.tags_list, lists.microsoft, lists.mediapro)
        for path in listed or ()
    ]
    words = {word.casefold() for path in nested for word in path.split("|")}
    flat = [word for word in lists.subject or () if word.casefold() not in words]
    return tuple(dict.fromkeys((*nested, *flat)))


def _clean(words: Iterable[str]) -> list[str]:
    return [word for word in map(clean_line, words) if word]
