"""The vocabulary: where it is kept, and what people can do with it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from phototagd.domain.asset import PathId
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import (
    Entry,
    Order,
    PastOrder,
    Suggestion,
    Tended,
    Term,
    TermChange,
    VocabularyState,
    WordUse,
)


class VocabularyStore(Protocol):
    """Terms, and which photos have which of the model's words.

    Every method is one transaction; what it changed is on disk when it returns. Raises
    Unavailable when the store cannot be read or written.
    """

    def state(self) -> VocabularyState:
        """Where the vocabulary stands."""
        ...

    def terms(self) -> list[Term]:
        """All terms, oldest first."""
        ...

    def change(
        self, change: TermChange, words: Collection[str], now: datetime, *, order: str = ""
    ) -> None:
        """Change terms; photos with these words of the model are to be written anew.

        With `order`, the description of what a person asked for, it can be taken back.
        """
        ...

    def last_order(self) -> PastOrder | None:
        """The newest order that was not taken back."""
        ...

    def take_back(self, order: PastOrder, words: Collection[str], now: datetime) -> None:
        """Reverse an order; photos with these words are to be written anew."""
        ...

    def words(self) -> list[WordUse]:
        """All words of the model that photos have, the most used first."""
        ...

    def words_in(self, sight: Sight) -> list[WordUse]:
        """All words of the model that photos in sight have, counted on these alone."""
        ...

    def words_beyond(self, sight: Sight) -> frozenset[str]:
        """The words that stand on photos beyond the sight, and on none within."""
        ...

    def news(self, limit: int) -> list[WordUse]:
        """Words that more photos have than when they were last looked at."""
        ...

    def family(self, keys: Collection[str]) -> list[WordUse]:
        """All words with these keys."""
        ...

    def looked_at(self, uses: Sequence[WordUse]) -> None:
        """These counts are no news any more; a count that grew meanwhile is."""
        ...

    def photos_with(
        self, words: Collection[str], examples: int, sight: Sight
    ) -> tuple[int, list[bytes]]:
        """How many photos in sight have one of the words, and the paths of some."""
        ...

    def is_answered_for(self, photos: int) -> bool:
        """Whether at least so many answers are stored."""
        ...

    def grow_up(self, words: Collection[str]) -> None:
        """Remember that the vocabulary is grown; photos with these words are written anew."""
        ...

    def adopt_policy(self, policy: str) -> None:
        """Remember the settings in force; when others were before, write all photos anew."""
        ...

    def unlearnt(self, limit: int) -> dict[PathId, Mapping[str, object]]:
        """What some sidecars say that nobody has learnt from, as in `SidecarRecord.words`."""
        ...

    def learnt(self, paths: Collection[PathId]) -> None:
        """These sidecars have been learnt from."""
        ...

    def enqueue_rewording(self, limit: int, now: datetime) -> int:
        """Queue the writing of some photos that are to be written anew; how many photos."""
        ...

    def has_work(self) -> bool:
        """Whether news, sidecars to learn from, or photos to be written anew wait."""
        ...


class VocabularyFile(Protocol):
    """The copy of the vocabulary that people and a rebuild can read."""

    def read(self) -> str | None:
        """Its text, None where there is none; raises Unavailable when it cannot be read."""
        ...

    def stamp(self) -> object:
        """Equal as long as nobody writes it; None where there is none; raises Unavailable."""
        ...

    def write(self, text: str) -> None:
        """Replace it in one step; raises Unavailable when the disk does not take it."""
        ...


class VocabularyControl(Protocol):
    """What a person can ask of the vocabulary. Raises ConfigError for a senseless order.

    Nothing is told of photos beyond the person's sight: neither counts nor words.
    """

    def entries(self, sight: Sight) -> list[Entry]:
        """All terms, and the words of the model that are none, the most used first."""
        ...

    def tend(self, order: Order, *, is_dry: bool, sight: Sight) -> Tended:
        """Carry out an order, or say what it would change."""
        ...

    def undo(self, *, is_dry: bool, sight: Sight) -> Tended | None:
        """Take back the last order, or say what that would change; None without one."""
        ...

    def suggestions(self, sight: Sight) -> list[Suggestion]:
        """Words that look like one, the most used first."""
        ...

    def export(self, form: str, sight: Sight) -> str:
        """The vocabulary as a file, in a form of `rules.vocabulary.keyword_lists`."""
        ...
