"""Our own namespace: what is remembered between two writes, and what the model saw.

Everything is flat, text or list, because exiv2 and exiftool then carry it through their own
rewriting unharmed. The namespace and these names are frozen; later versions may only add.
"""

from phototagd.adapters.xmp import names, nodes
from phototagd.adapters.xmp.packet import Packet
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import SCHEMA, KeywordPast, OurRecord, Provenance
from phototagd.rules.sidecars.extra_lines import (
    extras_from,
    lines_of,
    pair_lines,
    pairs_from,
)

_YES, _NO = "yes", "no"
_VERDICTS = {_YES: True, _NO: False}
_PLACE = ("placeCity", "placeState", "placeCountry", "placeCountryCode")


def read_record(packet: Packet) -> OurRecord | None:
    """Our record; None where there is none."""
    if not nodes.is_present(packet, names.ours("schema")):
        return None

    has_base = nodes.is_present(packet, names.ours("base"))
    place = Place(*(_text(packet, local) for local in _PLACE))
    return OurRecord(
        generator=_text(packet, "generator"),
        provenance=_provenance(packet),
        image_hash=_text(packet, "imageHash"),
        embedded_hash=_text(packet, "embeddedHash"),
        caption=_text(packet, "caption"),
        keywords=KeywordPast(
            base=_items(packet, "base") if has_base else None,
            ours=_items(packet, "ours"),
            rejected=_items(packet, "rejected"),
            latest=_items(packet, "latest"),
            doubted=_items(packet, "doubted"),
        ),
        place=place if place != Place() else None,
        made=_items(packet, "made"),
        is_caption_persons=_text(packet, "captionByPerson") == _YES,
        is_private=_VERDICTS.get(_text(packet, "private")),
    )


def _provenance(packet: Packet) -> Provenance:
    people = _text(packet, "people")
    return Provenance(
        model=_text(packet, "model"),
        model_digest=_text(packet, "modelDigest"),
        recipe=_text(packet, "recipe"),
        language=_text(packet, "language"),
        tagged_at=_text(packet, "taggedAt"),
        category=_text(packet, "category"),
        keywords=_items(packet, "keywords"),
        objects=_items(packet, "objects"),
        mood=_items(packet, "mood"),
        people=int(people) if people.isdecimal() else None,
        text=_items(packet, "text"),
        sensitive=_text(packet, "sensitive"),
        profile=_text(packet, "profile"),
        keyword_language=_text(packet, "keywordLanguage"),
        extras=extras_from(_items(packet, "extras")),
        translations=pairs_from(_items(packet, "translations")),
    )


def _text(packet: Packet, local: str) -> str:
    return nodes.text_of(packet, names.ours(local)) or ""


def _items(packet: Packet, local: str) -> tuple[str, ...]:
    return nodes.list_of(packet, names.ours(local)) or ()


def remove_record(packet: Packet) -> bool:
    """Take everything of ours out; whether there was anything."""
    everything = {*packet.elements}.union(*(values for _, values in packet.attributed))
    found = [name for name in sorted(everything) if name.startswith(names.ours(""))]
    for name in found:
        nodes.remove(packet, name)
    return bool(found)


def write_record(packet: Packet, record: OurRecord) -> bool:
    """Write our record; whether anything changed.

    What changed is written anew as a whole, in one piece: property by property it would cost
    half of the time that a sidecar takes. Names that a later version added stay.
    """
    texts, lists = _texts(record), _lists(record)
    if all(_text(packet, local) == value for local, value in texts.items()) and all(
        _items(packet, local) == items for local, (items, _) in lists.items()
    ):
        return False
    for local in (*texts, *lists):
        nodes.remove(packet, names.ours(local))
    nodes.add_all(
        packet,
        names.OURS,
        {local: value for local, value in texts.items() if value},
        {local: (items, kind) for local, (items, kind) in lists.items() if items},
    )
    return True


def _texts(record: OurRecord) -> dict[str, str]:
    seen, place = record.provenance, record.place or Place()
    return {
        "schema": str(SCHEMA),
        "generator": record.generator,
        "model": seen.model,
        "modelDigest": seen.model_digest,
        "recipe": seen.recipe,
        "language": seen.language,
        "taggedAt": seen.tagged_at,
        "imageHash": record.image_hash,
        "embeddedHash": record.embedded_hash,
        "category": seen.category,
        "people": "" if seen.people is None else str(seen.people),
        "sensitive": seen.sensitive,
        "profile": seen.profile,
        "keywordLanguage": seen.keyword_language,
        "caption": record.caption,
        "captionByPerson": _YES if record.is_caption_persons else "",
        "private": "" if record.is_private is None else _YES if record.is_private else _NO,
        "placeCity": place.city,
        "placeState": place.state,
        "placeCountry": place.country,
        "placeCountryCode": place.country_code,
    }


def _lists(record: OurRecord) -> dict[str, tuple[tuple[str, ...], str]]:
    seen, past = record.provenance, record.keywords
    return {
        "keywords": (seen.keywords, names.SEQ),
        "objects": (seen.objects, names.BAG),
        "mood": (seen.mood, names.BAG),
        "text": (seen.text, names.SEQ),
        "extras": (lines_of(seen.extras), names.SEQ),
        "translations": (pair_lines(seen.translations), names.SEQ),
        "base": (past.base or (), names.BAG),
        "ours": (past.ours, names.BAG),
        "rejected": (past.rejected, names.BAG),
        "latest": (past.latest, names.BAG),
        "doubted": (past.doubted, names.BAG),
        "made": (record.made, names.BAG),
    }
