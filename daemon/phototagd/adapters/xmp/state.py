"""The properties we read and write, between XML and the values of the house."""

from phototagd.adapters.xmp import names, nodes
from phototagd.adapters.xmp.packet import Packet
from phototagd.adapters.xmp.record import read_record, remove_record, write_record
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import KeywordLists, SidecarEdit, SidecarState

PLACE = (names.CITY, names.STATE, names.COUNTRY, names.COUNTRY_CODE)


def read_state(packet: Packet) -> SidecarState:
    """What a packet says."""
    captions = nodes.languages_of(packet, names.DESCRIPTION)
    place = Place(*((nodes.text_of(packet, name) or "").strip() for name in PLACE))
    return SidecarState(
        lists=KeywordLists(
            subject=nodes.list_of(packet, names.SUBJECT),
            hierarchical=nodes.list_of(packet, names.HIERARCHICAL),
            tags_list=_from_slashes(nodes.list_of(packet, names.TAGS_LIST)),
            microsoft=_from_slashes(nodes.list_of(packet, _microsoft(packet))),
            mediapro=nodes.list_of(packet, names.CATALOG_SETS),
        ),
        caption=captions.pop(nodes.DEFAULT_LANGUAGE, None),
        is_translated=bool(captions),
        image_description=_default(packet, names.IMAGE_DESCRIPTION),
        alt_text=_default(packet, names.ALT_TEXT),
        place=place if place != Place() else None,
        record=read_record(packet),
    )


def write_edit(packet: Packet, edit: SidecarEdit) -> bool:
    """Change what the edit names; whether anything changed."""
    lists = edit.lists
    wanted = (
        (names.SUBJECT, lists.subject, names.BAG),
        (names.HIERARCHICAL, lists.hierarchical, names.BAG),
        (names.TAGS_LIST, _to_slashes(lists.tags_list), names.SEQ),
        (_microsoft(packet), _to_slashes(lists.microsoft), names.BAG),
        (names.CATALOG_SETS, lists.mediapro, names.BAG),
    )
    texts = (
        (names.DESCRIPTION, edit.caption),
        (names.IMAGE_DESCRIPTION, edit.image_description),
        (names.ALT_TEXT, edit.alt_text),
    )
    changed = [
        nodes.set_default_language(packet, name, text) for name, text in texts if text is not None
    ]
    changed += [
        nodes.set_list(packet, name, items, kind)
        for name, items, kind in wanted
        if items is not None
    ]
    if edit.place is not None:
        place = edit.place
        values = (place.city, place.state, place.country, place.country_code)
        changed += [
            nodes.set_text(packet, name, value) for name, value in zip(PLACE, values, strict=True)
        ]
    changed.append(
        remove_record(packet) if edit.record is None else write_record(packet, edit.record)
    )
    return any(changed)


def touched_by(edit: SidecarEdit) -> frozenset[str]:
    """The properties outside our namespace that an edit may change."""
    lists = edit.lists
    asked = {
        names.SUBJECT: lists.subject is not None,
        names.HIERARCHICAL: lists.hierarchical is not None,
        names.TAGS_LIST: lists.tags_list is not None,
        names.LAST_KEYWORD[0]: lists.microsoft is not None,
        names.LAST_KEYWORD[1]: lists.microsoft is not None,
        names.CATALOG_SETS: lists.mediapro is not None,
        names.DESCRIPTION: edit.caption is not None,
        names.IMAGE_DESCRIPTION: edit.image_description is not None,
        names.ALT_TEXT: edit.alt_text is not None,
        names.METADATA_DATE: True,
    }
    asked |= dict.fromkeys(PLACE, edit.place is not None)
    return frozenset(name for name, is_asked in asked.items() if is_asked)


def _default(packet: Packet, name: str) -> str | None:
    return nodes.languages_of(packet, name).get(nodes.DEFAULT_LANGUAGE)


def _microsoft(packet: Packet) -> str:
    """The spelling of LastKeywordXMP that the file uses."""
    first, second = names.LAST_KEYWORD
    return second if nodes.is_present(packet, second) else first


def _from_slashes(items: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """`A/B` to `A|B`; digiKam writes a slash inside a word as a backslash."""
    if items is None:
        return None
    return tuple(item.strip("/").replace("/", "|").replace("\\", "/") for item in items)


def _to_slashes(items: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if items is None:
        return None
    return tuple(item.replace("/", "\\").replace("|", "/") for item in items)
