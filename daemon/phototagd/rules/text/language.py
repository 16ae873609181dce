"""Which script does a language use, and which one was the answer written in?

Small models drift into the language of their training. Script is what can be checked without
a dictionary: it catches Chinese for English or English for Russian, not English for German.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

HAN = "Han"
KANA = "Kana"
LATIN = "Latin"

# Names of Unicode characters begin with their script; these two names are not the script's.
_SCRIPT_OF_PREFIX = {"CJK": HAN, "HIRAGANA": KANA, "KATAKANA": KANA, "KATAKANA-HIRAGANA": KANA}
_SCRIPT_OF_SUBTAG = {
    "arab": "Arabic",
    "cyrl": "Cyrillic",
    "deva": "Devanagari",
    "hans": HAN,
    "hant": HAN,
    "latn": LATIN,
}

_LATIN_LANGUAGES = (
    "af:Afrikaans az:Azerbaijani bs:Bosnian ca:Catalan cs:Czech cy:Welsh da:Danish de:German "
    "en:English es:Spanish et:Estonian eu:Basque fi:Finnish fil:Filipino fr:French ga:Irish "
    "gl:Galician hr:Croatian hu:Hungarian id:Indonesian is:Icelandic it:Italian "
    "lb:Luxembourgish lt:Lithuanian lv:Latvian ms:Malay mt:Maltese nb:Norwegian nl:Dutch "
    "nn:Norwegian no:Norwegian pl:Polish pt:Portuguese ro:Romanian sk:Slovak sl:Slovenian "
    "sq:Albanian sv:Swedish sw:Swahili tr:Turkish vi:Vietnamese"
)
_OTHER_LANGUAGES = (
    "am:Amharic:Ethiopic ar:Arabic:Arabic be:Belarusian:Cyrillic bg:Bulgarian:Cyrillic "
    "bn:Bengali:Bengali el:Greek:Greek fa:Persian:Arabic gu:Gujarati:Gujarati he:Hebrew:Hebrew "
    "hi:Hindi:Devanagari hy:Armenian:Armenian ja:Japanese:Han+Kana ka:Georgian:Georgian "
    "kk:Kazakh:Cyrillic+Latin km:Khmer:Khmer kn:Kannada:Kannada ko:Korean:Hangul "
    "lo:Lao:Lao mk:Macedonian:Cyrillic ml:Malayalam:Malayalam mn:Mongolian:Cyrillic+Mongolian "
    "mr:Marathi:Devanagari my:Burmese:Myanmar ne:Nepali:Devanagari pa:Punjabi:Gurmukhi+Arabic "
    "ru:Russian:Cyrillic si:Sinhala:Sinhala sr:Serbian:Cyrillic+Latin ta:Tamil:Tamil "
    "te:Telugu:Telugu th:Thai:Thai uk:Ukrainian:Cyrillic ur:Urdu:Arabic "
    "uz:Uzbek:Cyrillic+Latin yi:Yiddish:Hebrew yue:Cantonese:Han zh:Chinese:Han"
)

# A caption may quote signs, but most of it is in its own language. Outside Latin, brands and
# names in Latin letters count for less: each weighs more letters than a Chinese word has.
_LEAST_SHARE = 0.6
_LEAST_SHARE_BESIDE_LATIN = 0.3
_TOO_SHORT_TO_JUDGE = 4
_LONG_ENOUGH_FOR_KANA = 10


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the model is told of it; `scripts` is empty when we do not know.

    `code` is the primary subtag in lower case, empty for a name that we do not know.
    """

    code: str
    name: str
    scripts: frozenset[str]


def _table() -> dict[str, Language]:
    languages = [
        Language(code, name, frozenset({LATIN}))
        for code, name in (entry.split(":") for entry in _LATIN_LANGUAGES.split())
    ] + [
        Language(code, name, frozenset(scripts.split("+")))
        for code, name, scripts in (entry.split(":") for entry in _OTHER_LANGUAGES.split())
    ]
    by_word = {language.name.lower(): language for language in languages}
    by_word.update({language.code: language for language in languages})
    by_word.update({"中文": by_word["zh"], "汉语": by_word["zh"], "deutsch": by_word["de"]})
    return by_word


_LANGUAGES = _table()


def language_of(tag: str) -> Language:
    """The language of a BCP 47 tag ("zh-CN", "sr_Latn") or of a plain name ("German").

    Unknown ones are passed on to the model by their own words and never checked.
    """
    words = tag.strip().replace("_", "-").split("-")
    known = _LANGUAGES.get(words[0].lower())
    if known is None:
        return Language("", " ".join(tag.split()), frozenset())
    if known.code == "zh":
        traditional = {"hant", "tw", "hk", "mo"} & {w.lower() for w in words[1:]}
        return Language(
            "zh", f"{'Traditional' if traditional else 'Simplified'} Chinese", known.scripts
        )
    for word in words[1:]:
        script = _SCRIPT_OF_SUBTAG.get(word.lower())
        if script is not None:
            return Language(known.code, f"{known.name} in {script} letters", frozenset({script}))
    return known


def script_of(character: str) -> str:
    """The script of a letter ("Latin", "Han", "Kana"...); empty for anything else."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    prefix = unicodedata.name(character, "").split(" ")[0]
    if prefix in {"COMBINING", "MODIFIER", "FEMININE", "MASCULINE"}:
        return ""
    return _SCRIPT_OF_PREFIX.get(prefix, prefix.removeprefix("FULLWIDTH").capitalize())


def scripts_in(text: str) -> Counter[str]:
    """How many letters of each script a text has."""
    return Counter(script for script in map(script_of, text) if script)


def wrong_script(text: str, language: str) -> str:
    """The script that a sentence is mostly written in when it is not one of `language`.

    Empty when it fits, when the language is unknown, or when there is too little to judge.
    """
    expected = language_of(language).scripts
    counts = scripts_in(unicodedata.normalize("NFKC", text))
    letters = counts.total()
    if not expected or letters < _TOO_SHORT_TO_JUDGE:
        return ""
    fitting = sum(counts[script] for script in expected)
    beside_latin = letters if LATIN in expected else letters - counts[LATIN]
    if fitting < _LEAST_SHARE * beside_latin or fitting < _LEAST_SHARE_BESIDE_LATIN * letters:
        return next(script for script, _ in counts.most_common() if script not in expected)
    if expected == {HAN, KANA} and not counts[KANA] and counts[HAN] >= _LONG_ENOUGH_FOR_KANA:
        return HAN  # a Japanese sentence without any kana is Chinese
    return ""


def wrong_script_of_words(words: Iterable[str], language: str) -> str:
    """The script of most words when more than half of them fit no script of `language`.

    Words are counted, not letters: one long Latin brand among Chinese words is fine.
    """
    expected = language_of(language).scripts
    if not expected:
        return ""
    judged: Counter[str] = Counter()
    for word in words:
        counts = scripts_in(unicodedata.normalize("NFKC", word))
        if counts:
            judged[next((s for s in counts if s in expected), counts.most_common(1)[0][0])] += 1
    foreign = Counter({s: n for s, n in judged.items() if s not in expected})
    return foreign.most_common(1)[0][0] if 2 * foreign.total() > judged.total() else ""
