"""What does a line about an order say, so that it can be said in another language?

Orders are remembered, and refusals told, as lines for logs, in one language.
"""

import re
from dataclasses import dataclass

_ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<verb>merge) (?P<words>.*) into (?P<target>.*)",
        r"(?P<verb>rename) (?P<words>.*) to (?P<target>.*)",
        r"(?P<verb>move) (?P<words>.*) to the top(?P<target>)",
        r"(?P<verb>move|add) (?P<words>.*) below (?P<target>.*)",
        r"(?P<verb>add|block) (?P<words>.*)(?P<target>)",
        r"(?P<verb>import) ?(?P<words>.*)(?P<target>)",
    )
)
_REFUSALS = (
    ("unknown", "is not in the vocabulary"),
    ("same", "are one word already"),
    ("rename", "rename takes one word"),
    ("taken", "is in the vocabulary: merge"),
    ("below_itself", "cannot go below itself"),
    ("empty_list", "the list holds no words"),
    ("no_words", "which word?"),
    ("no_target", "into what?"),
    ("no_word", "is no word"),
    ("no_verb", "choose what to do"),
)
REFUSALS = (*(kind for kind, _ in _REFUSALS), "other")
"""Why an order can be refused."""


@dataclass(frozen=True, slots=True)
class Retold:
    """The parts of a line that `tending.described` made; `verb` is empty for any other line."""

    verb: str
    words: str
    target: str = ""


def retold(description: str) -> Retold:
    """An order from its description."""
    for pattern in _ORDERS:
        if match := pattern.fullmatch(description.removeprefix("undo ")):
            return Retold(match["verb"], match["words"], match["target"])
    return Retold("", description)


def refusal_of(reason: str) -> str:
    """Which of `REFUSALS` the reason of a ConfigError is."""
    return next((kind for kind, part in _REFUSALS if part in reason), "other")
