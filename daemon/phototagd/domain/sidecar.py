"""The neighbour file of a photo: what it says, what of it is ours, what is to be changed.

Keyword paths are written `A|B|leaf` everywhere above the XML, whatever a program's own
separator is. `None` always means "the property is not there"; it never means "empty".
"""

from dataclasses import dataclass, field
from enum import StrEnum

from phototagd.domain.asset import Place, Stamp
from phototagd.domain.tagging import Extra

SCHEMA = 1  # of our own properties; a higher one was written by a later phototagd


class Naming(StrEnum):
    """How sidecars are called: `IMG_1.jpg.xmp` (append) or `IMG_1.xmp` (replace, as Adobe)."""

    AUTO = "auto"  # append; but an unambiguous IMG_1.xmp of a RAW is edited, not hidden
    APPEND = "append"
    REPLACE = "replace"
    BOTH_FOR_RAW = "both-for-raw"


@dataclass(frozen=True, slots=True)
class SidecarPolicy:
    """Where a library's sidecars lie: beside the photos, or in a tree below `mirror_root`."""

    naming: Naming = Naming.AUTO
    mirror_root: bytes | None = None

    def folder_of(self, root: bytes, folder: bytes) -> bytes:
        """Where the sidecars of a library's folder lie, as an absolute path."""
        base = (self.mirror_root or root).rstrip(b"/")
        return base + b"/" + folder if folder else base or b"/"


@dataclass(frozen=True, slots=True)
class SidecarFile:
    """A sidecar as it was read or written; `digest` is the SHA-256 of its bytes, in hex."""

    content: bytes
    stamp: Stamp
    digest: str


@dataclass(frozen=True, slots=True)
class KeywordLists:
    """The keyword lists of a sidecar, each None where the property is absent.

    `subject` holds flat words (dc:subject), all others keyword paths: `hierarchical`
    (lr:hierarchicalSubject), `tags_list` (digiKam:TagsList), and two mirrors kept up only
    where they already are: `microsoft` (LastKeywordXMP) and `mediapro` (CatalogSets).
    """

    subject: tuple[str, ...] | None = None
    hierarchical: tuple[str, ...] | None = None
    tags_list: tuple[str, ...] | None = None
    microsoft: tuple[str, ...] | None = None
    mediapro: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeywordPast:
    """What we remember of the keywords between two writes, kept in the sidecar itself.

    `base` is every path the sidecar held after our last write, None before the first one;
    `ours` the part of it that we put there, most important first; `rejected` what a person
    took out, never to be offered again; `latest` the part of `ours` that was new when we
    last added something; `doubted` the paths that another program once dropped as a program
    with an old database does, so that the second time is believed.
    """

    base: tuple[str, ...] | None = None
    ours: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the model saw besides the caption, and who the model was.

    `keywords` are its own words, whatever the vocabulary made of them. `people` is a count, None
    when unknown. `tagged_at` is ISO 8601 in UTC.
    """

    model: str = ""
    model_digest: str = ""
    recipe: str = ""
    language: str = ""
    tagged_at: str = ""
    category: str = ""
    keywords: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    people: int | None = None
    text: tuple[str, ...] = ()
    sensitive: str = ""
    profile: str = ""
    keyword_language: str = ""
    extras: tuple[Extra, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OurRecord:
    """Everything in our own namespace, `http://ns.phototagd.org/1.0/`.

    `caption` and `place` are what we last offered: text in the sidecar that equals them is
    ours, and where they are remembered but no longer there, a person took them out.
    `image_hash` names the photo's content; `embedded_hash` the words inside the photo file
    when the sidecar was last merged with them, empty when they were never read. `made` names
    the properties that were not there before us (see `rules.sidecars.made`), so that an undo
    can take them out whole. A person's caption is never ours, even where it says the same;
    `is_private` is a person's verdict, None where there is none.
    """

    generator: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    image_hash: str = ""
    embedded_hash: str = ""
    caption: str = ""
    keywords: KeywordPast = field(default_factory=KeywordPast)
    place: Place | None = None
    made: tuple[str, ...] = ()
    is_caption_persons: bool = False
    is_private: bool | None = None


@dataclass(frozen=True, slots=True)
class SidecarState:
    """What a sidecar says of the things we write; everything else is none of our business.

    `caption` (dc:description), `image_description` (tiff:ImageDescription) and `alt_text`
    are the `x-default` texts; `is_translated` is True when dc:description holds another
    language. `record` is None where phototagd never wrote.
    """

    lists: KeywordLists = field(default_factory=KeywordLists)
    caption: str | None = None
    is_translated: bool = False
    image_description: str | None = None
    alt_text: str | None = None
    place: Place | None = None
    record: OurRecord | None = None


@dataclass(frozen=True, slots=True)
class SidecarEdit:
    """What a sidecar shall say; None leaves a property exactly as it is.

    An empty text takes the `x-default` text out, an empty list and an empty place the whole
    property. Lists are given in full; a list that already says so is not touched. Without a
    `record` our whole namespace is taken out.
    """

    record: OurRecord | None
    lists: KeywordLists = field(default_factory=KeywordLists)
    caption: str | None = None
    image_description: str | None = None
    alt_text: str | None = None
    place: Place | None = None
