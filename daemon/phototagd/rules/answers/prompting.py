"""How is the model asked?

The answer of a stored recipe is reused, so its key covers every word that decides it. The
library's own words, which are only a hint, are no part of it: they change every day. Those
of a short closed vocabulary are no hint but a part of the schema, and so of the key: an answer
could not have had a word that was not among them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from phototagd.domain.tagging import Question, Recipe
from phototagd.rules.answers.schema import schema_for
from phototagd.rules.answers.style import SHORT_CHARACTERS, Style
from phototagd.rules.answers.wording import USER, hinted, system_text

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
_TOKENS_PER_FIELD = 60
_TOKENS_PER_TRANSLATION = 10
_USUAL_FIELDS = 5


def recipe_for(style: Style, model: str, digest: str) -> Recipe:
    """How this model (name and digest) is asked in this style; equal input, equal key."""
    recipe = Recipe(
        key="",
        model=model,
        model_digest=digest,
        system=system_text(style),
        user=USER,
        schema=_canonical(schema_for(style, share=1)),
        options=_canonical(
            {**_DEFAULT_OPTIONS, "num_predict": _tokens_for(style), **style.options}
        ),
        image_long_side=style.image_long_side,
        language=style.language,
        keyword_language=style.words_language,
        profile=style.profile.name,
    )
    return replace(recipe, key=_key(recipe))


def question_for(
    recipe: Recipe, style: Style, attempt: int, image: bytes, hint: Sequence[str] = ()
) -> Question:
    """The request for one photo; `style` is the one that the recipe was made for.

    `hint` are keywords of the library, to be preferred where they fit. From the second attempt
    on it decodes differently and may use half as many words: the first answer was nonsense,
    and the same question would give the same nonsense.
    """
    schema = json.loads(recipe.schema)
    options = json.loads(recipe.options)
    if attempt > 1:
        schema = schema_for(style, share=2)
        options |= {
            "repeat_penalty": _RETRY_REPEAT_PENALTY,
            "seed": _number(options["seed"]) + attempt - 1,
            "temperature": _RETRY_TEMPERATURE,
        }
    return Question(
        system=hinted(recipe.system, hint),
        user=recipe.user,
        schema=schema,
        options=options,
        image=image,
    )


def _tokens_for(style: Style) -> int:
    """Room for the longest answer: a character of Chinese can be a token of its own."""
    usual = _number(_DEFAULT_OPTIONS["num_predict"])
    caption = max(style.longest_caption - SHORT_CHARACTERS, 0)
    texts = sum(field.longest - 60 for field in style.fields if field.longest > 60)  # noqa: PLR2004
    fields = max(len(style.fields) - _USUAL_FIELDS, 0) * _TOKENS_PER_FIELD
    pairs = style.max_keywords * _TOKENS_PER_TRANSLATION if style.wants_pairs else 0
    return usual + caption + texts + fields + pairs


def _key(recipe: Recipe) -> str:
    parts = {
        "image_long_side": recipe.image_long_side,
        "keyword_language": recipe.keyword_language,
        "language": recipe.language,
        "model": recipe.model,
        "model_digest": recipe.model_digest,
        "options": recipe.options,
        "profile": recipe.profile,
        "schema": recipe.schema,
        "system": recipe.system,
        "user": recipe.user,
    }
    return blake2b(_canonical(parts).encode(), digest_size=16).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
