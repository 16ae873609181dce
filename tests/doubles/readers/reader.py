"""What a photo program finds beside a photo, and what it shows of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Seen:
    """The keywords, as paths `A|B|leaf` where the program knows such, and the caption."""

    keywords: frozenset[str]
    caption: str


class Reader(Protocol):
    """One program; `is_flat` when it knows words without parents alone."""

    @property
    def name(self) -> str:
        """The program, as people call it."""
        ...

    @property
    def is_flat(self) -> bool:
        """Whether it knows no words above words."""
        ...

    def finds(self, photo: str, names: Collection[str]) -> list[str]:
        """The sidecars that it takes for a photo, of the names in the folder; mostly one."""
        ...

    def reads(self, sidecar: bytes) -> Seen:
        """What it shows."""
        ...


def stem_of(photo: str) -> str:
    """The name without its last suffix."""
    return photo.rpartition(".")[0] or photo


def suffix_of(photo: str) -> str:
    """The last suffix in lower case, without the dot."""
    return photo.rpartition(".")[2].lower()


def first_of(names: Collection[str], *wanted: str) -> list[str]:
    """The first of the wanted names that is there, spelled exactly so."""
    return [name for name in wanted if name in names][:1]


def shown(reader: Reader, photo: str, folder: Mapping[str, bytes]) -> Seen:
    """What a program shows of a photo, given the sidecars of its folder."""
    importer = getattr(reader, "imports", reader.reads)  # of names that are not its own
    seen = [
        (reader.reads if name == f"{photo}.xmp" else importer)(folder[name])
        for name in reader.finds(photo, folder)
    ]
    return Seen(
        frozenset().union(*(one.keywords for one in seen)),
        next((one.caption for one in seen if one.caption), ""),
    )


def leaves(paths: Collection[str]) -> frozenset[str]:
    """The words themselves, without those above them."""
    return frozenset(path.rpartition("|")[2] for path in paths)
