"""What a model said about an asset, and exactly how it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from phototagd.domain.asset import AssetId
from phototagd.domain.profile import DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides an answer besides the photo, versioned by its key.

    `key` is a digest of all other fields; two equal keys give interchangeable taggings.
    `language` is that of captions; `keyword_language` that of keywords, the same when empty.
    """

    key: str
    model: str
    model_digest: str
    system: str
    user: str
    schema: str
    options: str
    image_long_side: int
    language: str
    keyword_language: str = ""
    profile: str = DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class Question:
    """One request to the model: constant words, the picture, and how to decode.

    `schema` and `options` are JSON-ready mappings; `image` is a JPEG.
    """

    system: str
    user: str
    schema: Mapping[str, object]
    options: Mapping[str, object]
    image: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came, finished with `stop`; durations in seconds, counts in tokens."""

    content: str
    thinking: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    load_seconds: float = 0.0
    prompt_seconds: float = 0.0
    answer_seconds: float = 0.0
    total_seconds: float = 0.0

    @property
    def tokens_per_second(self) -> float:
        """The speed of writing the answer; 0 when the server did not say."""
        return self.answer_tokens / self.answer_seconds if self.answer_seconds else 0.0


@dataclass(frozen=True, slots=True)
class Extra:
    """What the model said about a field of a profile's own.

    `scores` are from 0 to 1, one for each value; empty where the field has none.
    """

    name: str
    values: tuple[str, ...]
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model saw, parsed, normalised and free of private things.

    `keywords` are ranked, most important first. `people` is a count, -1 when unknown.
    `sensitive` is a class from `rules.privacy`, "none" for most photos. `translations` pairs
    keywords with the same word in the language of the caption, where both were asked for.
    """

    caption: str
    category: str
    keywords: tuple[str, ...]
    mood: tuple[str, ...]
    objects: tuple[str, ...]
    people: int
    sensitive: str
    text: tuple[str, ...]
    extras: tuple[Extra, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """A class of private thing that was seen and taken out, and how often."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """Everything the model said about an asset, with its provenance.

    `raw` is the reply after redaction. `salvage` names the repair that was needed, if any.
    """

    asset: AssetId
    recipe: Recipe
    answer: Answer
    raw: str
    created_at: datetime
    seconds: float = 0.0
    tokens_per_second: float = 0.0
    salvage: str = ""
    redactions: tuple[Redaction, ...] = field(default=())

    @property
    def is_private(self) -> bool:
        """Whether a private thing was seen in the photo."""
        return bool(self.redactions)
