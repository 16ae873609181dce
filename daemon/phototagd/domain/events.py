"""What happened, as values: one event feeds the log, the metrics and the live view.

`name` is the stable word to grep for; `level` is the standard logging level name. Fields that
a listener does not know are simply logged. Paths are bytes; listeners decide how to show them.
"""

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a photo, a library or the world."""

    name: ClassVar[str]
    level: ClassVar[str] = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFound(Event):
    """A stable photo was taken in: the promise to tag it is on disk.

    `how` says what brought it: "new", "copy", "moved", "changed" or "metadata".
    """

    name: ClassVar[str] = "photo.found"
    path: bytes
    asset: int
    kind: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRefused(Event):
    """A file named like a photo cannot be one, or cannot be read yet."""

    name: ClassVar[str] = "photo.refused"
    level: ClassVar[str] = "warning"
    path: bytes
    reason: str
    is_final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAsked(Event):
    """A photo was sent to the model."""

    name: ClassVar[str] = "photo.asked"
    level: ClassVar[str] = "debug"
    asset: int
    job: int
    attempt: int
    endpoint: str
    waited_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """A person's own question about a photo was answered; neither is told or stored."""

    name: ClassVar[str] = "question.answered"
    endpoint: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTagged(Event):
    """The model's answer is recorded."""

    name: ClassVar[str] = "photo.tagged"
    asset: int
    job: int
    attempt: int
    path: bytes
    model: str
    seconds: float
    tokens: int
    tokens_per_second: float
    keywords: int
    salvage: str = ""
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoChecked(Event):
    """The text in a photo was read for private things, before the model sees it.

    `suspicion` is "clear", "suspect" or "sensitive"; `found` are classes, never what was read.
    """

    name: ClassVar[str] = "photo.checked"
    level: ClassVar[str] = "debug"
    asset: int
    path: bytes
    suspicion: str
    found: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoUnchecked(Event):
    """The text in a photo could not be read; the model's own view of it has to do."""

    name: ClassVar[str] = "photo.unchecked"
    level: ClassVar[str] = "warning"
    asset: int
    path: bytes
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAdopted(Event):
    """Its sidecar or the other half of its pair had the answer: the model was not asked."""

    name: ClassVar[str] = "photo.adopted"
    asset: int
    job: int
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarWritten(Event):
    """A sidecar holds the words now, or ours no more; `changed` is False when it already did.

    `cause` is why it was changed: "tagged", "edited", "merged" or "undone".
    """

    name: ClassVar[str] = "sidecar.written"
    path: bytes
    asset: int
    job: int
    changed: bool
    cause: str = ""
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsEmbedded(Event):
    """The packet inside a photo was changed; `cause` as in `SidecarWritten`."""

    name: ClassVar[str] = "words.embedded"
    path: bytes
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingRefused(Event):
    """Words were not put into a photo; its sidecar has them."""

    name: ClassVar[str] = "words.refused"
    path: bytes
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidecarFollowed(Event):
    """A sidecar left behind by a move was brought to where its photo is now."""

    name: ClassVar[str] = "sidecar.followed"
    path: bytes
    source: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnded(Event):
    """A job ended otherwise than well.

    `outcome` is "retry", "snooze", "cancelled" or "dead".
    """

    name: ClassVar[str] = "job.ended"
    level: ClassVar[str] = "warning"
    job: int
    kind: str
    asset: int
    path: bytes
    attempt: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLost(Event):
    """The model server, or its model, cannot be used; photos wait, nothing is charged."""

    name: ClassVar[str] = "engine.lost"
    level: ClassVar[str] = "warning"
    endpoint: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineBack(Event):
    """The model server works (again)."""

    name: ClassVar[str] = "engine.ready"
    endpoint: str
    model: str
    version: str
    digest: str
    away_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineShared(Event):
    """The model server is left to others, or ours again; `reason` is empty then."""

    name: ClassVar[str] = "engine.shared"
    endpoint: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUnloaded(Event):
    """Nobody needed the model for a while: its memory is free for others."""

    name: ClassVar[str] = "model.unloaded"
    endpoint: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpilled(Event):
    """The model does not fit on the GPU: a part runs on the CPU, much slower."""

    name: ClassVar[str] = "model.spilled"
    level: ClassVar[str] = "warning"
    endpoint: str
    total_bytes: int
    gpu_bytes: int
    remedy: str = "free graphics memory, or take a smaller model"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSlowed(Event):
    """Photos take much longer than they did with the same model and recipe."""

    name: ClassVar[str] = "model.slowed"
    level: ClassVar[str] = "warning"
    endpoint: str
    seconds: float
    usual_seconds: float
    remedy: str = "see what else uses the machine: graphics memory, heat, another program"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderChanged(Event):
    """The embedding model cannot be used, or works again; `reason` is empty then.

    Photos are found by their words meanwhile.
    """

    name: ClassVar[str] = "embedder.changed"
    endpoint: str
    model: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMoved(Event):
    """Photos may be asked about again, or not for now; `reason` is empty when they may."""

    name: ClassVar[str] = "gate.moved"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryChanged(Event):
    """A library came online, went offline, or is watched in another way; `why` explains it."""

    name: ClassVar[str] = "library.changed"
    root: bytes
    state: str
    watch: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFinished(Event):
    """A library was compared with the store."""

    name: ClassVar[str] = "scan.finished"
    level: ClassVar[str] = "debug"
    root: bytes
    kind: str
    seconds: float
    folders: int
    files: int
    appeared: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotosGone(Event):
    """Many photos went at once from a library that is healthy; their waiting jobs are cancelled."""

    name: ClassVar[str] = "photos.gone"
    level: ClassVar[str] = "warning"
    root: bytes
    count: int
    remedy: str = "if nobody meant to, put them back: words are kept, sidecars were not touched"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotosMissing(Event):
    """Too much of a library is missing at once: it is not believed before a person says so.

    `known` counts the photos the library held. It ends by itself when the photos are back.
    """

    name: ClassVar[str] = "photos.missing"
    level: ClassVar[str] = "warning"
    root: bytes
    count: int
    known: int
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HintsLost(Event):
    """Change notifications were lost; a full scan repairs it."""

    name: ClassVar[str] = "hints.lost"
    level: ClassVar[str] = "warning"
    root: bytes
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyChanged(Event):
    """Words were born, learnt from people, or changed by order; `names` are some of them."""

    name: ClassVar[str] = "vocabulary.changed"
    order: str
    put: int
    dropped: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade(Event):
    """A copy of the store is on the disk."""

    name: ClassVar[str] = "backup.made"
    path: bytes
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInspected(Event):
    """The whole store was read, as once a week; `complaints` counts what is wrong."""

    name: ClassVar[str] = "store.inspected"
    seconds: float
    complaints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSlow(Event):
    """The disk of the state folder takes long to promise anything; `seconds` is the median."""

    name: ClassVar[str] = "store.slow"
    level: ClassVar[str] = "warning"
    seconds: float
    limit_seconds: float
    remedy: str = "put state_dir on a faster disk, or see what else writes to this one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble(Event):
    """Something of the daemon's own needs attention; it goes on."""

    name: ClassVar[str] = "trouble"
    level: ClassVar[str] = "error"
    what: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingDoubted(Event):
    """A setting is allowed, but may not have been meant."""

    name: ClassVar[str] = "setting.doubted"
    level: ClassVar[str] = "warning"
    key: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonChanged(Event):
    """The daemon started, is ready, pauses, resumes, reloads or stops."""

    name: ClassVar[str] = "daemon.state"
    state: str
    detail: dict[str, object] = field(default_factory=dict)
