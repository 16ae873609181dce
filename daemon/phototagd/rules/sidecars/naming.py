"""Which sidecar belongs to a photo: the one to edit, or the one to create.

`IMG_1.jpg.xmp` (append) belongs to exactly one photo. `IMG_1.xmp` (replace, Adobe's way)
belongs to the RAW of that stem, or else to the only photo that could own it. Names with a
number like `IMG_1_01.jpg.xmp` are darktable's duplicates and never made up here.
"""

from collections.abc import Collection
from dataclasses import dataclass

from phototagd.domain.sidecar import Naming

SUFFIX = b".xmp"
LONGEST_NAME = 255  # bytes, on every common file system

RAW_SUFFIXES = frozenset(
    b"3fr ari arw cap cr2 cr3 crw dcr dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf pef "
    b"raf raw rw2 rwl sr2 srf srw x3f".split()
)
PICTURE_SUFFIXES = RAW_SUFFIXES | frozenset(
    b"avif bmp gif heic heics heif hif jfif jpe jpeg jpg png tif tiff webp".split()
)


@dataclass(frozen=True, slots=True)
class Target:
    """A sidecar to write: `name` to edit if `exists`, else to create.

    `seed` is a sidecar of the other style whose words a new one must take along, because
    programs would no longer look at it.
    """

    name: bytes
    exists: bool
    seed: bytes | None = None


def split(name: bytes) -> tuple[bytes, bytes]:
    """Stem and lower-case suffix without the dot; a leading dot starts no suffix."""
    stem, dot, suffix = name.rpartition(b".")
    return (stem, suffix.lower()) if dot and stem else (name, b"")


def targets(
    photo: bytes,
    *,
    is_raw: bool,
    siblings: Collection[bytes],
    sidecars: Collection[bytes],
    naming: Naming,
) -> tuple[Target, ...]:
    """The sidecars of a photo, the principal one first.

    Args:
        photo: The photo's name.
        is_raw: Whether its content is RAW.
        siblings: Names in the photo's folder; those with the same stem are enough.
        sidecars: Names in the folder where sidecars lie, often the same.
        naming: The wish of the settings.

    Empty when there is no name it could have: too long, or another photo's.
    """
    stem, _ = split(photo)
    owns_stem = _owner(photo, stem, is_raw=is_raw, siblings=siblings)
    if stem == photo and not owns_stem:
        return ()  # a name without suffix has one possible sidecar, and that is another's
    stems = {split(name)[0] for name in siblings if split(name)[1] in {*PICTURE_SUFFIXES, b""}}
    appended = _find(photo + SUFFIX, stems.union(siblings), sidecars)
    replaced = _find(stem + SUFFIX, stems, sidecars) if owns_stem else None
    append = Target(appended or photo + SUFFIX, appended is not None, seed=replaced)
    adobe = Target(replaced or stem + SUFFIX, replaced is not None, seed=appended)
    wanted = [append]
    if owns_stem:
        only_raw = is_raw and not _raws(stem, siblings) - {photo}
        wanted = _wanted(append, adobe, is_raw=is_raw, only_raw=only_raw, naming=naming)
    fitting = [target for target in wanted if len(target.name) <= LONGEST_NAME]
    if not fitting and owns_stem and len(adobe.name) <= LONGEST_NAME:
        fitting = [adobe]
    return tuple(_settled(target) for target in fitting)


def _wanted(
    append: Target, adobe: Target, *, is_raw: bool, only_raw: bool, naming: Naming
) -> list[Target]:
    """Which of the two styles a photo gets that owns both names."""
    if naming is Naming.REPLACE:
        return [adobe]
    if naming is Naming.BOTH_FOR_RAW and is_raw:
        return [append, adobe]
    if naming is Naming.AUTO and only_raw and adobe.exists and not append.exists:
        return [adobe]
    return [append]


def _settled(target: Target) -> Target:
    return Target(target.name, target.exists, None if target.exists else target.seed)


def _raws(stem: bytes, siblings: Collection[bytes]) -> set[bytes]:
    return {name for name in siblings if split(name)[0] == stem and split(name)[1] in RAW_SUFFIXES}


def _owner(photo: bytes, stem: bytes, *, is_raw: bool, siblings: Collection[bytes]) -> bool:
    """Whether `stem.xmp` is this photo's: a RAW comes first, then the first name.

    A photo without suffix comes last: `stem.xmp` is all it could have, in either style.
    """
    raws = _raws(stem, siblings) - {photo}
    if is_raw:
        return not raws or photo < min(raws)
    if raws:
        return False
    others = {
        name
        for name in siblings
        if name != photo and split(name)[0] == stem and split(name)[1] in PICTURE_SUFFIXES
    }
    return not others or (photo != stem and photo < min(others))


def _find(wanted: bytes, owners: Collection[bytes], sidecars: Collection[bytes]) -> bytes | None:
    """The name as it is really spelled: exact first, then with any case (`.XMP`)."""
    if wanted in sidecars:
        return wanted
    own = wanted[: -len(SUFFIX)]
    # On Linux img_1.jpg and IMG_1.jpg may be two photos: each keeps its own sidecar.
    has_rivals = any(other != own and other.lower() == own.lower() for other in owners)
    for name in sorted(name for name in sidecars if name.lower() == wanted.lower()):
        if name.startswith(own) or not has_rivals:
            return name
    return None
