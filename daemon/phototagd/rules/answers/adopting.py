"""Which answer does a sidecar of ours carry already?

The sidecar is the product and the database a cache: when the database is new and the photo's
sidecar holds our record of this very picture, the model need not be asked again.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from phototagd.domain.asset import AssetId
from phototagd.domain.profile import DEFAULT_PROFILE
from phototagd.domain.sidecar import OurRecord
from phototagd.domain.tagging import Answer, Recipe, Redaction, Tagging
from phototagd.rules.answers.choices import NOT_SENSITIVE
from phototagd.rules.answers.privacy import VERDICT

UNKNOWN_PEOPLE = -1


def tagging_in(record: OurRecord | None, asset: AssetId, content_hash: str) -> Tagging | None:
    """The answer in our record of a sidecar, None when it holds none for this picture.

    What a person had written before us is not among its keywords: it was theirs, and stays in
    the sidecar. The words of the prompt are not kept in sidecars, so the recipe has only its
    key and model; speed and raw reply are gone too.
    """
    if record is None or record.image_hash != content_hash:
        return None
    said = record.provenance
    if not said.recipe or not record.caption:
        return None
    answer = Answer(
        caption=record.caption,
        category=said.category,
        keywords=said.keywords or _from_ours(record),
        mood=said.mood,
        objects=said.objects,
        people=UNKNOWN_PEOPLE if said.people is None else said.people,
        sensitive=said.sensitive or NOT_SENSITIVE,
        text=said.text,
        extras=said.extras,
        translations=said.translations,
    )
    return Tagging(
        asset=asset,
        recipe=_recipe(record),
        answer=answer,
        raw="",
        created_at=_time(said.tagged_at),
        redactions=tuple(_redactions(record)),
    )


def _redactions(record: OurRecord) -> Iterator[Redaction]:
    """What had been taken out; how often is not known any more."""
    sensitive = record.provenance.sensitive or NOT_SENSITIVE
    if sensitive != NOT_SENSITIVE:
        yield Redaction(sensitive, 1)
    if record.is_private:
        yield Redaction(VERDICT, 1)


def _from_ours(record: OurRecord) -> tuple[str, ...]:
    """What a phototagd wrote that did not keep the model's own keywords beside it."""
    added = frozenset(same for _, same in record.provenance.translations)
    leaves = (path.rpartition("|")[2] for path in record.keywords.ours)
    return tuple(dict.fromkeys(leaf for leaf in leaves if leaf not in added))


def _recipe(record: OurRecord) -> Recipe:
    said = record.provenance
    return Recipe(
        key=said.recipe,
        model=said.model,
        model_digest=said.model_digest,
        system="",
        user="",
        schema="",
        options="",
        image_long_side=0,
        language=said.language,
        keyword_language=said.keyword_language,
        profile=said.profile or DEFAULT_PROFILE,
    )


def _time(text: str) -> datetime:
    """The recorded time; the epoch when it is unreadable, so that any newer answer wins."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
