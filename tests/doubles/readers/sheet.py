"""An XMP sidecar as bare properties: attributes and elements, containers and languages."""

from dataclasses import dataclass, field

from lxml import etree

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = "{http://purl.org/dc/elements/1.1/}"
LR = "{http://ns.adobe.com/lightroom/1.0/}"
DIGIKAM = "{http://www.digikam.org/ns/1.0/}"
MICROSOFT = "{http://ns.microsoft.com/photo/1.0/}"
MICROSOFT_BARE = "{http://ns.microsoft.com/photo/1.0}"
MEDIAPRO = "{http://ns.iview-multimedia.com/mediapro/1.0/}"
TIFF = "{http://ns.adobe.com/tiff/1.0/}"


@dataclass
class Property:
    """One property: its container (`Bag`, `Seq`, `Alt` or none) and its items by language."""

    container: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The items without their languages, empty ones left out."""
        return [text for _, text in self.items if text.strip()]

    def in_language(self, language: str) -> str:
        """The text of one language; empty when there is none."""
        return next((text for lang, text in self.items if lang == language), "")


class Sheet:
    """The properties of every rdf:Description of a packet."""

    def __init__(self, content: bytes) -> None:
        self.root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        self._properties: dict[str, Property] = {}
        for node in self.root.iter(f"{RDF}Description"):
            for name, value in node.attrib.items():
                self._properties.setdefault(str(name), Property(items=[("", str(value))]))
            for child in node.iterchildren("*"):
                self._properties.setdefault(str(child.tag), _property(child))

    def get(self, name: str) -> Property:
        """A property; an empty one when it is not there."""
        return self._properties.get(name, Property())

    @property
    def is_spaced(self) -> bool:
        """Whether white space stands before every element below the first."""
        return all(
            (before.tail if (before := element.getprevious()) is not None else parent.text)
            for element in self.root.iterdescendants("*")
            if (parent := element.getparent()) is not None
        )


def _property(element: etree._Element) -> Property:
    for child in element.iterchildren(f"{RDF}Bag", f"{RDF}Seq", f"{RDF}Alt"):
        items = [(li.get(XML_LANG, ""), li.text or "") for li in child.iterchildren(f"{RDF}li")]
        return Property(etree.QName(child).localname, items)
    return Property(items=[("", element.text or "")])
