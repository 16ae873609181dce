"""A program that takes words in, lets a person change them, and writes what it believes."""

from pathlib import Path

from doubles.readers import Reader


class Program:
    """`opens` fills the database; everything else works on that until the next `opens`."""

    reader: Reader

    def __init__(self) -> None:
        self.keywords: set[str] = set()
        self.caption = ""

    def opens(self, sidecar: Path) -> None:
        """Forget what was known and take in what the sidecar says."""
        seen = self.reader.reads(sidecar.read_bytes())
        self.keywords, self.caption = set(seen.keywords), seen.caption

    def writes(self, sidecar: Path) -> None:
        """Write the database into the sidecar."""
        sidecar.write_bytes(self.rewritten(sidecar.read_bytes(), sidecar.name))

    def rewritten(self, content: bytes, name: str) -> bytes:
        """The sidecar as the program leaves it."""
        raise NotImplementedError
