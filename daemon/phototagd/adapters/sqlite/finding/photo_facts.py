"""Gathers what the store knows of a photo for search: the words of all its live copies."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from phototagd.adapters.sqlite.columns import read_facts, read_place
from phototagd.domain.asset import AssetId, CaptureFacts, Place, Visibility
from phototagd.domain.search import PhotoFacts

_UNKNOWN_PEOPLE = -1
_LONGEST_NAME = 100  # what is longer is a text


def photo_facts(connection: sqlite3.Connection, asset: AssetId) -> PhotoFacts | None:
    """Everything to be found of an asset; None when it has no live copy."""
    copies = _copies(connection, asset)
    if not copies:
        return None
    kept = connection.execute(
        "SELECT kind, visibility FROM asset WHERE id = ?", (asset,)
    ).fetchone()
    said = _answer(connection, asset)
    # What a person has taken out of every sidecar is found by nobody any more.
    is_undone = all(copy["is_withheld"] for copy in copies)
    answer = {} if is_undone else said
    sidecars = [words for copy in copies if (words := json.loads(copy["words"]))]
    shots = [facts for copy in copies if (facts := read_facts(copy["facts"]))]
    places = [place for copy in copies if (place := read_place(copy["place"]))]
    folders = _unique(_text(copy["relpath"]) for copy in copies)
    own = [] if is_undone else list(_extras(connection, asset))
    people = answer.get("people", _UNKNOWN_PEOPLE)
    return PhotoFacts(
        asset=asset,
        path=_absolute(copies[0]),
        keywords=_keywords(answer, sidecars),
        category=answer.get("category", ""),
        mood=tuple(answer.get("mood", ())),
        objects=_without_rejected(_things(answer, own), sidecars),
        captions=(*_captions(answer, sidecars), *filter(_is_sentence, own)),
        text=tuple(answer.get("text", ())),
        people=None if people == _UNKNOWN_PEOPLE else people,
        sensitive=answer.get("sensitive", ""),
        place=_unique(name for place in places for name in _names(place)),
        camera=_unique(name for facts in shots for name in _camera(facts)),
        kind=kept["kind"],
        folders=folders,
        names=_unique([*folders, *(_stem(copy["name"]) for copy in copies)]),
        taken_at=_first(shots, lambda facts: facts.taken_at),
        is_private=kept["visibility"] == Visibility.PRIVATE,
        is_tagged=bool(said),
    )


def _copies(connection: sqlite3.Connection, asset: AssetId) -> list[sqlite3.Row]:
    """The live copies, oldest first, and whether a person took our words out beside each."""
    return connection.execute(
        """SELECT root, relpath, name, facts, place, words,
             EXISTS(SELECT 1 FROM withheld WHERE path_id = path_record.id
                    AND lifted_at IS NULL) AS is_withheld
           FROM path_record
           WHERE asset_id = ? AND state = 'known' AND gone_at IS NULL ORDER BY id""",
        (asset,),
    ).fetchall()


def _answer(connection: sqlite3.Connection, asset: AssetId) -> Mapping[str, Any]:
    row = connection.execute(
        """SELECT answer FROM tagging WHERE asset_id = ?
           ORDER BY created_at DESC, id DESC LIMIT 1""",
        (asset,),
    ).fetchone()
    answer: dict[str, Any] = json.loads(row["answer"]) if row else {}
    return answer


def _extras(connection: sqlite3.Connection, asset: AssetId) -> Iterator[str]:
    """What the newest answer by each profile says about the profile's own fields."""
    rows = connection.execute(
        """SELECT answer, max(created_at) FROM tagging
           JOIN recipe ON recipe.key = tagging.recipe_key
           WHERE asset_id = ? GROUP BY recipe.profile ORDER BY recipe.profile""",
        (asset,),
    ).fetchall()
    for row in rows:
        for extra in json.loads(row["answer"]).get("extras", ()):
            yield from extra["values"]


def _things(answer: Mapping[str, Any], own: Iterable[str]) -> Iterator[str]:
    yield from answer.get("objects", ())
    yield from (value for value in own if not _is_sentence(value))


def _is_sentence(value: str) -> bool:
    return len(value) > _LONGEST_NAME


def _keywords(answer: Mapping[str, Any], sidecars: list[dict[str, Any]]) -> tuple[str, ...]:
    """The keywords of the sidecars, where there are any: persons have the last word on them.

    Of a keyword path every part is a keyword; so is what the model said in other words.
    """
    if not sidecars:
        return tuple(answer.get("keywords", ()))
    paths = (path for words in sidecars for path in words.get("keywords", ()))
    said = [word for words in sidecars for word in words.get("said", ())]
    return _unique([part.strip() for path in paths for part in reversed(path.split("|"))] + said)


def _captions(answer: Mapping[str, Any], sidecars: list[dict[str, Any]]) -> tuple[str, ...]:
    """A person's caption first; the model's beside it, unless a person took it out."""
    written = [words.get("caption", "") for words in sidecars]
    said = answer.get("caption", "")
    return _unique([*written, said]) if any(written) or not sidecars else ()


def _without_rejected(objects: Iterable[str], sidecars: list[dict[str, Any]]) -> tuple[str, ...]:
    rejected = {path.split("|")[-1] for words in sidecars for path in words.get("rejected", ())}
    return tuple(name for name in objects if name not in rejected)


def _names(place: Place) -> tuple[str, ...]:
    return (place.city, place.state, place.country)


def _camera(facts: CaptureFacts) -> tuple[str, ...]:
    return (facts.make, facts.model, f"{facts.make} {facts.model}".strip())


def _first(
    shots: list[CaptureFacts], what: Callable[[CaptureFacts], datetime | None]
) -> datetime | None:
    return next((found for facts in shots if (found := what(facts)) is not None), None)


def _stem(name: bytes) -> str:
    return _text(name).rpartition(".")[0] or _text(name)


def _text(name: bytes) -> str:
    # Names that are no UTF-8 are found by the rest of their letters.
    return name.decode("utf-8", "replace")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _absolute(row: sqlite3.Row) -> bytes:
    parts = (row["root"].rstrip(b"/"), row["relpath"], row["name"])
    return b"/".join(part for index, part in enumerate(parts) if part or index == 0)
