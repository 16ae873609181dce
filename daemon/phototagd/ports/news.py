"""What changes while somebody looks."""

from collections.abc import Callable
from typing import Protocol

from phototagd.domain.news import News


class Newsstand(Protocol):
    """The latest news, for any number of readers; called from several threads at once.

    Readers remember where they are; here nothing is kept for them, so a slow one costs
    nothing and finds out that it has missed something.
    """

    @property
    def is_closed(self) -> bool:
        """Whether no more will come: the daemon stops."""
        ...

    def since(self, place: str) -> News:
        """What came since a place that an earlier answer named; never fails."""
        ...

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` from any thread when there may be news, until the answer is called."""
        ...
