"""Answers as they lie in their column."""

import json
from dataclasses import asdict

from phototagd.adapters.sqlite.columns import json_text
from phototagd.domain.tagging import Answer, Extra, Redaction


def answer_text(answer: Answer) -> str:
    """An answer as JSON."""
    return json_text(asdict(answer))


def read_answer(text: str) -> Answer:
    """The reverse; answers of before extras and translations have none."""
    kept = json.loads(text)
    words = {key: tuple(value) for key, value in kept.items() if isinstance(value, list)}
    extras = tuple(
        Extra(one["name"], tuple(one["values"]), tuple(one["scores"]))
        for one in kept.get("extras", ())
    )
    pairs = tuple((word, same) for word, same in kept.get("translations", ()))
    return Answer(**(kept | words | {"extras": extras, "translations": pairs}))


def redactions_text(redactions: tuple[Redaction, ...]) -> str:
    """What was taken out, as JSON."""
    return json_text([asdict(seen) for seen in redactions])


def read_redactions(text: str) -> tuple[Redaction, ...]:
    """The reverse of `redactions_text`."""
    return tuple(Redaction(**seen) for seen in json.loads(text))
