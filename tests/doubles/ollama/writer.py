"""What the model says: an answer made from the schema, alike for equal questions.

The answer depends on seed, words and picture alone, and keeps to the schema as a grammar would.
"""

import hashlib
import json
import random
import re
from typing import TYPE_CHECKING, Any

from doubles.ollama.bodies import refuse
from doubles.ollama.lexicon import CHINESE, COLOURS_ZH, ENGLISH
from doubles.ollama.pictures import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

_LIKELY = {"none", "landscape", "garden", "street", "forest", "flower", "architecture"}


class Writer:
    """Says one answer about one picture."""

    def __init__(
        self,
        *,
        seed: int,
        words: str,
        picture: Picture | None,
        digest: str,
        is_alphabetical: bool,
    ) -> None:
        self._is_alphabetical = is_alphabetical
        key = hashlib.sha256(f"{seed}\0{words}\0{digest}".encode()).digest()
        self._random = random.Random(key)
        self._is_chinese = bool(re.search(r"Chinese|中文|简体", _captions_in(words)))
        self._words = CHINESE if self._is_chinese else ENGLISH
        in_english = re.search(r"Write keywords[^.]* in English\.", words)
        self._keywords = ENGLISH if in_english else self._words
        self._wants_pairs = "Each of the keywords is a pair" in words
        self._makers: dict[str, Callable[[dict[str, Any], str], Any]] = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": self._number,
            "number": self._number,
            "boolean": lambda *_: self._random.random() < 0.5,
            "null": lambda *_: None,
        }
        colour = picture.colour if picture else "grey"
        self._colour = COLOURS_ZH[colour] if self._is_chinese else colour

    def prose(self) -> str:
        """The answer of a model that was given no schema."""
        return self._caption()

    def json(self, schema: dict[str, Any]) -> str:
        """An answer that the schema accepts, its properties in the order of the path."""
        return json.dumps(self._value(schema, ""), ensure_ascii=False)

    def _value(self, schema: dict[str, Any], name: str) -> Any:
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            likely = [choice for choice in schema["enum"] if choice in _LIKELY]
            return self._random.choice(likely or schema["enum"])
        for union in ("anyOf", "oneOf"):
            if union in schema:
                return self._value(schema[union][0], name)
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind not in self._makers:
            raise refuse("bad-schema", type=kind)
        return self._makers[kind](schema, name)

    def _object(self, schema: dict[str, Any], _: str) -> dict[str, Any]:
        properties = schema.get("properties") or {}
        order = sorted(properties) if self._is_alphabetical else list(properties)
        return {key: self._value(properties[key], key) for key in order}

    def _number(self, schema: dict[str, Any], _: str) -> int:
        low = schema.get("minimum", 0)
        return self._random.randint(low, max(low, min(schema.get("maximum", 3), 3)))

    def _array(self, schema: dict[str, Any], name: str) -> list[Any]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 6)
        items = schema.get("items") or {"type": "string"}
        if name == "text":
            return [self._value(items, name) for _ in range(least)]
        count = max(least, min(most, self._random.randint(3, 8)))
        choices = items.get("enum") or self._list_for(name)
        if items.get("type", "string") == "string" and count <= len(choices):
            longest = items.get("maxLength", 1000)
            return [word[:longest] for word in self._random.sample(list(choices), count)]
        return [self._value(items, name) for _ in range(count)]

    def _string(self, schema: dict[str, Any], name: str) -> str:
        text = self._caption() if name == "caption" else self._random.choice(self._list_for(name))
        text = text[: schema.get("maxLength", len(text))]
        return text.ljust(schema.get("minLength", 0), ".")

    def _list_for(self, name: str) -> tuple[str, ...]:
        if name == "keywords" and self._wants_pairs:
            pairs = zip(self._keywords.keywords, self._words.keywords, strict=True)
            return tuple(f"{word} = {same}" for word, same in pairs)
        known = {"objects": self._keywords.objects, "mood": self._words.mood}
        return known.get(name, self._keywords.keywords)

    def _caption(self) -> str:
        first, second = self._random.sample(self._words.objects, 2)
        return self._words.caption.format(colour=self._colour, first=first, second=second)


def _captions_in(words: str) -> str:
    """What the prompt says of the language of captions; all of it when that is not said."""
    said = re.search(r"Write caption[^.]* in [^.]*\.", words)
    return said[0] if said else words


def tokens_of(text: str) -> list[str]:
    """The text in pieces of about the size that models write."""
    return re.findall(r".{1,4}", text, re.DOTALL)
