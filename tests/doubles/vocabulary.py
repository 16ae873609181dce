"""A vocabulary without a store: keeps the VocabularyControl contract in memory."""

from typing import TYPE_CHECKING

from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Entry, Order, Suggestion, Tended, TermOrigin

if TYPE_CHECKING:
    from phototagd.domain.errors import PhototagdError


class FakeVocabulary:
    """Answers from its attributes, remembers what it was told, raises `error` if it has one."""

    def __init__(self) -> None:
        self.listed = [
            Entry(
                word="Dog",
                path="Animals|Dog",
                photos=12,
                state="kept",
                origin=TermOrigin.PERSON,
                synonyms=("hound",),
                translations=("狗",),
            ),
            Entry(word="yurt", path="", photos=1, state="waiting", origin=TermOrigin.ANSWERS),
        ]
        self.plan = Tended(
            description="merge yurt into tent",
            terms=1,
            photos=7,
            examples=(b"/p/a.jpg", b"/p/\xff.jpg"),
        )
        self.last: Tended | None = self.plan
        self.near = [Suggestion(words=("dogg", "it's"), target="Dog", reason="spelling", photos=2)]
        self.text = "Dog = 狗\n"
        self.error: PhototagdError | None = None
        self.told: list[tuple[object, ...]] = []

    def entries(self, sight: Sight) -> list[Entry]:
        self._tell("entries", sight)
        return self.listed

    def tend(self, order: Order, *, is_dry: bool, sight: Sight) -> Tended:
        self._tell("tend", order, is_dry, sight)
        return self.plan

    def undo(self, *, is_dry: bool, sight: Sight) -> Tended | None:
        self._tell("undo", is_dry, sight)
        return self.last

    def suggestions(self, sight: Sight) -> list[Suggestion]:
        self._tell("suggestions", sight)
        return self.near

    def export(self, form: str, sight: Sight) -> str:
        self._tell("export", form, sight)
        return self.text

    def _tell(self, *what: object) -> None:
        self.told.append(what)
        if self.error:
            raise self.error
