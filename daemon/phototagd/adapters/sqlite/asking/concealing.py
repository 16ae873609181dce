"""Takes earlier words back once a photo is known to be private.

The outcome is what it would have been had that been known when the model was asked: its
answers are redacted where they lie, and what was made from them goes with the words.
"""

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass

from phototagd.adapters.sqlite.asking.answers import (
    answer_text,
    read_answer,
    read_redactions,
    redactions_text,
)
from phototagd.adapters.sqlite.columns import json_text, plain
from phototagd.adapters.sqlite.finding import indexing
from phototagd.adapters.sqlite.finding.vectors import forget_vector
from phototagd.domain.asset import AssetId, Visibility
from phototagd.domain.privacy import Finding, Privacy, PrivacyCheck
from phototagd.domain.tagging import Answer, Redaction
from phototagd.rules.answers.privacy import redact

_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it lies in the store."""

    id: int
    answer: Answer
    raw: str
    redactions: tuple[Redaction, ...]
    language: str


def privacy_of(connection: sqlite3.Connection, asset: AssetId) -> Privacy:
    """A person's verdict, and the check of the text in the photo."""
    row = connection.execute(
        """SELECT verdict, reader, findings
           FROM asset LEFT JOIN privacy_check ON asset_id = id WHERE id = ?""",
        (asset,),
    ).fetchone()
    if row is None:
        return Privacy()
    verdict = None if row["verdict"] is None else row["verdict"] == Visibility.PRIVATE
    check = None
    if row["reader"] is not None:
        findings = tuple(Finding(**kept) for kept in json.loads(row["findings"]))
        check = PrivacyCheck(row["reader"], findings)
    return Privacy(verdict, check)


def conceal(connection: sqlite3.Connection, asset: AssetId) -> bool:
    """Redact every answer about an asset by what is known now; whether words went.

    What one answer calls private the others must not tell either. The caller queues the
    writes that take the words out of the sidecars.
    """
    privacy = privacy_of(connection, asset)
    if privacy.verdict is False:
        return False
    answers = _answers(connection, asset)
    known = _with_seen(privacy, answers)
    if not known.verdict and not (known.check and known.check.findings):
        return False
    changed = [_redact(connection, kept, known) for kept in answers]
    if not any(changed):
        return False
    _forget_said(connection, asset, [kept.answer for kept in answers])
    indexing.refresh(connection, asset)
    forget_vector(connection, asset)
    return True


def _answers(connection: sqlite3.Connection, asset: AssetId) -> list[_Kept]:
    rows = connection.execute(
        """SELECT id, answer, raw, redactions, language
           FROM tagging JOIN recipe ON recipe.key = recipe_key WHERE asset_id = ?""",
        (asset,),
    ).fetchall()
    return [
        _Kept(
            id=row["id"],
            answer=read_answer(row["answer"]),
            raw=row["raw"],
            redactions=read_redactions(row["redactions"]),
            language=row["language"],
        )
        for row in rows
    ]


def _with_seen(privacy: Privacy, answers: list[_Kept]) -> Privacy:
    """What is known of the photo, and what any answer about it told."""
    check = privacy.check or PrivacyCheck("")
    seen = {redaction for kept in answers for redaction in kept.redactions}
    findings = tuple(Finding(one.what, "answer", _CERTAIN, one.count) for one in seen)
    return Privacy(privacy.verdict, PrivacyCheck(check.reader, (*check.findings, *findings)))


def _redact(connection: sqlite3.Connection, kept: _Kept, privacy: Privacy) -> bool:
    answer, raw, redactions = redact(kept.answer, kept.raw, language=kept.language, privacy=privacy)
    told = {one.what for one in kept.redactions}
    if all(one.what in told for one in redactions):  # it was recorded without these words
        return False
    counts = Counter({one.what: one.count for one in redactions})
    counts |= Counter({one.what: one.count for one in kept.redactions})
    merged = tuple(Redaction(what, count) for what, count in sorted(counts.items()))
    connection.execute(
        "UPDATE tagging SET answer = ?, raw = ?, redactions = ? WHERE id = ?",
        (answer_text(answer), plain(raw), redactions_text(merged), kept.id),
    )
    return True


def _forget_said(connection: sqlite3.Connection, asset: AssetId, said: list[Answer]) -> None:
    """Take what the model said out of what we remember of the sidecars.

    They are written anew soon; until then, on a share that is away, search must not know it.
    """
    captions = {answer.caption for answer in said}
    rows = connection.execute("SELECT id, words FROM path WHERE asset_id = ?", (asset,)).fetchall()
    for row in rows:
        words = json.loads(row["words"])
        if not words:
            continue
        ours = set(words.get("ours", ()))
        words["keywords"] = [path for path in words.get("keywords", ()) if path not in ours]
        words["ours"], words["said"] = [], []
        if words.get("caption") in captions:
            words["caption"] = ""
        connection.execute("UPDATE path SET words = ? WHERE id = ?", (json_text(words), row["id"]))
