"""Reading and replacing single properties, in whichever form a program wrote them.

The same property may be an attribute of rdf:Description, an element with text, or an element
with a container; it may stand in any of several rdf:Description elements.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from xml.sax.saxutils import escape

from lxml import etree

from phototagd.adapters.xmp import names
from phototagd.adapters.xmp.packet import Packet

CONTAINERS = frozenset({names.BAG, names.SEQ, names.ALT})
DEFAULT_LANGUAGE = "x-default"
_STEP = " "


def elements(packet: Packet, name: str) -> list[etree._Element]:
    """Every element of a property."""
    return list(packet.elements.get(name, ()))


def attributes(packet: Packet, name: str) -> list[str]:
    """Every value of a property written as an attribute."""
    return [values[name] for _, values in packet.attributed if name in values]


def is_present(packet: Packet, name: str) -> bool:
    """Whether the property is there in any form."""
    return name in packet.elements or any(name in values for _, values in packet.attributed)


def text_of(packet: Packet, name: str) -> str | None:
    """A plain text property, or the first item of a list that should be one."""
    for value in attributes(packet, name):
        return value
    for element in elements(packet, name):
        items = _items(element)
        return items[0] if items else _text(element)
    return None


def list_of(packet: Packet, name: str) -> tuple[str, ...] | None:
    """A list property, whatever its container; None when absent."""
    if not is_present(packet, name):
        return None
    found = [value for value in attributes(packet, name) if value.strip()]
    for element in elements(packet, name):
        if _container(element) is not None:
            found.extend(_items(element))
        elif text := _text(element).strip():
            found.append(text)
    return tuple(found)


def languages_of(packet: Packet, name: str) -> dict[str, str]:
    """A language alternative; plain text counts as `x-default`."""
    found: dict[str, str] = {}
    for value in attributes(packet, name):
        found.setdefault(DEFAULT_LANGUAGE, value)
    for element in elements(packet, name):
        if _container(element) is None:
            found.setdefault(DEFAULT_LANGUAGE, _text(element))
        for item in _li(element):
            found.setdefault((item.get(names.LANG) or DEFAULT_LANGUAGE).lower(), _text(item))
    return found


def set_text(packet: Packet, name: str, value: str) -> bool:
    """Write a plain text property, or remove it when empty; whether anything changed."""
    now = text_of(packet, name)
    if now == (value or None):
        return False
    if now is not None:
        remove(packet, name)
    if value:
        _add(packet, name).text = value
    return True


def set_list(packet: Packet, name: str, items: Sequence[str], kind: str) -> bool:
    """Write a list property into a container of a kind; whether anything changed.

    Items that stay keep their elements, with all that a program attached to them.
    """
    if not items:
        return remove(packet, name)
    found = [item for element in elements(packet, name) for item in _li(element)]
    container = _regular(packet, name, kind)
    if container is not None and list_of(packet, name) == tuple(items):
        return False
    begun = 0
    if container is None:
        remove(packet, name)
        element = _add(packet, name)
        container = _child(element, kind, _depth(element))
    else:
        begun = _alike(found, items)
        for item in found[begun:]:
            _detach(item)
    depth = _depth(container)
    if not found and not len(container):
        _fill(container, items, depth)
        return True
    kept: dict[str, list[etree._Element]] = {}
    for item in found[begun:]:
        kept.setdefault(_text(item), []).append(item)
    for text in items[begun:]:
        if again := kept.get(text):
            item = again.pop(0)
        else:
            item = etree.Element(names.LI)
            item.text = text
        _append(container, item, depth)
    return True


def set_default_language(packet: Packet, name: str, value: str) -> bool:
    """Write or remove the `x-default` text; other languages stay; whether anything changed."""
    now = languages_of(packet, name)
    if now.get(DEFAULT_LANGUAGE) == (value or None) and (
        not value or _is_alternative(packet, name)
    ):
        return False
    others = {language: text for language, text in now.items() if language != DEFAULT_LANGUAGE}
    if not others:
        remove(packet, name)
        if value:
            element = _add(packet, name)
            container = _child(element, names.ALT, _depth(element))
            item = _child(container, names.LI, _depth(container))
            item.set(names.LANG, DEFAULT_LANGUAGE)
            item.text = value
        return bool(value or now)
    _set_beside_others(packet, name, value)
    return True


def add_all(
    packet: Packet,
    uri: str,
    texts: Mapping[str, str],
    lists: Mapping[str, tuple[Sequence[str], str]],
) -> None:
    """Write properties of one namespace that are not there yet: texts, and lists by container."""
    node = _home(packet)
    depth = _depth(node)
    outside, inside, item = ("\n" + _STEP * (depth + level) for level in (2, 3, 1))
    prefix = names.PREFIXES[uri]
    pieces = [f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>" for name, text in texts.items()]
    for name, (items, container) in lists.items():
        kind = container.rpartition("}")[2]
        inner = "".join(f"{inside}<rdf:li>{escape(text)}</rdf:li>" for text in items)
        pieces.append(
            f"<{prefix}:{name}>{outside}<rdf:{kind}>{inner}{outside}</rdf:{kind}>{item}"
            f"</{prefix}:{name}>"
        )
    whole = f'<a xmlns:{prefix}="{uri}" xmlns:rdf="{names.RDF}">{"".join(pieces)}</a>'
    for element in list(etree.fromstring(whole)):
        _append(node, element, depth)
        packet.elements.setdefault(element.tag, []).append(element)


def tidy(packet: Packet) -> None:
    """Declare the namespaces of new properties once, not at each of them."""
    for node in packet.nodes[:1]:
        spelled = {(child.prefix, etree.QName(child).namespace) for child in node.iterchildren("*")}
        new = {names.PREFIXES[uri]: uri for uri in names.PREFIXES}
        new = {prefix: uri for prefix, uri in new.items() if (prefix, uri) in spelled}
        for prefix, uri in node.nsmap.items():
            if prefix in new or uri in new.values():
                new = {p: u for p, u in new.items() if p != prefix and u != uri}
        if new:
            etree.cleanup_namespaces(node, top_nsmap=new, keep_ns_prefixes=packet.prefixes)


def undeclare(packet: Packet, uri: str) -> None:
    """Forget a namespace that nothing uses any more; all others stay declared."""
    kept = [prefix for prefix in packet.prefixes if names.PREFIXES.get(uri) != prefix]
    etree.cleanup_namespaces(packet.root, keep_ns_prefixes=kept)


def remove(packet: Packet, name: str) -> bool:
    """Take a property out in every form; whether there was one."""
    found = packet.elements.pop(name, [])
    for element in found:
        _detach(element)
    return _remove_attributes(packet, name) or bool(found)


def _remove_attributes(packet: Packet, name: str) -> bool:
    attributed = [(node, values) for node, values in packet.attributed if name in values]
    for node, values in attributed:
        del node.attrib[name], values[name]
    return bool(attributed)


def _set_beside_others(packet: Packet, name: str, value: str) -> None:
    _remove_attributes(packet, name)
    for element in elements(packet, name):
        container = _container(element)
        if container is None:
            packet.elements[name].remove(element)
            _detach(element)
            continue
        for item in list(_li(element)):
            if (item.get(names.LANG) or DEFAULT_LANGUAGE).lower() == DEFAULT_LANGUAGE:
                if value:
                    item.text, value = value, ""
                else:
                    _detach(item)
        if value:
            item = etree.Element(names.LI, {names.LANG: DEFAULT_LANGUAGE})
            item.text, value = value, ""
            _insert(container, 0, item, _depth(container))


def _regular(packet: Packet, name: str, kind: str) -> etree._Element | None:
    """The container of a list that is written in one place, as an element, and as it should be."""
    found = packet.elements.get(name, [])
    if len(found) != 1 or attributes(packet, name):
        return None
    container = _container(found[0])
    return container if container is not None and container.tag == kind else None


def _alike(found: Sequence[etree._Element], items: Sequence[str]) -> int:
    """How many items at the beginning say already what they shall say."""
    pairs = zip(found, items, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _text(pair[0]) == pair[1], pairs))


def _is_alternative(packet: Packet, name: str) -> bool:
    found = elements(packet, name)
    is_regular = all(_container(element) is not None for element in found)
    return bool(found) and is_regular and not attributes(packet, name)


def _container(element: etree._Element) -> etree._Element | None:
    return next((child for child in element if child.tag in CONTAINERS), None)


def _li(element: etree._Element) -> Iterator[etree._Element]:
    for container in element:
        if container.tag in CONTAINERS:
            yield from container.iterchildren(names.LI)


def _items(element: etree._Element) -> list[str]:
    return [text for text in map(_text, _li(element)) if text.strip()]


def _text(element: etree._Element) -> str:
    """The text of an element; comments inside do not count, a qualified value does."""
    if not len(element):
        return element.text or ""
    value = element.find(f".//{names.VALUE}")
    if value is not None:
        return _text(value)
    qualified = element.find(names.NODE)
    if qualified is not None and (inner := qualified.get(names.VALUE)) is not None:
        return inner
    return "".join([element.text or "", *(child.tail or "" for child in element)])


# --- white space: new nodes stand on lines of their own, darktable's importer needs that ----


def _add(packet: Packet, name: str) -> etree._Element:
    node = _home(packet)
    uri = name[1:].partition("}")[0]
    element = etree.Element(name, nsmap={names.PREFIXES.get(uri, "ns"): uri})
    _append(node, element, _depth(node))
    packet.elements.setdefault(name, []).append(element)
    return element


def _home(packet: Packet) -> etree._Element:
    """The description that new properties go into."""
    if not packet.nodes:
        node = _child(packet.rdf, names.NODE, _depth(packet.rdf))
        node.set(names.ABOUT, "")
        packet.nodes.append(node)
        packet.attributed.append((node, {names.ABOUT: ""}))
    return packet.nodes[0]


def _child(parent: etree._Element, name: str, depth: int) -> etree._Element:
    child = etree.Element(name)
    _append(parent, child, depth)
    return child


def _append(parent: etree._Element, child: etree._Element, depth: int) -> None:
    _insert(parent, len(parent), child, depth)


def _fill(container: etree._Element, texts: Sequence[str], depth: int) -> None:
    """Put items into an empty container, each on its line, as `_append` would."""
    inside, after = "\n" + _STEP * (depth + 1), "\n" + _STEP * depth
    if not (container.text or "").strip():
        container.text = inside
    for text in texts:
        item = etree.SubElement(container, names.LI)
        item.text = text
        item.tail = inside
    container[-1].tail = after


def _insert(parent: etree._Element, index: int, child: etree._Element, depth: int) -> None:
    inside, after = "\n" + _STEP * (depth + 1), "\n" + _STEP * depth
    if index == 0:
        parent.text = parent.text if (parent.text or "").strip() else inside
    else:
        before = parent[index - 1]
        before.tail = before.tail if (before.tail or "").strip() else inside
    child.tail = after if index == len(parent) else inside
    parent.insert(index, child)


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.getnext() is None and before is not None:
        before.tail = element.tail
    elif element.getnext() is None:
        parent.text = element.tail
    parent.remove(element)


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())
