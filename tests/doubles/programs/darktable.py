"""darktable 5: two lists with every word above a leaf, from its database, without a packet."""

from doubles.programs.exiv2_layout import Exiv2Layout
from doubles.programs.program import Program
from doubles.readers import Darktable
from doubles.readers.darktable import format_tag
from doubles.readers.sheet import DC, LR

_DARKTABLE = "{http://darktable.sf.net/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"


class DarktableDesk(Program):
    """Leaves digiKam's list as it is, however old."""

    reader = Darktable()

    def rewritten(self, content: bytes, name: str) -> bytes:
        """With its own tag, a rating if there is none, and its history."""
        paths = sorted({*self.keywords, format_tag(name.removesuffix(".xmp"))})
        sheet = Exiv2Layout(content)
        sheet.list(f"{LR}hierarchicalSubject", "Bag", paths)
        words = sorted({word for path in paths for word in path.split("|")})
        sheet.list(f"{DC}subject", "Bag", words)
        sheet.text(f"{DC}description", self.caption)
        sheet.say(f"{_XMP}Rating", "1")
        sheet.say(f"{_DARKTABLE}xmp_version", "5")
        sheet.say(f"{_DARKTABLE}history_end", "0")
        return sheet.to_bytes(has_packet=False)
