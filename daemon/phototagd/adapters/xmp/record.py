"""Our own namespace: what is remembered between two writes, and what the model saw.

Everything is flat, text or list, because exiv2 and exiftool then carry it through their own
rewriting unharmed. The namespace and these names are frozen; later versions may only add.
"""

from phototagd.adapters.xmp import names, nodes
from phototagd.adapters.xmp.packet import Packet
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import SCHEMA, KeywordPast, OurRecord, Provenance

_PLACE = ("placeCity", "placeState", "placeCountry", "placeCountryCode")


def read_record(packet: Packet) -> OurRecord | None:
    """Our record; None where there is none."""
    if not nodes.is_present(packet, names.ours("schema")):
        return None

    def text(local: str) -> str:
        return nodes.text_of(packet, names.ours(local)) or ""

    def items(local: str) -> tuple[str, ...]:
        return nodes.list_of(packet, names.ours(local)) or ()

    has_base = nodes.is_present(packet, names.ours("base"))
    people = text("people")
    place = Place(*map(text, _PLACE))
    return OurRecord(
        generator=text("generator"),
        provenance=Provenance(
            model=text("model"),
            model_digest=text("modelDigest"),
            recipe=text("recipe"),
            language=text("language"),
            tagged_at=text("taggedAt"),
            category=text("category"),
            objects=items("objects"),
            mood=items("mood"),
            people=int(people) if people.isdecimal() else None,
            text=items("text"),
            sensitive=text("sensitive"),
        ),
        image_hash=text("imageHash"),
        embedded_hash=text("embeddedHash"),
        caption=text("caption"),
        keywords=KeywordPast(
            base=items("base") if has_base else None,
            ours=items("ours"),
            rejected=items("rejected"),
            latest=items("latest"),
            doubted=items("doubted"),
        ),
        place=place if place != Place() else None,
    )


def write_record(packet: Packet, record: OurRecord) -> bool:
    """Write our record; whether anything changed."""
    seen, past = record.provenance, record.keywords
    place = record.place or Place()
    texts = {
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
        "caption": record.caption,
        "placeCity": place.city,
        "placeState": place.state,
        "placeCountry": place.country,
        "placeCountryCode": place.country_code,
    }
    lists: dict[str, tuple[tuple[str, ...], str]] = {
        "objects": (seen.objects, names.BAG),
        "mood": (seen.mood, names.BAG),
        "text": (seen.text, names.SEQ),
        "base": (past.base or (), names.BAG),
        "ours": (past.ours, names.BAG),
        "rejected": (past.rejected, names.BAG),
        "latest": (past.latest, names.BAG),
        "doubted": (past.doubted, names.BAG),
    }
    changed = [nodes.set_text(packet, names.ours(local), value) for local, value in texts.items()]
    changed += [
        nodes.set_list(packet, names.ours(local), items, kind)
        for local, (items, kind) in lists.items()
    ]
    return any(changed)
