# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""In which words is the model told what to do?

Everything constant stands in the system message: that is the only place that stays in front
of the picture on every path through the server, so it is read once and cached. What changes
from day to day, the library's own words, comes last.
"""

import json
import re
from collections.abc import Mapping, Sequence

from phototagd.domain.profile import FieldKind, ProfileField, Tongue
from phototagd.rules.answers.choices import NOT_SENSITIVE, SENSITIVE
from phototagd.rules.answers.style import Style
from phototagd.rules.text.language import Language, language_of

USER = "Describe this photo as the one JSON object."
PAIR_MARK = " = "
"""Stands between a keyword and its translation."""

_MOST_HINTS = 60
_LONGEST_HINT = 40


def system_text(style: Style) -> str:
    """The system message: task, fields, languages, an example."""
    profile = style.profile
    sensitive = ", ".join(f"{name} ({meaning})" for name, meaning in SENSITIVE.items())
    caption = profile.detailed_caption if style.is_detailed else profile.short_caption
    keywords = profile.keywords.replace("{most}", str(style.max_keywords))
    lines = [
        f"{profile.task} Answer with one JSON object, nothing else.",
        "",
        f"caption: {caption} At most {style.longest_caption} characters.",
        f"keywords: {keywords}{_preferred(profile.vocabulary)}{_only(style)}",
        *(f"{field.name}: {_asked(field)}" for field in style.fields),
        f"sensitive: {sensitive}.",
        "",
        *_languages(style),
        *_example(style),
    ]
    return without_image_marks("\n".join(lines))


def hinted(system: str, words: Sequence[str]) -> str:
    """The system message with words of the library to be preferred; unchanged without any."""
    fitting = [word for word in map(_one_line, words) if 0 < len(word) <= _LONGEST_HINT]
    if not fitting:
        return system
    known = ", ".join(fitting[:_MOST_HINTS])
    return system + without_image_marks(
        f"\n\nThe library knows these keywords; where one fits, write it exactly so: {known}."
    )


def without_image_marks(text: str) -> str:
    """Text that may stand in a prompt: "[img" would move the picture, so it loses its bracket."""
    return re.sub(r"\[(?=img)", "(", text, flags=re.IGNORECASE)


def _asked(field: ProfileField) -> str:
    text = field.ask.replace("{most}", str(field.most))
    return text.replace("{values}", ", ".join(field.values))


def _preferred(words: Sequence[str]) -> str:
    return f" Where one fits, use: {', '.join(words)}." if words else ""


def _only(style: Style) -> str:
    """A grammar lets the model say nothing else, so it must know that it may say nothing."""
    if not style.limits_words:
        return ""
    words = ", ".join(map(_one_line, style.only_words))
    return f" Only words of this list; leave the list empty where none is clearly visible: {words}."


def _languages(style: Style) -> list[str]:
    captions, words = language_of(style.language), language_of(style.words_language)
    first, second = ["caption"], ["keywords"]
    first += [field.name for field in style.fields if field.tongue is Tongue.CAPTION]
    second += [field.name for field in style.fields if field.tongue is Tongue.KEYWORDS]
    if captions == words:
        said = [f"Write {_listed([*first, *second])} in {captions.name}."]
    else:
        said = [
            f"Write {_listed(first)} in {captions.name}.",
            f"Write {_listed(second)} in {words.name}.",
        ]
    if style.wants_pairs:
        said.append(
            f"Each of the keywords is a pair: the word in {words.name}, then{PAIR_MARK}and the "
            f"same word in {captions.name}."
        )
    said[-1] += f" {_listed(_listed_choices(style)).capitalize()} stay exactly as listed above."
    return [" ".join(said), *_in_chinese(captions, first), *_in_chinese(words, second)]


def _listed_choices(style: Style) -> list[str]:
    choices = {FieldKind.CHOICE, FieldKind.CHOICES}
    return [*(field.name for field in style.fields if field.kind in choices), "sensitive"]


def _in_chinese(language: Language, names: Sequence[str]) -> list[str]:
    """The same once more in Chinese: small models then drift into English less often."""
    if language.code != "zh":
        return []
    script = "繁体" if language.name.startswith("Traditional") else "简体"
    return [
        f"{'、'.join(names)} 必须用{script}中文书写，不要以“图片中”或“这张照片”开头；选项保持英文。"
    ]


def _example(style: Style) -> list[str]:
    examples = style.profile.examples
    if not examples:
        return []
    captions, words = _code(examples, style.language), _code(examples, style.words_language)
    wanted = {language_of(style.language).code, language_of(style.words_language).code}
    is_exact = {captions, words} == wanted
    note = "" if is_exact else f" (yours is in {language_of(style.language).name})"
    shown = json.dumps(_shown(style, examples[captions], examples[words]), ensure_ascii=False)
    return ["", f"Example, for another photo{note}:", shown]


def _code(examples: Mapping[str, object], language: str) -> str:
    """The language of the example that fits best."""
    code = language_of(language).code
    return next((known for known in (code, "en") if known in examples), next(iter(examples)))


def _shown(
    style: Style, captions: Mapping[str, object], words: Mapping[str, object]
) -> dict[str, object]:
    """The example as one answer: texts from one language, words from another."""
    shown: dict[str, object] = {"caption": captions["caption"], "sensitive": NOT_SENSITIVE}
    shown["keywords"] = _keywords(style, words["keywords"], captions["keywords"])
    for field in style.fields:
        source = captions if field.tongue is Tongue.CAPTION else words
        if field.name in source:
            shown[field.name] = source[field.name]
    return dict(sorted(shown.items()))


def _keywords(style: Style, words: object, translations: object) -> object:
    assert isinstance(words, list)
    assert isinstance(translations, list)
    if not style.wants_pairs or len(words) != len(translations):
        return words
    return [f"{word}{PAIR_MARK}{same}" for word, same in zip(words, translations, strict=True)]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _one_line(word: str) -> str:
    return " ".join(word.split())
