# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Is a well-formed answer nonsense all the same?

Small models loop, copy the example or the names of the fields, and refuse. Each of these
gives a reason in words; the empty reason means that the answer makes sense.
"""

import re
from collections import Counter
from collections.abc import Sequence

from phototagd.domain.profile import KNOWN_FIELDS, Profile
from phototagd.rules.answers.choices import SENSITIVE
from phototagd.rules.answers.keywords import fold
from phototagd.rules.answers.wording import USER

_FIELDS = frozenset({"caption", "keywords", "sensitive", *KNOWN_FIELDS})
_LOOP = re.compile(r"(\w.{0,39}?)(?:[\s,;.、，。]*\1){3,}", re.DOTALL)
_LONGEST_JUDGED = 4000
_SHORTEST_LOOP = 12  # "ha ha ha ha" on a sign is none
_SHORTEST_LOOP_OF_DIGITS = 40  # 4111 1111 1111 1111 is a card, and for others to judge
_LONG_CAPTION_WORDS = 20
_LEAST_DISTINCT_WORDS = 0.35
_LEAST_JUDGED_KEYWORDS = 6

_TEMPLATE = re.compile(
    r"^(?:<.*>|\[.*\]|\{.*\}|\.{3,}|string|n/?a|none|null|"
    r"(?:short |full |your )?(?:caption|description)(?: here| text)?[:.]?|"
    r"one or two (?:short, concrete )?sentences\b.*)$",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"^(?:i['’]?m sorry|i am sorry|sorry,|i can(?:not|['’]t| not) |as an ai\b|i['’]?m unable|"
    r"i am unable|i['’]?m not able|抱歉|对不起|很抱歉|我无法|作为(?:一个)?(?:ai|人工智能))",
    re.IGNORECASE,
)


def nonsense_in_caption(caption: str, profile: Profile) -> str:
    """Why a caption cannot be meant, empty when it can."""
    text = caption.strip()
    if not text or not any(c.isalpha() for c in text):
        return "the caption is empty"
    if _REFUSAL.match(text):
        return "the model refused to describe the photo"
    if _TEMPLATE.match(text) or fold(text.rstrip(".")) in _FIELDS | {fold(USER.rstrip("."))}:
        return "the caption repeats the form instead of filling it in"
    if any(fold(text) == fold(str(one["caption"])) for one in profile.examples.values()):
        return "the caption is the example's"
    return "the caption repeats itself" if repeats_itself(text) else ""


def nonsense_in_keywords(words: Sequence[str], profile: Profile) -> str:
    """Why a list of keywords cannot be meant, empty when it can."""
    folded = [fold(word.strip()) for word in words]
    if any(folded == _folded(example["keywords"]) for example in profile.examples.values()):
        return "the keywords are the example's"
    if len(folded) >= _LEAST_JUDGED_KEYWORDS and 2 * len(set(folded)) < len(folded):
        return "the keywords repeat themselves"
    return ""


def is_echo(word: str, profile: Profile) -> bool:
    """Whether a keyword is a word of the form: a field or a class of ours, not of the photo."""
    folded = fold(word.strip()).replace(" ", "_")
    if any(folded == field.name for field in profile.fields):
        return True
    return folded in _FIELDS or (folded in SENSITIVE and folded not in {"nudity", "medical"})


def repeats_itself(text: str) -> bool:
    """Whether a text runs in circles: a phrase four times in a row, or few distinct words."""
    text = text[:_LONGEST_JUDGED]
    if any(_is_long(loop) for loop in _LOOP.finditer(text)):
        return True
    words = Counter(fold(word) for word in text.split())
    return words.total() >= _LONG_CAPTION_WORDS and (
        len(words) / words.total() < _LEAST_DISTINCT_WORDS
    )


def _is_long(loop: re.Match[str]) -> bool:
    has_letters = any(c.isalpha() for c in loop.group())
    return len(loop.group()) >= (_SHORTEST_LOOP if has_letters else _SHORTEST_LOOP_OF_DIGITS)


def _folded(keywords: object) -> Sequence[str]:
    return [fold(str(word)) for word in keywords] if isinstance(keywords, list) else []
