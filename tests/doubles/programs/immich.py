"""Immich: writes what a person changed, and no more, through the real exiftool."""

from pathlib import Path

from doubles.programs.program import Program
from doubles.readers import Immich
from doubles.tools import lines_of, tool


class ImmichDesk(Program):
    """Of the keyword lists it writes digiKam's alone; exiftool lays the file out anew."""

    reader = Immich()

    def __init__(self) -> None:
        super().__init__()
        self._caption_before = ""

    def opens(self, sidecar: Path) -> None:
        """Remembers the caption, to see whether a person changed it."""
        super().opens(sidecar)
        self._caption_before = self.caption

    def writes(self, sidecar: Path) -> None:
        """All tags of the photo; both captions when one was changed."""
        tags = [path.replace("|", "/") for path in sorted(self.keywords)]
        told = ["-XMP-digiKam:TagsList=", *(f"-XMP-digiKam:TagsList={tag}" for tag in tags)]
        if self.caption != self._caption_before:
            told.append(f"-XMP-dc:Description={self.caption}")
            told.append(f"-XMP-tiff:ImageDescription={self.caption}")
        lines_of(tool("exiftool"), "-q", "-overwrite_original", *told, sidecar)
