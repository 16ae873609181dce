"""What persons change in sidecars and take back, and what is remembered of every change."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from phototagd.domain.asset import PathId


class ChangeCause(StrEnum):
    """Why a sidecar was written."""

    TAGGED = "tagged"  # a model's answer came in
    EDITED = "edited"  # a person changed words through phototagd
    MERGED = "merged"  # another program's change was brought into all lists, or a place filled
    UNDONE = "undone"  # a person took our words out


@dataclass(frozen=True, slots=True)
class PersonsEdit:
    """What a person wants of a photo's words; None and empty leave things as they are.

    `add` and `remove` are keywords or keyword paths (`A|B|leaf`); a word to remove goes under
    whatever parent. An empty `caption` takes the caption out. `is_private` is the person's
    verdict, which no model and no rule overrules.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    caption: str | None = None
    is_private: bool | None = None

    @property
    def has_words(self) -> bool:
        """Whether it changes keywords or caption."""
        return bool(self.add or self.remove or self.caption is not None)


@dataclass(frozen=True, slots=True)
class Orders:
    """What persons ordered for a path: edits that are still to be written, and undo.

    `last_edit` is the number of the newest of the pending edits, 0 without one. While
    `is_withheld`, nothing of ours may stand in the sidecar. `edit.is_private` is the verdict
    on the photo whether it is new or not. `rejected` are the words that a person had taken
    out before the undo: they stay out when there are words again.
    """

    edit: PersonsEdit = field(default_factory=PersonsEdit)
    last_edit: int = 0
    is_withheld: bool = False
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A sidecar as it was before we first touched it; `content` is None where there was none.

    `digest`, `previous` and `written` are SHA-256 in hex: of the content, and of the file
    before and after our last write. A file that is none of them was written by others.
    `is_mixed` is set once others, or a person through us, have changed what we wrote: then
    the content alone does not say any more what to go back to.
    """

    content: bytes | None
    digest: str = ""
    previous: str = ""
    written: str = ""
    is_mixed: bool = False

    def is_untouched(self, digest: str) -> bool:
        """Whether a file of this digest was last written by us, or is the original."""
        return bool(digest) and digest in (self.digest, self.previous, self.written)


@dataclass(frozen=True, slots=True)
class SidecarChange:
    """One write that changed a sidecar; digests are empty where there is no file."""

    path: PathId
    name: bytes
    at: datetime
    cause: ChangeCause
    model: str = ""
    recipe: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    caption_before: str = ""
    caption_after: str = ""
    digest_before: str = ""
    digest_after: str = ""


@dataclass(frozen=True, slots=True)
class UndoOrder:
    """Which photos to take our words away from: all that fit everything that is said.

    `files` are absolute paths. `since` is when we last wrote, `model` and `recipe` (or its
    beginning) are what the sidecar names, `library` is a root.
    """

    files: tuple[bytes, ...] = ()
    since: datetime | None = None
    model: str = ""
    recipe: str = ""
    library: bytes = b""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: that must not mean everything."""
        return self == UndoOrder()


@dataclass(frozen=True, slots=True)
class SidecarPlan:
    """What the next write does to one sidecar; `action` is none, create, replace, restore, remove.

    `restore` puts the very bytes back that we found.
    """

    path: bytes
    action: str
    cause: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    caption_before: str = ""
    caption_after: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """What an order does to the sidecars of one photo; `reason` where it does nothing."""

    path: bytes
    reason: str = ""
    sidecars: tuple[SidecarPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """What became of an order: how many photos it is for, and the plan of the first of them.

    `is_done` is False for a dry run. What was ordered is on disk, and written soon.
    """

    count: int
    is_done: bool
    plans: tuple[PhotoPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A photo's sidecar as it stands, beside what the model said and the next write does.

    `said` are the words offered now; `missing` those of them that do not stand in the
    sidecar, `beyond` the keywords there that the model did not say, `rejected` what a person
    took out.
    """

    plan: PhotoPlan
    model: str = ""
    said: tuple[str, ...] = ()
    caption: str = ""
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    is_withheld: bool = False
