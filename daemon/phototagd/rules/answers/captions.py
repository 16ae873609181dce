# ruff: noqa: RUF001 -- other languages have other punctuation
"""How does a caption read? One line, no filler, whole sentences."""

import re
import unicodedata

LONGEST = 400  # characters

_PICTURE = r"(?:image|photo(?:graph)?|picture|snapshot|shot|scene|frame)"
_VACUOUS = (
    r"(?:beautiful|stunning|captivating|vibrant|colou?r|detailed|digital|given|provided|above)"
)
_SHOWS = (
    r"(?:shows?|depicts?|captures?|features?|displays?|presents?|portrays?|showcases?|"
    r"illustrates?|contains?|is of|of)"
)
_ADVERB = r"(?:clearly |also |mainly |primarily )?"
_SEEN = r"(?:(?:we|you) (?:can )?see\s+|there (?:is|are)\s+)?"
_ZH_THIS = r"[这该此本一]?[张幅副]?"
_ZH_ADVERB = r"(?:主要|清晰地?|生动地?)?"
_ZH_PICTURE = r"(?:图片|照片|图像|相片|影像|画面|图)"
_ZH_SHOWS = r"(?:显示|展示|展现|呈现|描绘|拍摄|捕捉|记录|描述)(?:的是|了|出|着)?"
_ZH_SEEN = r"(?:可以看到|可以看见|可见|我们看到|有)?"
_OPENINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:sure|certainly|okay|ok)[,.!:]?\s+(?=here|the|this|an?\b)",
        r"here(?:'s|’s| is| are)\b[^.:]{0,60}?\b(?:caption|description)\b[^.:]{0,40}:\s*",
        r"(?:short |image |photo )?(?:caption|description)\s*[:：]\s*",
        rf"(?:the|this|an?) (?:{_VACUOUS} )?{_PICTURE} {_ADVERB}{_SHOWS}\s+",
        rf"this is (?:the|an?) (?:{_VACUOUS} )?{_PICTURE} {_SHOWS}\s+",
        rf"in (?:the|this) {_PICTURE}(?:,\s*|\s+(?=we|you|there)){_SEEN}",
        r"(?:das|dieses) (?:bild|foto) zeigt\s+",
        r"(?:l['’]image|cette image|la photo|cette photo) montre\s+",
        r"(?:la|esta) (?:imagen|foto|fotografía) muestra\s+",
        rf"(?:这是)?{_ZH_THIS}{_ZH_PICTURE}[中里上]?[，,]?{_ZH_ADVERB}{_ZH_SHOWS}[，,：:]?\s*",
        rf"{_ZH_THIS}{_ZH_PICTURE}[中里上][，,]?{_ZH_SEEN}[，,：:]?\s*",
    )
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？]")
_QUOTES = {'"': '"', "'": "'", "“": "”", "「": "」", "‘": "’"}
_LEAST_KEPT_SHARE = 0.4


def clean_caption(caption: str, *, longest: int = LONGEST) -> str:
    """One line in NFC without control characters, filler opening or surrounding quotes.

    Longer ones end with the last whole sentence that fits, else with the last whole word and
    an ellipsis. Applying it twice changes nothing.
    """
    text = unicodedata.normalize("NFC", _one_line(caption))
    while (shorter := _without_opening(_without_quotes(text))) != text:
        text = unicodedata.normalize("NFC", shorter)
    return _shortened(text, longest)


def _one_line(text: str) -> str:
    printable = (
        c if unicodedata.category(c)[0] != "C" or c in "\u200c\u200d" else " " for c in text
    )
    return " ".join("".join(printable).split())


def _without_quotes(text: str) -> str:
    inner = text[1:-1]
    close = _QUOTES.get(text[:1])
    if close and len(text) > 1 and text.endswith(close) and close not in inner:
        return inner.strip()
    return text


def _without_opening(text: str) -> str:
    for opening in _OPENINGS:
        match = opening.match(text)
        if match:
            rest = text[match.end() :].strip()
            return rest[:1].upper() + rest[1:]
    return text


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, longest)]
    if ends and ends[-1] >= longest * _LEAST_KEPT_SHARE:
        return text[: ends[-1]]
    head = text[: longest - 1]
    cut = head.rfind(" ")
    if cut >= longest * _LEAST_KEPT_SHARE:
        head = head[:cut]
    return head.rstrip(" ,;:，；：、") + "…"
