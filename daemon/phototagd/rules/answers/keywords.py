# ruff: noqa: RUF001, SIM905 -- other languages have other punctuation; word lists read best as text
"""Which words become keywords, and how are they spelt?

Lower case throughout, but for a few acronyms and for German, where a noun has its capital:
models capitalise by mood, and a library with "Sunset", "sunset" and "SUNSET" is what people
complain of. Compatibility forms are folded (NFKC), so full-width letters are plain ones.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from phototagd.rules.text.language import HAN, KANA, language_of, scripts_in
from phototagd.rules.text.singular import singular

MOST_WORDS = 3
LONGEST = 40  # characters of one keyword
_LONGEST_HAN = 8
_LONGEST_KANA = 12
_LONGEST_THAI = 20

_SEPARATORS = re.compile(r"[|/\\,;\n\r\t、，；｜／＼،؛]+")
_EDGES = " .,:;!?'\"`´‘’“”„«»‹›()[]{}<>*#~=+-–—_。！？：「」『』【】《》〈〉（）·•…&@%^$"
_NUMBERING = re.compile(r"^\d{1,2}[.)]\s+")
_KEPT_FORMAT_CHARACTERS = "\u200c\u200d"  # joiners are part of Persian and Indic spelling

_ACRONYMS = {
    word.lower(): word
    for word in "ATM BBQ BMW CD DJ DVD EU GPS LED NASA PC SUV TV UFO UK UN USA VIP VW".split()
}
_GERMAN = frozenset({"de", "lb"})
_TURKIC = frozenset({"tr", "az"})

_FILLER = frozenset(
    """
    background blur caption category composition content daytime description detail foreground
    framing image keyword label lighting media misc mood n/a na none object other others
    outdoor outdoors indoor indoors pic photo photograph photography picture scene scenery
    sensitive shot snapshot stock string style subject tag text undefined unknown
    unspecified untitled view visible viewpoint visual caption_text null true false
    aufnahme bild foto fotografie hintergrund vordergrund imagen fotografía photographie
    arrière-plan fondo immagine sfondo
    照片 图片 图像 摄影 相片 背景 前景 画面 场景 未知 无 其他 关键词 标签 影像 写真 사진
    """.split()
) | {"main subject", "visible text", "stock photo", "people count", "no one"}
_TRAILING_FILLER = frozenset("photo photos photograph photography image picture pictures".split())
_ARTICLES = frozenset({"a", "an", "the"})
_DENIALS = ("no ", "no-", "not ", "without ", "没有")

_CAMERA_MAKERS = frozenset(
    """
    canon fujifilm hasselblad kodak leica lumix minolta nikkor nikon olympus panasonic pentax
    ricoh sony tamron zeiss
    """.split()
)
_TECHNICAL = re.compile(
    r"""
    (?: (?:img|dsc[nf]?|dji|pxl|mvimg|gopr|gh|vid|wp|imag|p) [\s-]?\d{3,}.* )  # file names
    | .*\.(?:jpe?g|png|heic|raw)
    | f\s?\d+(?:\.\d+)? | \d+(?:\.\d+)?\s?mm | iso\s?\d+ | \d+(?:\.\d+)?\s?s(?:ec)?  # exposure
    | \d+(?:\.\d+)?\s?(?:mp|megapixels?) | \d+\s?[x×]\s?\d+ | exif.*
    """,
    re.VERBOSE,
)


def fold(word: str) -> str:
    """The form under which two spellings count as one keyword."""
    return unicodedata.normalize("NFKC", word).casefold()


def normalise_keywords(words: Iterable[str], *, most: int, language: str) -> tuple[str, ...]:
    """At most `most` clean, distinct keywords in the given order.

    Each has at most three words (or some eight characters of a script without spaces), at
    least one letter, no separator that keyword lists use, and is no filler, camera or file
    name. What does not fit is dropped, never cut. Applying it twice changes nothing.
    """
    kept: dict[str, str] = {}
    code = language_of(language).code
    for word in words:
        for part in _parts(word):
            keyword = _normalise(part, code)
            if keyword and len(kept) < most:
                kept.setdefault(fold(keyword), keyword)
    return tuple(kept.values())


def _parts(words: str) -> Iterator[str]:
    yield from _SEPARATORS.split(compose(words))


def compose(text: str) -> str:
    """NFKC without its damage: Thai and Lao vowels stay one, control characters go."""
    text = unicodedata.normalize("NFKC", text)
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")
    return "".join(c for c in text if c in "\n\r\t" or _is_printable(c))


def _is_printable(character: str) -> bool:
    return unicodedata.category(character)[0] != "C" or character in _KEPT_FORMAT_CHARACTERS


def _normalise(part: str, code: str) -> str:
    keyword = _spell(part, code)
    while (trimmed := _trim(keyword)) != keyword:
        keyword = trimmed
    if code == "en":
        keyword = _singular_phrase(keyword)
    return keyword if _is_keyword(keyword) else ""


def _spell(part: str, code: str) -> str:
    text = part.rpartition(":")[2].replace("_", " ")
    if code in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    if code in _GERMAN:
        text = " ".join(w.capitalize() if w.isupper() else w for w in text.split())
    else:
        text = compose(text.lower())
    return " ".join(_ACRONYMS.get(w.lower(), w) for w in text.split())


def _trim(keyword: str) -> str:
    """Without numbering, punctuation at the ends, articles and "... photography"."""
    words = _NUMBERING.sub("", keyword).strip(_EDGES + _KEPT_FORMAT_CHARACTERS).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if len(words) > 1 and words[-1] in _TRAILING_FILLER:
        words = words[:-1]
    return " ".join(words)


def _singular_phrase(keyword: str) -> str:
    first, space, last = keyword.rpartition(" ")
    return first + space + singular(last)


def _is_keyword(keyword: str) -> bool:
    words = keyword.lower().split()
    scripts = scripts_in(keyword)
    if not words or not scripts or len(words) > MOST_WORDS or len(keyword) > LONGEST:
        return False
    if " ".join(words) in _FILLER or keyword.lower().startswith(_DENIALS):
        return False
    if words[0] in _CAMERA_MAKERS or _TECHNICAL.fullmatch(" ".join(words)):
        return False
    if scripts[KANA] or scripts[HAN]:
        return len(keyword) <= (_LONGEST_KANA if scripts[KANA] else _LONGEST_HAN + _latin(scripts))
    if scripts["Thai"]:
        return len(keyword) <= _LONGEST_THAI
    return len(keyword) > 1


def _latin(scripts: dict[str, int]) -> int:
    """Latin letters in a Chinese word (a brand) do not count as characters of it."""
    return scripts.get("Latin", 0)
