"""What must not be stored of a photo that shows something private?

Class and count stay, the words go: before anything is written anywhere, and from the raw
reply too. Three witnesses, each enough alone: checksums over everything said, the class that
the model gave, and the text in the picture where it was read. A person overrules them all.
Deliberately one-sided: a caption lost is asked for again, a number leaked into a sidecar is
copied by every program after us.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace

from phototagd.domain.privacy import Privacy
from phototagd.domain.tagging import Answer, Redaction
from phototagd.rules.answers.choices import NOT_SENSITIVE
from phototagd.rules.answers.keywords import fold
from phototagd.rules.answers.private_numbers import (
    BANK_ACCOUNT,
    BANK_CARD,
    ID_DOCUMENT,
    PrivateNumber,
    private_numbers,
)
from phototagd.rules.answers.private_text import CREDENTIALS, proven
from phototagd.rules.text.language import language_of

# Naked people do not make the words on a wall private; every other class does: beside the
# number stand a name, an address, a date of birth.
_TEXT_STAYS = frozenset({NOT_SENSITIVE, "nudity"})
_MOST_TELLING_FIRST = (ID_DOCUMENT, BANK_CARD, BANK_ACCOUNT, CREDENTIALS)

VERDICT = "verdict"
"""The class of what is private because a person says so."""

_UNKNOWN = Privacy()

_GENERIC = {
    "en": {
        BANK_ACCOUNT: "A document with bank account details.",
        BANK_CARD: "A payment card.",
        CREDENTIALS: "A note or screen with access credentials.",
        ID_DOCUMENT: "An identity document.",
        "medical": "A medical document.",
        "nudity": "A private photo.",
        "private_message": "A private message.",
    },
    "zh": {
        BANK_ACCOUNT: "含有银行账户信息的文件。",
        BANK_CARD: "一张银行卡。",
        CREDENTIALS: "含有登录凭据的便条或屏幕。",
        ID_DOCUMENT: "一份身份证件。",
        "medical": "一份医疗文件。",
        "nudity": "一张私密照片。",
        "private_message": "一条私人信息。",
    },
}
_MOST_GENERIC = {"en": "A private photo.", "zh": "一张私密照片。"}

# Words that may stay although the document says them too: they name its kind, not its owner.
_KINDS_OF_DOCUMENT = frozenset(
    {
        "account", "bank", "card", "certificate", "chat", "credit", "debit", "document", "driving",
        "email", "form", "id", "identity", "letter", "licence", "license", "medical", "message",
        "note", "paper", "passport", "password", "payment", "plastic", "prescription",
        "receipt", "report", "screen", "screenshot", "statement", "visa",
        "护照", "身份证", "银行卡", "证件", "文件", "信件", "处方", "病历", "密码", "聊天", "截图",
    }
)  # fmt: skip
_WORD = re.compile(r"\w+")
_NAME_IN_SENTENCE = re.compile(r"(?<=[\w,] )[^\W\d_a-z]\w+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_JSON_MARKS = re.compile(r"[\"\[\]{}\r\n]+")


def redact(
    answer: Answer, raw: str, *, language: str, privacy: Privacy = _UNKNOWN
) -> tuple[Answer, str, tuple[Redaction, ...]]:
    """The answer and the raw reply as they may be stored, and what was taken out.

    Without anything private all is returned as it came, and where a person says that nothing
    is. Else the caption becomes a generic one in `language` (English where we have none),
    text and telling keywords go, and the raw reply is the redacted answer written anew; where
    a person calls the photo private, so do all keywords. Applying it twice changes nothing.
    """
    seen = _seen(answer, raw, privacy)
    if not seen or privacy.verdict is False:
        return answer, raw, ()
    redacted = _redacted(answer, seen, language)
    redactions = tuple(Redaction(what, count) for what, count in sorted(seen.items()))
    return redacted, _written_anew(redacted), redactions


def _seen(answer: Answer, raw: str, privacy: Privacy) -> Counter[str]:
    """How many private things of each class; the highest count of a class is right."""
    seen = Counter(number.what for number in _numbers_in(answer, raw))
    seen |= proven(privacy.check, answer)
    if answer.sensitive != NOT_SENSITIVE:
        seen |= Counter({answer.sensitive: 1})
    if privacy.verdict:
        seen |= Counter({VERDICT: 1})
    return seen


def _numbers_in(answer: Answer, raw: str) -> frozenset[PrivateNumber]:
    """Everything is searched: models put a number into keywords, or into their thoughts."""
    return frozenset().union(
        private_numbers(answer.text),
        private_numbers([answer.caption]),
        private_numbers(answer.keywords),
        private_numbers(answer.objects),
        private_numbers([value for extra in answer.extras for value in extra.values]),
        private_numbers(_strings_of(raw)),
    )


def _strings_of(raw: str) -> list[str]:
    """The strings of a JSON text in order, roughly; works on a broken one, too."""
    unescaped = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\n", raw)
    pieces = (piece.strip(" \t,:") for piece in _JSON_MARKS.split(unescaped))
    return [piece for piece in pieces if piece]


def _redacted(answer: Answer, seen: Counter[str], language: str) -> Answer:
    what = answer.sensitive
    if what in _TEXT_STAYS:
        others = sorted(seen.keys() - {VERDICT, what})
        what = next((w for w in (*_MOST_TELLING_FIRST, *others) if w in seen), what)
    changed = replace(answer, caption=_generic_caption(what, language), sensitive=what)
    if VERDICT in seen:  # what makes it private is not known, so no word may stay
        return _wordless(changed)
    if what in _TEXT_STAYS:
        return changed
    telling = _words_of((*answer.text, *_NAME_IN_SENTENCE.findall(answer.caption)))
    return replace(
        changed,
        keywords=tuple(word for word in answer.keywords if not _tells(word, telling)),
        objects=tuple(word for word in answer.objects if not _tells(word, telling)),
        text=(),
        extras=(),
        translations=tuple(
            pair for pair in answer.translations if not any(_tells(w, telling) for w in pair)
        ),
    )


def _wordless(answer: Answer) -> Answer:
    return replace(answer, keywords=(), objects=(), mood=(), text=(), extras=(), translations=())


def _generic_caption(what: str, language: str) -> str:
    code = language_of(language).code
    code = code if code in _GENERIC else "en"
    return _GENERIC[code].get(what, _MOST_GENERIC[code])


def _words_of(lines: Iterable[str]) -> frozenset[str]:
    words = (word for line in lines for word in _WORD.findall(fold(line)))
    return frozenset(words) - _KINDS_OF_DOCUMENT


def _tells(keyword: str, telling: frozenset[str]) -> bool:
    """Whether a keyword has a digit, or says what stood in the document."""
    words = _WORD.findall(fold(keyword))
    return any(c.isdigit() for c in keyword) or not telling.isdisjoint(words)


def _written_anew(answer: Answer) -> str:
    return json.dumps(asdict(answer), ensure_ascii=False, sort_keys=True)
