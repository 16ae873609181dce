"""digiKam 8.6 with "write metadata": all six lists, complete and in the same order."""

from html import escape

from doubles.programs.exiv2_layout import Exiv2Layout
from doubles.programs.program import Program
from doubles.readers import Digikam
from doubles.readers.sheet import DC, DIGIKAM, LR, MEDIAPRO, MICROSOFT, TIFF

_ACDSEE = "{http://ns.acdsee.com/iptc/1.0/}"


class DigikamDesk(Program):
    """Keeps what it does not know, our namespace too."""

    reader = Digikam()

    def rewritten(self, content: bytes, name: str) -> bytes:
        """A slash inside a word becomes a backslash where slashes separate."""
        paths = sorted(self.keywords)
        slashed = [path.replace("/", "\\").replace("|", "/") for path in paths]
        sheet = Exiv2Layout(content)
        sheet.list(f"{DIGIKAM}TagsList", "Seq", slashed)
        sheet.list(f"{MICROSOFT}LastKeywordXMP", "Bag", slashed)
        sheet.list(f"{LR}hierarchicalSubject", "Bag", paths)
        sheet.list(f"{MEDIAPRO}CatalogSets", "Bag", paths)
        sheet.list(f"{DC}subject", "Bag", [path.rpartition("|")[2] for path in paths])
        sheet.drop(f"{_ACDSEE}categories")
        sheet.say(f"{_ACDSEE}categories", _categories(paths))
        sheet.text(f"{DC}description", self.caption)
        sheet.text(f"{TIFF}ImageDescription", self.caption)
        return sheet.to_bytes()


def _categories(paths: list[str]) -> str:
    """ACDSee's list: XML, written as text."""
    words = [f'<Category Assigned="1">{escape(path)}</Category>' for path in paths]
    return f"<Categories>{''.join(words)}</Categories>"
