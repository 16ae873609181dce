"""Which words of an answer are offered to a sidecar, decided anew at every write."""

from dataclasses import dataclass
from typing import Protocol

from phototagd.flow.writing.sheet import Evidence


@dataclass(frozen=True, slots=True)
class Words:
    """What is offered: keyword paths, most important first, and a caption.

    A caption of None is the answer's own. `said` pairs words of the answer that are not
    written with the word that stands for them, empty where none does.
    """

    keywords: tuple[str, ...] = ()
    caption: str | None = None
    said: tuple[tuple[str, str], ...] = ()


class Wording(Protocol):
    """Turns what is known of a photo into the words to offer; the model is not asked."""

    def words(self, evidence: Evidence) -> Words:
        """The words to offer; they are not used while there is no tagging."""
        ...
