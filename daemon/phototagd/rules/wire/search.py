"""How does the answer to a query travel as JSON, to commands and out of `--json`?

Names of files are spelt as in `showing`; times of photos are ISO 8601 on the photo's own clock,
with its zone where the camera wrote one. Of the query only text and chips travel.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from phototagd.domain.search import Chip, Found, Hit, Query, Reason
from phototagd.rules.wire.showing import path_fields, path_from

Json = dict[str, Any]


def found_to_json(found: Found) -> Json:
    """An answer."""
    return {
        "query": found.query.text,
        "chips": [asdict(chip) for chip in found.query.chips],
        "total": found.total,
        "is_loose": found.is_loose,
        "undated": found.undated,
        "not_indexed": found.not_indexed,
        "without_meaning": found.without_meaning,
        "meaning_trouble": found.meaning_trouble,
        "hits": [_hit_to_json(hit) for hit in found.hits],
    }


def found_from_json(data: Mapping[str, Any]) -> Found:
    """The answer back; raises KeyError, ValueError or TypeError for what it cannot be."""
    return Found(
        query=Query(data["query"], chips=tuple(map(_chip_from_json, data["chips"]))),
        hits=tuple(_hit_from_json(hit) for hit in data["hits"]),
        total=data["total"],
        is_loose=data["is_loose"],
        undated=data["undated"],
        not_indexed=data["not_indexed"],
        without_meaning=data["without_meaning"],
        meaning_trouble=data["meaning_trouble"],
    )


def _chip_from_json(data: Mapping[str, Any]) -> Chip:
    return Chip(**{**data, "sense": tuple(data.get("sense", ()))})


def _hit_to_json(hit: Hit) -> Json:
    return {
        **path_fields(hit.path),
        "asset": hit.asset,
        "caption": hit.caption,
        "taken_at": None if hit.taken_at is None else hit.taken_at.isoformat(),
        "score": hit.score,
        "reasons": [asdict(reason) for reason in hit.reasons],
    }


def _hit_from_json(data: Mapping[str, Any]) -> Hit:
    at = data["taken_at"]
    return Hit(
        asset=data["asset"],
        path=path_from(data),
        caption=data["caption"],
        taken_at=None if at is None else datetime.fromisoformat(at),
        score=data["score"],
        reasons=tuple(Reason(**reason) for reason in data["reasons"]),
    )
