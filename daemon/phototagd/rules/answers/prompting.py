# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""How is the model asked?

Everything constant stands in the system message: that is the only place that stays in front
of the picture on every path through the server, so it is read once and cached. The schema is
flat, its fields alphabetical (some servers sort them), within what grammars of llama.cpp
support. The answer of a stored recipe is reused, so its key covers every word said here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from phototagd.domain.tagging import Question, Recipe
from phototagd.rules.answers.choices import CATEGORIES, MOODS, SENSITIVE
from phototagd.rules.text.language import language_of

USER = "Describe this photo as the one JSON object."

_DEFAULT_OPTIONS: Mapping[str, object] = {
    "num_ctx": 8192,
    "num_predict": 500,
    "repeat_penalty": 1.0,
    "seed": 42,
    "temperature": 0,
    "top_p": 0.9,
}
_RETRY_TEMPERATURE = 0.4
_RETRY_REPEAT_PENALTY = 1.1
_FEWEST_KEYWORDS = 3
_LONGEST_CAPTION = 320
_LONGEST_WORD = 40
_LONGEST_TEXT = 60  # one line of a passport's machine-readable zone has 44
_MOST_MOODS = 3
_MOST_OBJECTS = 10
_MOST_TEXTS = 8
_MOST_PEOPLE = 99

EXAMPLE = {
    "en": {
        "caption": "An old fisherman mends a green net on a pebble beach beside two boats.",
        "category": "work",
        "keywords": ["fisherman", "fishing net", "pebble beach", "mending", "boat", "sea"],
        "mood": ["calm"],
        "objects": ["net", "boat", "stool"],
        "people": 1,
        "sensitive": "none",
        "text": ["LUISA II"],
    },
    "zh": {
        "caption": "一位老渔夫在卵石滩的两条小船旁修补绿色渔网。",
        "category": "work",
        "keywords": ["渔夫", "渔网", "卵石滩", "补网", "小船", "大海"],
        "mood": ["calm"],
        "objects": ["渔网", "小船", "凳子"],
        "people": 1,
        "sensitive": "none",
        "text": ["LUISA II"],
    },
}

_SYSTEM = """\
You catalogue photos for a private library. Answer with one JSON object, nothing else.

caption: one or two short, concrete sentences. Begin with the main subject and what it does, \
then where. Never "The image shows" or "This photo depicts", no guesses, nothing that is absent.
category: the one that fits best: {categories}.
keywords: at most {most_keywords} words somebody would search for, the most important first: \
subjects, actions, places, events, striking colours. Singular nouns, at most three words each, \
no repetition. Only what is clearly visible; no camera, no "photo", no "background".
mood: at most {most_moods} of: {moods}. Empty if none is clear.
objects: at most {most_objects} different things that can be pointed at, singular.
people: how many people are visible, 0 if none.
sensitive: {sensitive}.
text: readable text exactly as written, one entry per line, at most {most_texts} lines, the \
most prominent first. Empty if there is none. Never translate it, never repeat it.

{language}

Example, for another photo{example_note}:
{example}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a person chose about the answers.

    `language` is a BCP 47 tag or a plain name; `options` override how the model decodes.
    """

    language: str = "en"
    max_keywords: int = 15
    image_long_side: int = 1024
    options: Mapping[str, object] = field(default_factory=dict)


def recipe_for(style: Style, model: str, digest: str) -> Recipe:
    """How this model (name and digest) is asked in this style; equal input, equal key."""
    recipe = Recipe(
        key="",
        model=model,
        model_digest=digest,
        system=_system_text(style),
        user=USER,
        schema=_canonical(_schema(style.max_keywords, share=1)),
        options=_canonical({**_DEFAULT_OPTIONS, **style.options}),
        image_long_side=style.image_long_side,
        language=style.language,
    )
    return replace(recipe, key=_key(recipe))


def question_for(recipe: Recipe, style: Style, attempt: int, image: bytes) -> Question:
    """The request for one photo; `style` is the one that the recipe was made for.

    From the second attempt on it decodes differently and may use half as many words: the
    first answer was nonsense, and the same question would give the same nonsense.
    """
    schema = json.loads(recipe.schema)
    options = json.loads(recipe.options)
    if attempt > 1:
        schema = _schema(style.max_keywords, share=2)
        options |= {
            "repeat_penalty": _RETRY_REPEAT_PENALTY,
            "seed": _number(options["seed"]) + attempt - 1,
            "temperature": _RETRY_TEMPERATURE,
        }
    return Question(
        system=recipe.system, user=recipe.user, schema=schema, options=options, image=image
    )


def without_image_marks(text: str) -> str:
    """Text that may stand in a prompt: "[img" would move the picture, so it loses its bracket."""
    return re.sub(r"\[(?=img)", "(", text, flags=re.IGNORECASE)


def _system_text(style: Style) -> str:
    language = language_of(style.language)
    example_language = language.code if language.code in EXAMPLE else "en"
    name = without_image_marks(language.name)
    return _SYSTEM.format(
        categories=", ".join(CATEGORIES),
        most_keywords=style.max_keywords,
        most_moods=_MOST_MOODS,
        moods=", ".join(MOODS),
        most_objects=_MOST_OBJECTS,
        sensitive=", ".join(f"{name} ({meaning})" for name, meaning in SENSITIVE.items()),
        most_texts=_MOST_TEXTS,
        language=_language_text(name, language.code),
        example_note="" if example_language == language.code else f" (yours is in {name})",
        example=json.dumps(EXAMPLE[example_language], ensure_ascii=False),
    )


def _language_text(name: str, code: str) -> str:
    said = (
        f"Write caption, keywords and objects in {name}. "
        "Category, mood and sensitive stay exactly as listed above."
    )
    if code == "zh":
        script = "繁体" if name.startswith("Traditional") else "简体"
        said += (
            f"\ncaption、keywords 和 objects 必须用{script}中文书写，"
            "不要以“图片中”或“这张照片”开头;category、mood、sensitive 保持上面的英文单词。"
        )
    return said


def _schema(max_keywords: int, *, share: int) -> dict[str, object]:
    """The JSON schema of an answer; lists may hold the given share (1, 2: a half) of words."""
    words = {"type": "string", "maxLength": _LONGEST_WORD}
    properties: dict[str, object] = {
        "caption": {"type": "string", "maxLength": _LONGEST_CAPTION},
        "category": {"type": "string", "enum": list(CATEGORIES)},
        "keywords": _list_of(
            words, max(max_keywords // share, min(max_keywords, _FEWEST_KEYWORDS))
        ),
        "mood": _list_of({"type": "string", "enum": list(MOODS)}, _MOST_MOODS),
        "objects": _list_of(words, _MOST_OBJECTS // share),
        "people": {"type": "integer", "minimum": 0, "maximum": _MOST_PEOPLE},
        "sensitive": {"type": "string", "enum": list(SENSITIVE)},
        "text": _list_of({"type": "string", "maxLength": _LONGEST_TEXT}, _MOST_TEXTS // share),
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(items: Mapping[str, object], most: int) -> dict[str, object]:
    return {"type": "array", "items": dict(items), "maxItems": most}


def _key(recipe: Recipe) -> str:
    parts = {
        "image_long_side": recipe.image_long_side,
        "language": recipe.language,
        "model": recipe.model,
        "model_digest": recipe.model_digest,
        "options": recipe.options,
        "schema": recipe.schema,
        "system": recipe.system,
        "user": recipe.user,
    }
    return blake2b(_canonical(parts).encode(), digest_size=16).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
