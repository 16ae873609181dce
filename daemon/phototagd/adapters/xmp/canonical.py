"""What a packet says outside the properties of an edit, in a form that can be compared.

Taken before and after every edit: when the two differ, the edit has harmed something that is
not ours, and nothing is written.
"""

from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree

from phototagd.adapters.xmp import names, nodes
from phototagd.adapters.xmp.packet import Packet

_ALTERNATIVES = frozenset({names.DESCRIPTION, names.IMAGE_DESCRIPTION, names.ALT_TEXT})
WRITTEN = frozenset(
    {
        names.SUBJECT,
        names.HIERARCHICAL,
        names.TAGS_LIST,
        *names.LAST_KEYWORD,
        names.CATALOG_SETS,
        *_ALTERNATIVES,
        names.CITY,
        names.STATE,
        names.COUNTRY,
        names.COUNTRY_CODE,
        names.METADATA_DATE,
    }
)
_OURS = f"{{{names.OURS}}}"


def canonical(packet: Packet, touched: Collection[str]) -> tuple[Any, ...]:
    """Everything but the touched properties and our namespace; order of properties aside.

    Of a touched language alternative, the languages that an edit must keep still count.
    """
    languages = [
        (name, language, text)
        for name in sorted(_ALTERNATIVES & set(touched))
        for language, text in sorted(nodes.languages_of(packet, name).items())
        if language != nodes.DEFAULT_LANGUAGE
    ]
    return (
        packet.head,
        packet.tail,
        packet.root.tag,
        tuple(sorted(packet.root.attrib.items())),
        [(about, values) for about, values in _attributes(packet, touched) if values],
        sorted(_elements(packet, touched)),
        tuple(languages),
        tuple(_others(packet)),
    )


def foreign_properties(packet: Packet) -> frozenset[tuple[Any, ...]]:
    """Everything that stands in a packet besides what edits of ours can write there."""
    others = [(note,) for note in _others(packet)]
    attributes = [
        (about, name, ("", (), value, ()))
        for about, values in _attributes(packet, WRITTEN)
        for name, value in values.items()
    ]
    return frozenset([*attributes, *_elements(packet, WRITTEN), *others])


def _attributes(packet: Packet, touched: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What each description says of whom in attributes, in order."""
    for _, values in packet.attributed:
        foreign = {
            name: value
            for name, value in values.items()
            if name not in touched and not name.startswith(_OURS)
        }
        yield foreign.pop(names.ABOUT, ""), foreign


def _elements(packet: Packet, touched: Collection[str]) -> Iterator[tuple[Any, ...]]:
    for node in packet.nodes:
        about = node.get(names.ABOUT, "")
        for child in node.iterchildren("*"):
            if child.tag not in touched and not child.tag.startswith(_OURS):
                yield (about, child.tag, _value(child))


def _value(element: etree._Element) -> tuple[Any, ...]:
    children = tuple(_value(child) for child in element.iterchildren("*"))
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    attributes = tuple(sorted(element.items()))
    # White space between elements is layout, white space in a text is the text.
    return (element.tag, attributes, text.strip() if children else text, children)


def _others(packet: Packet) -> list[str]:
    """Comments, instructions and foreign elements around the properties, in order."""
    found = [
        etree.tostring(note, encoding="unicode", with_tail=False)
        for note in packet.root.iter(etree.Comment, etree.ProcessingInstruction)
    ]
    found.extend(
        etree.tostring(child, method="c14n").decode()
        for child in packet.rdf.iterchildren("*")
        if child.tag != names.NODE
    )
    return found
