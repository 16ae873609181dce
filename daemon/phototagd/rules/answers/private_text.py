"""Which private things does the text in a photo show, and how surely?

Two thresholds: what proves itself is sensitive; what could be chance is suspect, until the
model sees the same. Only classes, scores and counts come out of here, never what was read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from phototagd.domain.privacy import Finding, PrivacyCheck, Suspicion
from phototagd.domain.tagging import Answer
from phototagd.rules.answers.private_numbers import (
    BANK_CARD,
    ID_DOCUMENT,
    plain_text,
    private_numbers,
)

CREDENTIALS = "credentials"

SENSITIVE = 0.8
SUSPECT = 0.5

# One in forty numbers of sixteen digits passes for a card; one in 30,000 for a resident id.
_BY_CHANCE, _HARDLY, _NEVER = 0.6, 0.9, 0.95
_SHORTEST_SECRET = 4
_ENOUGH_LABELS = 3
_MANY_LABELS = 5

_ON_CARDS = re.compile(
    r"\b(?:VISA|JCB|CVV2?|CVC2?|AMEX|CREDIT|DEBIT|GIROCARD|PLATINUM)\b"
    r"|MASTER ?CARD|MAESTRO|AMERICAN ?EXPRESS|UNION ?PAY|DINERS|CARD ?HOLDER|CARD ?MEMBER"
    r"|(?:VALID|GOOD) ?(?:THRU|UNTIL)|MONTH ?/ ?YEAR|KREDITKARTE|GÜLTIG ?BIS"
    r"|银联|银行|信用卡|借记卡|储蓄卡|有效期"
)
_TITLES = re.compile(
    r"\bPASSPORT\b|\bIDENTITY ?CARD\b|\bID ?CARD\b|DRIVER'?S? ?LICEN[CS]E|DRIVING ?LICEN[CS]E"
    r"|RESIDENCE ?PERMIT|PERSONALAUSWEIS|REISEPASS|FÜHRERSCHEIN|CARTE ?(?:NATIONALE ?)?D'IDENTIT"
    r"|护照|身份证|驾驶证|居住证"
)
_LABELS = (
    re.compile(r"\bSURNAME\b|\bLAST ?NAME\b|\bGIVEN ?NAMES?\b|\bFIRST ?NAME\b|姓名"),
    re.compile(r"\bDATE ?OF ?BIRTH\b|\bBIRTH ?DATE\b|\bDOB\b|GEBURTSDATUM|GEBURTSTAG|出生"),
    re.compile(r"\bNATIONALITY\b|STAATSANGEHÖRIGKEIT|NATIONALITÉ|民族|国籍"),
    re.compile(r"\bPLACE ?OF ?BIRTH\b|GEBURTSORT|出生地"),
    re.compile(r"\bDATE ?OF ?ISSUE\b|\bISSUED\b|AUTHORITY|签发"),
    re.compile(r"\bDATE ?OF ?EXPIRY\b|\bEXPIRES?\b|\bEXP\b|GÜLTIG ?BIS|有效期"),
    re.compile(r"\bSEX\b|GESCHLECHT|性别"),
    re.compile(r"\b(?:PASSPORT|DOCUMENT|LICEN[CS]E|CARD) ?(?:NO|NUMBER)\b|公民身份号码|住址"),
)
_SECRET = re.compile(
    r"(?:PASSWORD|PASSWORT|PASSWD|PASSPHRASE|KENNWORT|\bPWD\b|\bPIN\b|密码|密碼|口令)"
    r"\s*(?:IS\b|IST\b|是)?\s*[:=]\s*(?P<value>\S{4,})?\s*$"
)
_ACCOUNT = re.compile(r"\b(?:USER ?NAME|USER|LOGIN|ACCOUNT|SSID)\b\s*[:=]|用户名|账号")
_KEY = re.compile(r"BEGIN ?(?:[A-Z]+ ?){0,2}PRIVATE ?KEY")
_HIDDEN = re.compile(r"[*•●·.…_x-]+", re.IGNORECASE)

# What a model calls the thing, where it is one.
_SEEN_BY_MODELS = {
    BANK_CARD: re.compile(r"\b(?:cards?|visa|mastercard)\b|银行卡|信用卡|卡片", re.IGNORECASE),
    ID_DOCUMENT: re.compile(
        r"\b(?:passport|id|identity|licen[cs]e|permit|document)\b|护照|身份证|证件", re.IGNORECASE
    ),
    CREDENTIALS: re.compile(
        r"\b(?:passwords?|credentials?|login|wi-?fi|pin)\b|密码|账号", re.IGNORECASE
    ),
}


def findings_in(lines: Sequence[str]) -> tuple[Finding, ...]:
    """What the lines of a picture show, one finding for each class and detector."""
    plain = [plain_text(line) for line in lines]
    return tuple(
        sorted(
            (*_numbers(lines, plain), *_papers(plain), *_secrets(plain)),
            key=lambda finding: (finding.what, finding.detector),
        )
    )


def suspicion_of(check: PrivacyCheck | None) -> Suspicion:
    """How sure the text alone makes it."""
    findings = () if check is None else check.findings
    score = max((finding.score for finding in findings), default=0.0)
    if score >= SENSITIVE:
        return Suspicion.SENSITIVE
    return Suspicion.SUSPECT if score >= SUSPECT else Suspicion.CLEAR


def proven(check: PrivacyCheck | None, answer: Answer) -> Counter[str]:
    """How many things of each class are certain, given what the model says it sees."""
    counts: Counter[str] = Counter()
    for finding in () if check is None else check.findings:
        is_seen = finding.score >= SUSPECT and _is_seen(finding.what, answer)
        if finding.score >= SENSITIVE or is_seen:
            counts[finding.what] = max(counts[finding.what], finding.count)
    return counts


def _numbers(lines: Sequence[str], plain: Sequence[str]) -> Iterator[Finding]:
    counts = Counter(number.what for number in private_numbers(lines))
    is_card_like = any(_ON_CARDS.search(line) for line in plain)
    for what, count in counts.items():
        is_chance = what == BANK_CARD and not is_card_like
        yield Finding(what, "checksum", _BY_CHANCE if is_chance else _NEVER, count)


def _papers(plain: Sequence[str]) -> Iterator[Finding]:
    """Identity papers by what is printed on all of them, where no number proves it."""
    has_title = any(_TITLES.search(line) for line in plain)
    labels = sum(any(label.search(line) for line in plain) for label in _LABELS)
    if has_title and labels >= _ENOUGH_LABELS:
        yield Finding(ID_DOCUMENT, "labels", _HARDLY, 1)
    elif labels >= _MANY_LABELS or (has_title and labels):
        yield Finding(ID_DOCUMENT, "labels", _BY_CHANCE, 1)


def _secrets(plain: Sequence[str]) -> Iterator[Finding]:
    """Passwords that are written out; a form that merely asks for one has no value."""
    if any(_KEY.search(line) for line in plain):
        yield Finding(CREDENTIALS, "key", _NEVER, 1)
    values = list(_values(plain))
    if not values:
        return
    has_account = any(_ACCOUNT.search(line) for line in plain)
    is_sure = has_account or any(_is_mixed(value) for value in values)
    yield Finding(CREDENTIALS, "password", _HARDLY if is_sure else _BY_CHANCE, len(values))


def _values(plain: Sequence[str]) -> Iterator[str]:
    for line, following in pairwise([*plain, ""]):
        found = _SECRET.search(line)
        if found is None:
            continue
        # Below a label that asks for it stands, on a form, the word of a button.
        value = found["value"] or (following if _is_secret_like(following) else "")
        if value and not _HIDDEN.fullmatch(value):
            yield value


def _is_secret_like(line: str) -> bool:
    return len(line) >= _SHORTEST_SECRET and not re.search(r"\s", line) and _is_mixed(line)


def _is_mixed(value: str) -> bool:
    return any(c.isalpha() for c in value) and any(not c.isalpha() for c in value.strip(".,;"))


def _is_seen(what: str, answer: Answer) -> bool:
    words = _SEEN_BY_MODELS.get(what)
    said = (answer.caption, answer.category, *answer.keywords, *answer.objects)
    return words is not None and any(words.search(text) for text in said)
