"""Bytes to an XML tree and back, without losing what stands around the root element."""

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from lxml import etree

from phototagd.adapters.xmp import names
from phototagd.domain.errors import SidecarBroken

LARGEST_BYTES = 16 * 1024 * 1024

_BOMS = (  # the longer ones first: UTF-32-LE begins like UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (codecs.BOM_UTF8, "utf-8", 1),
)
_SHAPES = (  # the first characters `<?` or `<x` in encodings without a byte order mark
    (re.compile(rb"<\0\0\0"), "utf-32-le", 4),
    (re.compile(rb"\0\0\0<"), "utf-32-be", 4),
    (re.compile(rb"<\0[^\0]\0"), "utf-16-le", 2),
    (re.compile(rb"\0<\0[^\0]"), "utf-16-be", 2),
)
_PROLOG = re.compile(r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DECLARATION = re.compile(r"(<\?xml\b[^>]*?\bencoding\s*=\s*)(['\"])([\w.:-]+)\2")
_ROOT_NAME = re.compile(r"<([^\s/>]+)")
_PREFIX = re.compile(r"xmlns:([^\s=]+)\s*=")
_VALUES = etree.XPath("@*", smart_strings=False)
_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)")


@dataclass(frozen=True)
class Packet:
    """A parsed packet: the root element, and the text before and after it as it was."""

    head: str
    root: etree._Element
    tail: str
    prefixes: tuple[str, ...] = ()  # every namespace prefix that the text declares

    @cached_property
    def rdf(self) -> etree._Element:
        """The rdf:RDF element; raises SidecarBroken when there is none."""
        if self.root.tag == names.ROOT:
            return self.root
        found = self.root.find(names.ROOT)
        if found is None:
            raise SidecarBroken("the file holds no rdf:RDF element, so it is no XMP sidecar")
        return found

    @cached_property
    def nodes(self) -> list[etree._Element]:
        """The rdf:Description elements that carry the properties."""
        return list(self.rdf.iterchildren(names.NODE))

    @cached_property
    def attributed(self) -> list[tuple[etree._Element, dict[str, str]]]:
        """Those elements with their attributes; whoever deletes one tells it here.

        To look for a name in the tree costs a walk over all attributes, and developing
        programs write hundreds of them; `attrib.items()` even walks over all for each value.
        """
        return [
            (node, dict(zip(map(str, node.keys()), cast("list[str]", _VALUES(node)), strict=True)))
            for node in self.nodes
        ]

    @cached_property
    def elements(self) -> dict[str, list[etree._Element]]:
        """The properties written as elements, by name; kept in step as `attributed` is."""
        found: dict[str, list[etree._Element]] = {}
        for node in self.nodes:
            for child in node.iterchildren("*"):
                found.setdefault(child.tag, []).append(child)
        return found

    def to_bytes(self) -> bytes:
        """The packet in UTF-8."""
        body = etree.tostring(self.root, encoding="unicode", with_tail=False)
        return (self.head + body + self.tail).encode("utf-8")


def parse(content: bytes) -> Packet:
    """Read a packet in any Unicode encoding; raises SidecarBroken for what is none.

    Document types and entities are refused: no program writes them into a sidecar, and they
    are how XML is made to explode.
    """
    if len(content) > LARGEST_BYTES:
        raise SidecarBroken(f"larger than {LARGEST_BYTES >> 20} MiB, so it is no XMP sidecar")
    text = _decode(content)
    if _DTD.search(text):
        raise SidecarBroken("it declares a document type or entities, which no sidecar needs")
    start = _end(_PROLOG.match(text))
    opening = _ROOT_NAME.match(text, start)
    if opening is None:
        raise SidecarBroken("the file holds no XML element" if text.strip() else "it is empty")
    closing = text.rfind(f"</{opening[1]}")
    end = text.find(">", closing) + 1 if closing >= 0 else len(text)
    head = _DECLARATION.sub(r"\1\2UTF-8\2", text[:start], count=1)
    end = end or len(text)
    prefixes = tuple(set(_PREFIX.findall(text)))
    packet = Packet(head, _root(text, start, end), text[end:], prefixes)
    _ = packet.rdf
    return packet


def _root(text: str, start: int, end: int) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=False,
        remove_blank_text=False,
    )
    try:
        return etree.fromstring(text[start:end].encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = getattr(error, "lineno", None) or 1
        line += text.count("\n", 0, start)
        raise SidecarBroken(f"not well-formed XML at line {line}: {_brief(error)}") from error


def _brief(error: Exception) -> str:
    return str(error).split(", line ", maxsplit=1)[0]


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _decode(content: bytes) -> str:
    encoding, width, offset = _encoding(content)
    body = content[offset:]
    if width > 1:
        body = body[: len(body) - len(body) % width]  # Lightroom 4.1 leaves an odd byte behind
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise SidecarBroken(f"line {line} is not text in {encoding.upper()}") from error
    keeps_mark = content.startswith(codecs.BOM_UTF8)
    return ("\ufeff" if keeps_mark else "") + text.rstrip("\0")


def _encoding(content: bytes) -> tuple[str, int, int]:
    """Codec, bytes per unit, and where the text begins."""
    for mark, encoding, width in _BOMS:
        if content.startswith(mark):
            return encoding, width, len(mark)
    for shape, encoding, width in _SHAPES:
        if shape.match(content):
            return encoding, width, 0
    declared = _DECLARATION.match(content[:200].decode("latin-1"))
    name = declared[3].lower() if declared else "utf-8"
    try:
        codec = codecs.lookup(name)
        is_plain = codec.encode("<?xml")[0] == b"<?xml"
    except (LookupError, TypeError, UnicodeError):
        raise SidecarBroken(f"its encoding {name!r} is unknown") from None
    return (codec.name if is_plain else "utf-8"), 1, 0
