"""Immich: metadata.service.ts and the tag rules of exiftool-vendored."""

from collections.abc import Collection

from doubles.readers.reader import Seen, first_of, stem_of
from doubles.readers.sheet import DC, DIGIKAM, LR, TIFF, Sheet


class Immich:
    """Takes the first of three lists that says anything."""

    name = "Immich"
    is_flat = False

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """The appended name first; lower-case suffixes alone."""
        return first_of(names, f"{photo}.xmp", f"{stem_of(photo)}.xmp")

    def reads(self, sidecar: bytes) -> Seen:
        """tiff:ImageDescription goes before dc:description, and other languages are unknown."""
        sheet = Sheet(sidecar)
        tags = [word.replace("/", "|") for word in sheet.get(f"{DIGIKAM}TagsList").words]
        found = tags or sheet.get(f"{LR}hierarchicalSubject").words
        found = found or sheet.get(f"{DC}subject").words
        captions = (_text(sheet, f"{TIFF}ImageDescription"), _text(sheet, f"{DC}description"))
        return Seen(frozenset(found), next(filter(None, captions), ""))


def _text(sheet: Sheet, name: str) -> str:
    found = sheet.get(name)
    return found.in_language("x-default") or found.in_language("")
