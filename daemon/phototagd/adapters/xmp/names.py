"""The names that XMP properties have, in Clark notation `{namespace}local`.

Sources: Adobe XMP specification parts 1 and 2, IPTC Photo Metadata 2023.1, and what digiKam
(digiKam, MicrosoftPhoto, mediapro) writes.
"""

from typing import Final

X = "adobe:ns:meta/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
DC = "http://purl.org/dc/elements/1.1/"
LR = "http://ns.adobe.com/lightroom/1.0/"
DIGIKAM = "http://www.digikam.org/ns/1.0/"
TIFF = "http://ns.adobe.com/tiff/1.0/"
XMP = "http://ns.adobe.com/xap/1.0/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
MEDIAPRO = "http://ns.iview-multimedia.com/mediapro/1.0/"
# exiv2 adds the slash, Microsoft and exiftool leave it out: one property, two spellings.
MICROSOFT = ("http://ns.microsoft.com/photo/1.0/", "http://ns.microsoft.com/photo/1.0")
OURS = "http://ns.phototagd.org/1.0/"

PREFIXES: Final = {
    X: "x",
    RDF: "rdf",
    DC: "dc",
    LR: "lr",
    DIGIKAM: "digiKam",
    TIFF: "tiff",
    XMP: "xmp",
    PHOTOSHOP: "photoshop",
    IPTC_CORE: "Iptc4xmpCore",
    MEDIAPRO: "mediapro",
    MICROSOFT[0]: "MicrosoftPhoto",
    MICROSOFT[1]: "MicrosoftPhoto",
    OURS: "phototagd",
}

SUBJECT = f"{{{DC}}}subject"
HIERARCHICAL = f"{{{LR}}}hierarchicalSubject"
TAGS_LIST = f"{{{DIGIKAM}}}TagsList"
LAST_KEYWORD = tuple(f"{{{uri}}}LastKeywordXMP" for uri in MICROSOFT)
CATALOG_SETS = f"{{{MEDIAPRO}}}CatalogSets"
DESCRIPTION = f"{{{DC}}}description"
IMAGE_DESCRIPTION = f"{{{TIFF}}}ImageDescription"
ALT_TEXT = f"{{{IPTC_CORE}}}AltTextAccessibility"
CITY = f"{{{PHOTOSHOP}}}City"
STATE = f"{{{PHOTOSHOP}}}State"
COUNTRY = f"{{{PHOTOSHOP}}}Country"
COUNTRY_CODE = f"{{{IPTC_CORE}}}CountryCode"
METADATA_DATE = f"{{{XMP}}}MetadataDate"

LANG = f"{{{XML}}}lang"
LI = f"{{{RDF}}}li"
BAG = f"{{{RDF}}}Bag"
SEQ = f"{{{RDF}}}Seq"
ALT = f"{{{RDF}}}Alt"
ABOUT = f"{{{RDF}}}about"
VALUE = f"{{{RDF}}}value"
NODE = f"{{{RDF}}}Description"
ROOT = f"{{{RDF}}}RDF"


def ours(local: str) -> str:
    """A property in our own namespace."""
    return f"{{{OURS}}}{local}"
