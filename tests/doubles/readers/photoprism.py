"""PhotoPrism: mediafile_related.go and xmp_document.go, before and after the rewrite of 2026."""

from collections.abc import Collection

from doubles.readers.reader import Seen, stem_of
from doubles.readers.sheet import DC, Sheet

_MOST_BYTES = 1 << 20


class PhotoPrism:
    """Every file of the stem belongs to the photo; dc:subject and dc:description."""

    name = "PhotoPrism, 2026"
    is_flat = True

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """Any name that begins with the stem and a dot; a stack shares what they all say."""
        related = sorted(n for n in names if n.startswith(f"{stem_of(photo)}."))
        return [name for name in related if name.lower().endswith(".xmp")]

    def reads(self, sidecar: bytes) -> Seen:
        """Elements or attributes, up to 1 MiB."""
        if len(sidecar) > _MOST_BYTES:
            return Seen(frozenset(), "")
        sheet = Sheet(sidecar)
        return Seen(frozenset(sheet.get(f"{DC}subject").words), _caption(sheet))


class OldPhotoPrism(PhotoPrism):
    """Builds up to 2024 at least: keywords from `rdf:Seq` alone, which nobody writes."""

    name = "PhotoPrism, 2024"

    def reads(self, sidecar: bytes) -> Seen:
        """The caption is found, the keywords are not."""
        sheet = Sheet(sidecar)
        subject = sheet.get(f"{DC}subject")
        words = subject.words if subject.container == "Seq" else []
        return Seen(frozenset(words), _caption(sheet))


def _caption(sheet: Sheet) -> str:
    return next(iter(sheet.get(f"{DC}description").words), "")
