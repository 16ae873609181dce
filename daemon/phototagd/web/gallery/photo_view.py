"""A photo as its page shows it: what the house knows of it, in the order that people ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from phototagd.domain.gallery import PhotoSheet
from phototagd.domain.job import JobState
from phototagd.rules.sidecars.keyword_merging import key_of

UNFINISHED = frozenset({JobState.QUEUED.value, JobState.RUNNING.value})
MOST_CHANGES = 30


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword or keyword path; `is_suggested` while the model alone has said it."""

    path: str
    is_suggested: bool

    @property
    def leaf(self) -> str:
        """The word itself."""
        return self.path.rpartition("|")[2]

    @property
    def above(self) -> list[str]:
        """The words that it stands under, the topmost first."""
        return self.path.split("|")[:-1]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done about a photo, or could not be: `kind` as in `domain.job`."""

    kind: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One write that changed a sidecar."""

    at: datetime
    cause: str
    model: str
    added: Sequence[str]
    removed: Sequence[str]
    caption: str
    is_caption_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """Everything on a photo's page; `known` and `said` are as `Control.show` tells them."""

    sheet: PhotoSheet
    caption: str
    keywords: Sequence[Keyword]
    rejected: Sequence[str]
    work: Sequence[Work]
    changes: Sequence[Change]
    known: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] | None = None
    people: int | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the page will say something else soon."""
        return any(one.state in UNFINISHED for one in self.work)

    @property
    def dead(self) -> list[Work]:
        """What could not be done."""
        return [one for one in self.work if one.state == JobState.DEAD.value]

    @property
    def coordinates(self) -> str:
        """Where it was taken, as maps understand it: latitude and longitude in degrees."""
        camera = self.known.get("camera") or {}
        latitude, longitude = camera.get("latitude"), camera.get("longitude")
        if latitude is None or longitude is None:
            return ""
        return f"{latitude:.5f}, {longitude:.5f}"

    @property
    def camera(self) -> str:
        """Maker and model, the maker once."""
        names = self.sheet.facts.camera
        if not names:
            return ""
        maker, whole = names[0], names[-1]
        return whole.removeprefix(f"{maker} ") if whole.startswith(f"{maker} {maker}") else whole

    @property
    def lens(self) -> str:
        """The lens, where the camera tells it."""
        return str((self.known.get("camera") or {}).get("lens") or "")

    @property
    def said_at(self) -> datetime | None:
        """When the model answered."""
        return _moment(self.said.get("created_at")) if self.said else None

    @property
    def extras(self) -> list[Mapping[str, Any]]:
        """What the model said in the fields of a profile's own."""
        answer = (self.said or {}).get("answer") or {}
        return [extra for extra in answer.get("extras", ()) if extra["values"]]


def view_of(
    sheet: PhotoSheet,
    known: Mapping[str, Any] | None,
    history: Sequence[Mapping[str, Any]] | None,
) -> PhotoView:
    """The view from what the gallery, `Control.show` and `Control.history` tell of a photo."""
    known = known or {}
    words = known.get("words") or {}
    ours = {key_of(path) for path in words.get("ours") or ()}
    written = words.get("keywords")
    paths = sheet.facts.keywords if written is None else written
    return PhotoView(
        sheet=sheet,
        caption=sheet.tile.caption,
        keywords=[Keyword(path, key_of(path) in ours) for path in paths],
        rejected=list(words.get("rejected") or ()),
        work=[Work(job["kind"], job["state"], job["reason"]) for job in known.get("jobs") or ()],
        changes=[_change(one) for one in (history or ())[:MOST_CHANGES]],
        known=known,
        said=known.get("tagging"),
        people=sheet.facts.people,
    )


def _change(told: Mapping[str, Any]) -> Change:
    return Change(
        at=datetime.fromisoformat(told["at"]),
        cause=told["cause"],
        model=told["model"],
        added=told["added"],
        removed=told["removed"],
        caption=told["caption_after"],
        is_caption_changed=told["caption_before"] != told["caption_after"],
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
