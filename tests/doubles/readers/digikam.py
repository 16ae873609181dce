"""digiKam 8.6: dmetadatasettingscontainer.cpp and metaengine_fileio.cpp, and as it behaved."""

from collections.abc import Collection

from doubles.readers.reader import Seen, first_of, stem_of
from doubles.readers.sheet import (
    DC,
    DIGIKAM,
    LR,
    MEDIAPRO,
    MICROSOFT,
    MICROSOFT_BARE,
    TIFF,
    Sheet,
)

_LISTS = (
    (f"{DIGIKAM}TagsList", "Seq", "/"),
    (f"{MICROSOFT}LastKeywordXMP", "Bag", "/"),
    (f"{MICROSOFT_BARE}LastKeywordXMP", "Bag", "/"),
    (f"{LR}hierarchicalSubject", "Bag", "|"),
    (f"{MEDIAPRO}CatalogSets", "Bag", "|"),
    (f"{DC}subject", "Bag", "|"),
)


class Digikam:
    """Takes the first of six lists that stands in the container it expects.

    Reading sidecars has to be switched on in it; `is_compatible` is its option to call them
    as commercial programs do.
    """

    is_flat = False

    def __init__(self, *, is_compatible: bool = False) -> None:
        self.name = "digiKam, compatible names" if is_compatible else "digiKam"
        self._is_compatible = is_compatible

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """One name only, whichever the option says."""
        wanted = stem_of(photo) if self._is_compatible else photo
        return first_of(names, f"{wanted}.xmp")

    def reads(self, sidecar: bytes) -> Seen:
        """Any language of the caption will do, `x-default` first."""
        sheet = Sheet(sidecar)
        found: frozenset[str] = frozenset()
        for name, container, separator in _LISTS:
            listed = sheet.get(name)
            if listed.words and listed.container == container:
                found = frozenset(word.replace(separator, "|") for word in listed.words)
                break
        described = sheet.get(f"{DC}description")
        captions = [described.in_language("x-default"), *described.words]
        captions += sheet.get(f"{TIFF}ImageDescription").words
        return Seen(found, next(filter(None, captions), ""))
