"""darktable 5: image.c, exif.cc, lightroom.c, and as version 5.0.1 behaved."""

import re
from collections.abc import Collection

from doubles.readers.reader import Seen, first_of, stem_of, suffix_of
from doubles.readers.sheet import DC, LR, Sheet


class Darktable:
    """Its own name first; else the name that Lightroom gives, read by an importer.

    The importer steps over the text between two elements without looking, so a compact
    sidecar says nothing to it.
    """

    name = "darktable"
    is_flat = False

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """Never in upper case."""
        return first_of(names, f"{photo}.xmp", f"{stem_of(photo)}.xmp")

    def ghosts(self, photo: str, names: Collection[str]) -> list[str]:
        """Names from which it makes further versions of a photo: `IMG_1_01.jpg.xmp`."""
        suffix = photo[len(stem_of(photo)) :]
        pattern = rf"{re.escape(stem_of(photo))}_[0-9]*[0-9]{re.escape(suffix)}\.xmp"
        return [name for name in names if re.fullmatch(pattern, name)]

    def reads(self, sidecar: bytes) -> Seen:
        """Its own tags say what it knows already, and are no words about the picture."""
        sheet = Sheet(sidecar)
        found = sheet.get(f"{LR}hierarchicalSubject").words or sheet.get(f"{DC}subject").words
        return Seen(
            frozenset(path for path in found if path.split("|")[0] != "darktable"),
            _caption(sheet),
        )

    def imports(self, sidecar: bytes) -> Seen:
        """What it shows of a sidecar that is called as Lightroom calls it: both lists at once."""
        sheet = Sheet(sidecar)
        if not sheet.is_spaced:
            return Seen(frozenset(), "")
        flat = sheet.get(f"{DC}subject").words
        seen = self.reads(sidecar)
        return Seen(seen.keywords.union(flat), seen.caption)


def _caption(sheet: Sheet) -> str:
    """Several languages come out as one broken text, which it then writes back."""
    described = sheet.get(f"{DC}description")
    first = described.in_language("x-default") or described.in_language("")
    others = [(lang, text) for lang, text in described.items if lang not in {"", "x-default"}]
    return ", ".join([first, *(f'lang="{lang}" {text}' for lang, text in others)]).strip(", ")


def format_tag(photo: str) -> str:
    """The tag that it gives every photo."""
    return f"darktable|format|{suffix_of(photo)}"
