"""Which program finds our words, for every naming and every kind of photo, and why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from doubles.readers import READERS, Reader, Seen
from doubles.readers.reader import leaves, shown, stem_of, suffix_of
from doubles.sidecars import packet, tagging
from phototagd.adapters.xmp import XmpEditor
from phototagd.domain.sidecar import Naming
from phototagd.rules.sidecars.merging import Offer, merge
from phototagd.rules.sidecars.naming import targets

NOW = datetime(2026, 5, 2, tzinfo=UTC)
PATHS = ("Places|Norway|Bergen", "Animals|Dog", "harbour", "rain")
MARK = b"http://ns.phototagd.org/1.0/"
CAPTION = "A dog waits in the rain."
RAW_SUFFIXES = frozenset({"cr3", "nef", "dng"})


@dataclass(frozen=True)
class Case:
    """A photo in a folder, and what stood there before we came."""

    kind: str
    photo: str
    others: tuple[str, ...] = ()

    @property
    def is_raw(self) -> bool:
        return suffix_of(self.photo) in RAW_SUFFIXES


CASES = (
    *(
        Case(kind, f"IMG_1.{suffix}")
        for kind, suffix in (
            ("JPEG", "JPG"),
            ("PNG", "png"),
            ("WebP", "webp"),
            ("GIF", "gif"),
            ("TIFF", "tif"),
            ("BMP", "bmp"),
            ("AVIF", "avif"),
            ("HEIC", "heic"),
            ("RAW", "CR3"),
            ("DNG", "dng"),
        )
    ),
    Case("RAW of a pair", "IMG_1.CR3", ("IMG_1.JPG",)),
    Case("JPEG of a pair", "IMG_1.JPG", ("IMG_1.CR3",)),
    Case("RAW with Adobe's sidecar", "IMG_1.CR3", ("IMG_1.xmp",)),
    Case("JPEG with an upper-case sidecar", "IMG_1.JPG", ("IMG_1.JPG.XMP",)),
)


@dataclass(frozen=True)
class Reason:
    """Why programs do not see what we wrote, and what to do about it."""

    readers: tuple[str, ...]
    text: str
    applies: Callable[[Case, Naming, frozenset[str]], bool]


REASONS = (
    Reason(
        ("Lightroom Classic",),
        "reads sidecars of proprietary RAW files alone; in JPEG, TIFF, DNG and the rest it reads "
        "what is embedded.",
        lambda case, _, __: not case.is_raw or suffix_of(case.photo) == "dng",
    ),
    Reason(
        ("Lightroom Classic",),
        "calls a RAW's sidecar `IMG_1.xmp`: choose `replace` or `both-for-raw`.",
        lambda case, _, names: case.is_raw and f"{stem_of(case.photo)}.xmp" not in names,
    ),
    Reason(
        ("digiKam",),
        "looks for `IMG_1.jpg.xmp` alone: choose `append` or `both-for-raw`, or its option for "
        "compatible names.",
        lambda case, _, names: f"{case.photo}.xmp" not in names,
    ),
    Reason(
        ("digiKam, compatible names",),
        "looks for `IMG_1.xmp` alone: choose `replace`; the JPEG of a pair never has one.",
        lambda case, _, names: f"{stem_of(case.photo)}.xmp" not in names,
    ),
    Reason(
        ("Immich", "darktable"),
        "names in upper case are not found: another program called the sidecar `.XMP`, which "
        "is edited where it is.",
        lambda case, _, names: f"{case.photo}.XMP" in names,
    ),
    Reason(
        ("darktable",),
        "takes `IMG_1.xmp` through an importer, which makes `Dog` a second keyword beside "
        "`Animals|Dog`: choose `append`.",
        lambda case, _, names: f"{case.photo}.xmp" not in names,
    ),
    Reason(
        ("PhotoPrism, 2024",),
        "reads keywords from ordered lists alone, which no program writes; captions are found.",
        lambda *_: True,
    ),
)


def reasons_for(reader: Reader, naming: Naming, case: Case) -> list[Reason]:
    """What is known to stand between a program and our words."""
    names = ours(case, naming)
    return [
        reason
        for reason in REASONS
        if reader.name in reason.readers and reason.applies(case, naming, names)
    ]


def ours(case: Case, naming: Naming) -> frozenset[str]:
    """The sidecars that we wrote into."""
    return frozenset(name for name, content in written(case, naming).items() if MARK in content)


@cache
def written(case: Case, naming: Naming) -> dict[str, bytes]:
    """The sidecars in the folder after we wrote, by name."""
    editor = XmpEditor()
    folder = {name: packet() for name in case.others if name.lower().endswith(".xmp")}
    names = frozenset(name.encode() for name in (case.photo, *case.others))
    offer = Offer("phototagd", "h", tagging=tagging(caption=CAPTION), keywords=PATHS)
    for target in targets(
        case.photo.encode(), is_raw=case.is_raw, siblings=names, sidecars=names, naming=naming
    ):
        name = target.name.decode()
        content = folder[name] if target.exists else editor.seed(None)
        edit = merge(editor.read(content), offer)
        assert edit is not None
        folder[name] = editor.edit(content, edit, NOW)
    return folder


def everything() -> Iterator[tuple[Reader, Naming, Case]]:
    """Every cell of the table."""
    for reader in READERS:
        for naming in Naming:
            for case in CASES:
                yield reader, naming, case


def is_seen(reader: Reader, naming: Naming, case: Case) -> bool:
    """Whether a program shows exactly our keywords and our caption."""
    wanted = leaves(PATHS) if reader.is_flat else frozenset(PATHS)
    return shown(reader, case.photo, written(case, naming)) == Seen(wanted, CAPTION)


def readers() -> str:
    """The table and its reasons, in Markdown."""
    head = ("program", *(f"`{naming}`" for naming in Naming))
    rows = [(reader.name, *(_seen_of(reader, naming) for naming in Naming)) for reader in READERS]
    lines = [head, ("---",) * len(head), *rows]
    table = [f"| {' | '.join(line)} |" for line in lines]
    why = [f"- {', '.join(reason.readers)}: {reason.text}" for reason in REASONS]
    return "\n".join([*table, "", *why])


def _seen_of(reader: Reader, naming: Naming) -> str:
    """In which kinds of photos a program sees our words, the shorter list of yes and no."""
    seen = {case.kind: is_seen(reader, naming, case) for case in CASES}
    yes = [kind for kind, is_so in seen.items() if is_so]
    no = [kind for kind, is_so in seen.items() if not is_so]
    if not yes or not no:
        return "all" if yes else "none"
    return ", ".join(yes) if len(yes) <= len(no) else f"all but {', '.join(no)}"
