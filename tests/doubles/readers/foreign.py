"""What a sidecar says besides what we may write: compared before and after, without our code."""

from collections import Counter

from lxml import etree

from doubles.readers.sheet import (
    DC,
    DIGIKAM,
    LR,
    MEDIAPRO,
    MICROSOFT,
    MICROSOFT_BARE,
    RDF,
    TIFF,
    XML_LANG,
)

PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
IPTC = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
WRITTEN = frozenset(
    {
        f"{DC}subject",
        f"{LR}hierarchicalSubject",
        f"{DIGIKAM}TagsList",
        f"{MICROSOFT}LastKeywordXMP",
        f"{MICROSOFT_BARE}LastKeywordXMP",
        f"{MEDIAPRO}CatalogSets",
        f"{DC}description",
        f"{TIFF}ImageDescription",
        f"{IPTC}AltTextAccessibility",
        f"{IPTC}CountryCode",
        f"{PHOTOSHOP}City",
        f"{PHOTOSHOP}State",
        f"{PHOTOSHOP}Country",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    }
)
OURS = "{http://ns.phototagd.org/1.0/}"


def everything_else(content: bytes) -> tuple[Counter[bytes], list[bytes]]:
    """Each foreign property as canonical XML, and the comments and instructions in order."""
    root = etree.fromstring(content)
    found: Counter[bytes] = Counter()
    for node in root.iter(f"{RDF}Description"):
        if node.getparent().tag != f"{RDF}RDF":
            continue
        for name, value in node.attrib.items():
            if name not in WRITTEN and not name.startswith(OURS):
                found[f"{name}={value}".encode()] += name != f"{RDF}about"
        for child in node.iterchildren("*"):
            if child.tag not in WRITTEN and not child.tag.startswith(OURS):
                found[etree.tostring(child, method="c14n", exclusive=True, with_tail=False)] += 1
    notes = root.iter(etree.Comment, etree.ProcessingInstruction)
    return +found, [etree.tostring(note, with_tail=False) for note in notes]


def other_languages(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """Captions in languages other than the default."""
    root = etree.fromstring(content)
    return {
        name: sorted(
            (item.get(XML_LANG, ""), item.text or "")
            for element in root.iter(name)
            for item in element.iter(f"{RDF}li")
            if item.get(XML_LANG, "x-default") != "x-default"
        )
        for name in (f"{DC}description", f"{TIFF}ImageDescription")
    }
