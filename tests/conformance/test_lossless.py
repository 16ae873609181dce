"""Whatever a sidecar looks like, all in it that is not ours is there after our write.

Compared by canonical XML, property by property, without any of our code: what counts is what
another program finds.
"""

import codecs
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doubles.readers.foreign import PHOTOSHOP, everything_else, other_languages
from doubles.readers.sheet import DC, DIGIKAM, LR, MEDIAPRO, RDF, TIFF
from doubles.sidecars import tagging
from phototagd.adapters.xmp import XmpEditor
from phototagd.domain.asset import Place
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge

NOW = datetime(2026, 5, 2, tzinfo=UTC)
EDITOR = XmpEditor()


def merged(content: bytes) -> bytes:
    said = tagging()
    place = Place("Bergen", "Vestland", "Norway", "NO")
    offer = Offer("phototagd", "h", tagging=said, keywords=keywords_of(said), place=place)
    edit = merge(EDITOR.read(content), offer)
    assert edit is not None
    return EDITOR.edit(content, edit, NOW)


# --- sidecars of every shape -------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
escaped = words.map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
)
FOREIGN = 'xmlns:f="http://example.org/foreign/"'


def _list(name: str, items: list[str], container: str) -> str:
    inner = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
    return f"<{name}><rdf:{container}>{inner}</rdf:{container}></{name.split(maxsplit=1)[0]}>"


def _languages(name: str, first: str, second: str) -> str:
    return (
        f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{first}</rdf:li>'
        f'<rdf:li xml:lang="de-DE">{second}</rdf:li></rdf:Alt></{name}>'
    )


foreign = st.one_of(
    st.builds("<f:plain {}>{}</f:plain>".format, st.just(FOREIGN), escaped),
    st.builds('<f:empty {} f:with="{}"/>'.format, st.just(FOREIGN), escaped),
    st.builds(
        "<f:data {}><![CDATA[{}]]></f:data>".format,
        st.just(FOREIGN),
        words.filter(lambda text: "]" not in text),
    ),
    st.builds(
        '<f:structure {} rdf:parseType="Resource"><f:x>{}</f:x> <f:y><rdf:Seq/></f:y>'
        "</f:structure>".format,
        st.just(FOREIGN),
        escaped,
    ),
    st.builds("<!--{}-->".format, words.filter(lambda text: "-" not in text)),
    st.builds("<?note {}?>".format, words.filter(lambda t: "?" not in t and t == t.strip())),
    st.builds(_languages, st.just("dc:rights"), escaped, escaped),
)
known = st.one_of(
    st.builds(
        _list,
        st.sampled_from(
            [
                "dc:subject",
                "lr:hierarchicalSubject",
                "digiKam:TagsList",
                "mediapro:CatalogSets",
                'M:LastKeywordXMP xmlns:M="http://ns.microsoft.com/photo/1.0"',
                'M:LastKeywordXMP xmlns:M="http://ns.microsoft.com/photo/1.0/"',
            ]
        ),
        st.lists(escaped, max_size=3),
        st.sampled_from(["Bag", "Seq", "Alt"]),
    ),
    st.builds(
        _languages, st.sampled_from(["dc:description", "tiff:ImageDescription"]), escaped, escaped
    ),
    st.builds("<photoshop:City>{}</photoshop:City>".format, escaped),
)
attributes = st.sampled_from(
    ["", 'xmp:Rating="3"', 'dc:description="told"', 'xmp:Label="a" photoshop:City="Rome"']
)
descriptions = st.tuples(st.lists(foreign | known, max_size=4), attributes)
HEADS = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n',
    '<?xml version="1.0"?>\n<!-- first -->\n',
    "",
)
TAILS = ('\n<?xpacket end="w"?>', "\n", "")


def _sheet(parts: list[tuple[list[str], str]], gap: str, head: str, tail: str) -> str:
    spaces = " ".join(
        f'xmlns:{prefix}="{uri.strip("{}")}"'
        for prefix, uri in (
            ("dc", DC),
            ("lr", LR),
            ("digiKam", DIGIKAM),
            ("mediapro", MEDIAPRO),
            ("tiff", TIFF),
            ("photoshop", PHOTOSHOP),
            ("xmp", "http://ns.adobe.com/xap/1.0/"),
        )
    )
    nodes = "".join(
        f'\n<rdf:Description rdf:about="" {spaces} {more}>{gap}{gap.join(inside)}</rdf:Description>'
        for inside, more in parts
    )
    return (
        f'{head}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF.strip("{}")}">'
        f"{nodes}\n</rdf:RDF></x:xmpmeta>{tail}"
    )


sheets = st.builds(
    _sheet,
    st.lists(descriptions, min_size=1, max_size=3),
    st.sampled_from(["", "\n", "\n    "]),
    st.sampled_from(HEADS),
    st.sampled_from(TAILS),
)
ENCODINGS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@settings(max_examples=200, deadline=None)
@given(sheets, st.sampled_from(ENCODINGS))
def test_everything_that_is_not_ours_is_there_afterwards(
    text: str, encoding: tuple[bytes, str]
) -> None:
    mark, codec = encoding

    once = merged(mark + text.encode(codec))

    assert everything_else(once) == everything_else(text.encode())
    assert other_languages(once) == other_languages(text.encode())
    assert merged(once) == once


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("tail", TAILS)
def test_what_stands_around_the_packet_is_kept(head: str, tail: str) -> None:
    once = merged(_sheet([([], "")], "\n", head, tail).encode())

    assert once.startswith(head.encode())
    assert once.endswith(b"</x:xmpmeta>" + tail.encode())


def test_the_comparison_notices_every_loss() -> None:
    """Or the test above could not fail."""
    full = _sheet(
        [([f"<f:a {FOREIGN}>1</f:a>", "<!--c-->"], 'xmp:Rating="3"'), ([], "")], "\n", "", ""
    )
    losses = (full, *(full.replace(part, "") for part in ("1", "<!--c-->", 'xmp:Rating="3"')))

    seen = [everything_else(text.encode()) for text in losses]

    assert all(a != b for a, b in pairwise([seen[0], *seen[1:]]))
    assert seen.count(seen[0]) == 1
