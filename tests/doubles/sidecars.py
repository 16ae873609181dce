"""Values for tests of sidecars: taggings, packets of many shapes, what programs do to lists."""

from dataclasses import replace
from datetime import UTC, datetime

from phototagd.domain.asset import AssetId
from phototagd.domain.sidecar import KeywordLists
from phototagd.domain.tagging import Answer, Recipe, Tagging

HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
TAIL = '\n<?xpacket end="w"?>\n'
NAMESPACES = """xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:mediapro="http://ns.iview-multimedia.com/mediapro/1.0/"
    xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\""""


def tagging(
    caption: str = "A boat on a lake.",
    keywords: tuple[str, ...] = ("lake", "boat"),
    *,
    asset: int = 1,
    model: str = "qwen3-vl:4b-instruct",
) -> Tagging:
    return Tagging(
        asset=AssetId(asset),
        recipe=Recipe(
            key="r1",
            model=model,
            model_digest="sha256:ab",
            system="",
            user="",
            schema="{}",
            options="{}",
            image_long_side=1024,
            language="en",
        ),
        answer=Answer(
            caption=caption,
            category="landscape",
            keywords=keywords,
            mood=("calm",),
            objects=("boat",),
            people=0,
            sensitive="none",
            text=("HARBOUR",),
        ),
        raw="{}",
        created_at=datetime(2026, 5, 1, 10, tzinfo=UTC),
    )


def packet(properties: str = "", attributes: str = "", *, head: str = HEAD) -> bytes:
    """A sidecar with these property elements and attributes in one rdf:Description."""
    return f"""{head}<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="test">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    {NAMESPACES}
    {attributes}>
{properties}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>{TAIL}""".encode()


def listed(name: str, items: tuple[str, ...], kind: str = "Bag") -> str:
    """A list property as programs write it."""
    inner = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
    return f"   <{name}><rdf:{kind}>{inner}</rdf:{kind}></{name}>\n"


def alternative(name: str, **texts: str) -> str:
    """A language alternative; `x_default` is spelled `x-default`."""
    inner = "".join(
        f'<rdf:li xml:lang="{language.replace("_", "-")}">{text}</rdf:li>'
        for language, text in texts.items()
    )
    return f"   <{name}><rdf:Alt>{inner}</rdf:Alt></{name}>\n"


def as_darktable_writes(lists: KeywordLists, *added: str) -> KeywordLists:
    """Sorted, with its own tag, and all words above a leaf repeated in dc:subject."""
    paths = sorted({*(lists.hierarchical or ()), *added, "darktable|format|jpg"})
    words = sorted({word for path in paths for word in path.split("|")})
    return replace(lists, hierarchical=tuple(paths), subject=tuple(words))


def as_digikam_writes(paths: tuple[str, ...]) -> KeywordLists:
    """All five lists, complete."""
    leaves = tuple(dict.fromkeys(path.rpartition("|")[2] for path in paths))
    return KeywordLists(leaves, paths, paths, paths, paths)


def as_immich_writes(lists: KeywordLists, paths: tuple[str, ...]) -> KeywordLists:
    """TagsList alone; without a tag the property goes."""
    return replace(lists, tags_list=paths or None)
