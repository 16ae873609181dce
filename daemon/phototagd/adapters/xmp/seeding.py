"""A new packet: empty, or grown from the one inside the photo."""

from lxml import etree

from phototagd.adapters.xmp import names
from phototagd.adapters.xmp.packet import Packet, parse
from phototagd.domain.errors import SidecarBroken

_HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = '\n<?xpacket end="w"?>\n'
_EMPTY = f"""<x:xmpmeta xmlns:x="{names.X}">
 <rdf:RDF xmlns:rdf="{names.RDF}">
  <rdf:Description rdf:about=""/>
 </rdf:RDF>
</x:xmpmeta>"""

# What describes the encoding of one file, and would be wrong or huge in its neighbour:
# development settings, pointers to extended packets, gain maps, depth maps, motion photos.
_LEFT_BEHIND = (
    "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/camera-raw-saved-settings/1.0/",
    "http://ns.adobe.com/xmp/note/",
    "http://ns.adobe.com/hdr-gain-map/1.0/",
    "http://ns.apple.com/HDRGainMap/1.0/",
    "http://ns.google.com/photos/1.0/",
    "http://ns.google.com/photos/dd/1.0/",
)


def empty() -> Packet:
    """A packet that says nothing yet."""
    return Packet(_HEAD, parse(_EMPTY.encode()).root, _TAIL)


def seeded(embedded: bytes | None) -> Packet:
    """A packet that says what a photo's own packet says; empty where that cannot be read."""
    if not embedded:
        return empty()
    try:
        root = parse(embedded).root
    except SidecarBroken:
        return empty()
    packet = Packet(_HEAD, root, _TAIL)
    for node in packet.nodes:
        for name in [str(name) for name in node.attrib if _is_left_behind(str(name))]:
            del node.attrib[name]
        for child in [child for child in node if _is_left_behind(child.tag)]:
            node.remove(child)
    etree.cleanup_namespaces(root)
    etree.indent(root, space=" ")
    return packet


def _is_left_behind(name: object) -> bool:
    return isinstance(name, str) and name.startswith(tuple(f"{{{uri}" for uri in _LEFT_BEHIND))
