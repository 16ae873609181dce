"""Lightroom Classic, by Adobe's help ("Metadata basics and actions"); not run here."""

from collections.abc import Collection

from doubles.readers.reader import Seen, first_of, stem_of, suffix_of
from doubles.readers.sheet import DC, LR, Sheet

_PROPRIETARY = frozenset(
    {"arw", "cr2", "cr3", "erf", "iiq", "nef", "nrw", "orf", "pef", "raf", "rw2", "srw"}
)


class Lightroom:
    """Sidecars of proprietary RAW files alone: all others hold their words themselves."""

    name = "Lightroom Classic"
    is_flat = False

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """`IMG_1.xmp`, and only for RAW that is no DNG."""
        if suffix_of(photo) not in _PROPRIETARY:
            return []
        return first_of(names, f"{stem_of(photo)}.xmp", f"{stem_of(photo)}.XMP")

    def reads(self, sidecar: bytes) -> Seen:
        """Hierarchical keywords with the flat ones that are no part of them."""
        sheet = Sheet(sidecar)
        paths = sheet.get(f"{LR}hierarchicalSubject").words
        known = {word for path in paths for word in path.split("|")}
        flat = [word for word in sheet.get(f"{DC}subject").words if word not in known]
        described = sheet.get(f"{DC}description")
        return Seen(
            frozenset([*paths, *flat]),
            described.in_language("x-default") or described.in_language(""),
        )
