"""What did a person choose about the answers?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from phototagd.domain.profile import Profile, ProfileField

SHORT_CHARACTERS = 320
DETAILED_CHARACTERS = 900


class CaptionKind(StrEnum):
    """How much a caption says."""

    SHORT = "short"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A profile, and what a person chose about its answers.

    `language` is that of captions, `keyword_language` the canonical one of keywords (the same
    when empty); each a BCP 47 tag or a plain name. With `is_bilingual` each keyword comes with
    its translation into `language`. `caption_characters` 0 takes what is usual for the kind.
    `ask_also` names optional fields of the profile; `options` override how the model decodes.
    `only_words` are the only keywords that an answer may have, when there are any.
    """

    profile: Profile
    language: str = "en"
    keyword_language: str = ""
    is_bilingual: bool = False
    caption: CaptionKind = CaptionKind.SHORT
    caption_characters: int = 0
    ask_also: frozenset[str] = frozenset()
    max_keywords: int = 15
    only_words: tuple[str, ...] = ()
    image_long_side: int = 1024
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def words_language(self) -> str:
        """The language of keywords."""
        return self.keyword_language or self.language

    @property
    def wants_pairs(self) -> bool:
        """Whether each keyword comes with its translation."""
        return self.is_bilingual and self.words_language != self.language

    @property
    def limits_words(self) -> bool:
        """Whether keywords can be these alone; pairs cannot: their translations are unknown."""
        return bool(self.only_words) and not self.wants_pairs

    @property
    def longest_caption(self) -> int:
        """Characters of the longest caption."""
        usual = DETAILED_CHARACTERS if self.is_detailed else SHORT_CHARACTERS
        return self.caption_characters or usual

    @property
    def is_detailed(self) -> bool:
        """Whether captions say everything."""
        return self.caption is CaptionKind.DETAILED

    @property
    def fields(self) -> tuple[ProfileField, ...]:
        """The fields that are asked about."""
        return tuple(
            one for one in self.profile.fields if not one.is_optional or one.name in self.ask_also
        )
