"""A packet as exiv2 writes it: one description, plain values as attributes, nothing else.

digiKam and darktable write through it. Comments, instructions, CDATA sections and the
division into several descriptions are gone afterwards; every property is still there.
"""

from collections.abc import Sequence

from lxml import etree

from doubles.readers.sheet import RDF, XML_LANG

_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = '\n<?xpacket end="w"?>'
_META = "adobe:ns:meta/"
_RDF_URI = RDF.strip("{}")
# exiv2 closes namespaces that end in neither a slash nor a hash.
_OPEN, _CLOSED = "{http://ns.microsoft.com/photo/1.0}", "{http://ns.microsoft.com/photo/1.0/}"


class Exiv2Layout:
    """The properties of a packet, to be changed and written."""

    def __init__(self, content: bytes) -> None:
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, strip_cdata=True)
        root = etree.fromstring(content, parser)
        self._nsmap: dict[str, str] = {"rdf": _RDF_URI}
        self._attributes: dict[str, str] = {}
        self._elements: dict[str, etree._Element] = {}
        for node in root.iter(f"{RDF}Description"):
            if node.getparent() is None or node.getparent().tag != f"{RDF}RDF":
                continue
            for found in node.iter("*"):
                self._nsmap |= {p: u for p, u in found.nsmap.items() if p and u != _META}
            for name, value in node.attrib.items():
                self._attributes.setdefault(_closed(str(name)), str(value))
            for child in node.iterchildren("*"):
                self._take(child)

    def _take(self, child: etree._Element) -> None:
        name = _closed(str(child.tag))
        child.tag = name
        if len(child) or child.attrib:
            self._elements.setdefault(name, child)
        else:
            self._attributes.setdefault(name, child.text or "")

    def drop(self, *names: str) -> None:
        """Take properties out."""
        for name in names:
            self._attributes.pop(name, None)
            self._elements.pop(name, None)

    def say(self, name: str, value: str) -> None:
        """A plain value, unless there is one."""
        self._attributes.setdefault(name, value)

    def list(self, name: str, container: str, items: Sequence[str]) -> None:
        """A list; without items the property goes."""
        self.drop(name)
        if items:
            element = self._elements[name] = etree.Element(name)
            holder = etree.SubElement(element, f"{RDF}{container}")
            for item in items:
                etree.SubElement(holder, f"{RDF}li").text = item

    def text(self, name: str, value: str) -> None:
        """A text in the default language alone; other languages go."""
        self.list(name, "Alt", [value] if value else [])
        if value:
            self._elements[name][0][0].set(XML_LANG, "x-default")

    def to_bytes(self, *, has_packet: bool = True) -> bytes:
        """The sidecar; darktable leaves the packet instructions out."""
        root = etree.Element(f"{{{_META}}}xmpmeta", nsmap={"x": _META})
        root.set(f"{{{_META}}}xmptk", "XMP Core 4.4.0-Exiv2")
        rdf = etree.SubElement(root, f"{RDF}RDF", nsmap={"rdf": _RDF_URI})
        node = etree.SubElement(rdf, f"{RDF}Description", nsmap=self._nsmap)
        for name, value in self._attributes.items():
            node.set(name, value)
        for element in self._elements.values():
            node.append(element)
        for element in node.iter("*"):
            if len(element):
                element.text = None
            element.tail = None
        etree.indent(root, space=" ")
        body = etree.tostring(root, encoding="unicode")
        head, tail = (_HEAD, _TAIL) if has_packet else ('<?xml version="1.0"?>\n', "\n")
        return (head + body + tail).encode()


def _closed(name: str) -> str:
    return name.replace(_OPEN, _CLOSED, 1) if name.startswith(_OPEN) else name
