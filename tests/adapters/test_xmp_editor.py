"""Edits change what they name, in whatever form it was written, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from doubles.sidecars import HEAD, TAIL, alternative, listed, packet, tagging
from phototagd.adapters.xmp import XmpEditor, names, nodes
from phototagd.adapters.xmp.canonical import canonical
from phototagd.adapters.xmp.packet import Packet, parse
from phototagd.domain.asset import Place
from phototagd.domain.errors import SidecarBroken, SidecarError
from phototagd.domain.sidecar import KeywordLists, KeywordPast, OurRecord, SidecarEdit
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge

NOW = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
EDITOR = XmpEditor()
LISTS = KeywordLists(("u1", "lake"), ("A|u1", "lake"), ("A|u1", "lake"))


def edited(content: bytes, **fields: object) -> bytes:
    return EDITOR.edit(content, SidecarEdit(OurRecord(), **fields), NOW)  # type: ignore[arg-type]


def merged(content: bytes, now: datetime = NOW) -> bytes:
    said = tagging()
    place = Place("Bergen", "Vestland", "Norway", "NO")
    offer = Offer("phototagd 0.1.0", "h", tagging=said, keywords=keywords_of(said), place=place)
    edit = merge(EDITOR.read(content), offer)
    assert edit is not None
    return EDITOR.edit(content, edit, now)


@pytest.mark.parametrize(
    "content",
    [
        packet(listed("dc:subject", ("u1",)) + listed("digiKam:TagsList", ("A/u1",), "Seq")),
        packet(listed("dc:subject", ("u1",), "Seq") + listed("digiKam:TagsList", ("A/u1",))),
        packet("<dc:subject>u1</dc:subject><digiKam:TagsList>A/u1</digiKam:TagsList>"),
        packet("", 'dc:subject="u1" digiKam:TagsList="A/u1"'),
        packet(
            "<dc:subject><!-- c --><rdf:Bag><rdf:li><![CDATA[u1]]></rdf:li></rdf:Bag>"
            "</dc:subject>" + listed("digiKam:TagsList", ("A/u1",), "Alt")
        ),
        packet(
            '<dc:subject rdf:parseType="Literal">u1</dc:subject>'
            + listed("digiKam:TagsList", ("A/u1",), "Seq")
        ),
    ],
    ids=["regular", "wrong-container", "literal", "attribute", "cdata", "parse-type"],
)
def test_lists_are_read_in_every_form_and_written_in_the_right_one(content: bytes) -> None:
    assert EDITOR.read(content).lists == KeywordLists(("u1",), None, ("A|u1",))

    after = edited(content, lists=LISTS)

    assert EDITOR.read(after).lists == LISTS
    root = parse(after)
    for name, kind in (
        (names.SUBJECT, names.BAG),
        (names.HIERARCHICAL, names.BAG),
        (names.TAGS_LIST, names.SEQ),
    ):
        [element] = nodes.elements(root, name)
        assert [child.tag for child in element.iterchildren("*")] == [kind]


def test_properties_spread_over_several_descriptions_are_one_sidecar() -> None:
    two = (
        packet(listed("dc:subject", ("u1",)))
        .decode()
        .replace(
            " </rdf:RDF>",
            ' <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:subject><rdf:Bag><rdf:li>u2</rdf:li></rdf:Bag></dc:subject></rdf:Description>"
            "</rdf:RDF>",
        )
    )

    after = edited(two.encode(), lists=KeywordLists(subject=("u1", "u2", "lake")))

    assert EDITOR.read(two.encode()).lists.subject == ("u1", "u2")
    assert EDITOR.read(after).lists.subject == ("u1", "u2", "lake")
    assert after.count(b"dc:subject>") == 2


@pytest.mark.parametrize("spelling", ["1.0", "1.0/"])
def test_both_spellings_of_microsofts_namespace_are_one(spelling: str) -> None:
    content = packet(
        listed("M:LastKeywordXMP", ("A/u1",)).replace(
            "<M:LastKeywordXMP>",
            f'<M:LastKeywordXMP xmlns:M="http://ns.microsoft.com/photo/{spelling}">',
        )
    )

    after = edited(content, lists=KeywordLists(microsoft=("A|u1", "lake")))

    assert EDITOR.read(after).lists.microsoft == ("A|u1", "lake")
    assert after.count(b"LastKeywordXMP>") == 1
    assert f'"http://ns.microsoft.com/photo/{spelling}"'.encode() in after


def test_a_slash_inside_a_word_survives_the_lists_that_nest_by_slashes() -> None:
    after = edited(packet(), lists=KeywordLists(tags_list=("Bands|AC/DC",)))

    assert rb"Bands/AC\DC" in after
    assert EDITOR.read(after).lists.tags_list == ("Bands|AC/DC",)


def test_captions_in_other_languages_stay() -> None:
    content = packet(alternative("dc:description", x_default="old", de_DE="Kapitel"))

    after = edited(content, caption="new")

    assert nodes.languages_of(parse(after), names.DESCRIPTION) == {
        "x-default": "new",
        "de-de": "Kapitel",
    }
    removed = edited(after, caption="")
    assert nodes.languages_of(parse(removed), names.DESCRIPTION) == {"de-de": "Kapitel"}


@pytest.mark.parametrize(
    "content",
    [
        packet("", 'dc:description="old"'),
        packet("<dc:description>old</dc:description>"),
        packet("<dc:description><rdf:Alt><rdf:li>old</rdf:li></rdf:Alt></dc:description>"),
        packet(alternative("dc:description", x_default="old")),
    ],
)
def test_captions_are_read_in_every_form(content: bytes) -> None:
    assert EDITOR.read(content).caption == "old"
    assert EDITOR.read(edited(content, caption="new & <b>")).caption == "new & <b>"
    assert EDITOR.read(edited(content, caption="")).caption is None


def test_place_and_our_record_come_back_as_written() -> None:
    said = tagging()
    after = merged(packet())

    state = EDITOR.read(after)

    assert state.place == Place("Bergen", "Vestland", "Norway", "NO")
    assert state.record is not None
    assert state.record.keywords == KeywordPast(
        ("lake", "boat"), ("lake", "boat"), (), ("lake", "boat")
    )
    assert state.record.caption == said.answer.caption
    assert state.record.provenance.text == ("HARBOUR",)
    assert state.record.provenance.people == 0


def test_editing_again_gives_the_very_same_bytes() -> None:
    once = merged(packet(listed("dc:subject", ("u1",))))

    assert merged(once, datetime(2027, 1, 1, tzinfo=UTC)) is once


def test_new_properties_stand_on_lines_of_their_own() -> None:
    """Darktable's importer steps over the text between two elements without looking."""
    compact = etree.tostring(parse(packet()).root).replace(b"\n", b"")

    for content in (compact, packet(), EDITOR.seed(None)):
        for element in parse(merged(content)).nodes[0].iterdescendants("{*}*"):
            before = element.getprevious()
            parent = element.getparent()
            assert parent is not None
            gap = before.tail if before is not None else parent.text
            assert gap
            assert "\n" in gap


def test_namespaces_are_declared_once() -> None:
    assert merged(packet()).count(b'"http://ns.phototagd.org/1.0/"') == 1
    assert merged(EDITOR.seed(None)).count(b'"http://purl.org/dc/elements/1.1/"') == 1


def test_only_what_was_asked_for_is_written() -> None:
    text = merged(EDITOR.seed(None)).decode()

    for never in ("Rating", "title", "CreatorTool", "DigitalSourceType", "AISystem", "PersonIn"):
        assert never not in text
    assert "<xmp:MetadataDate>2026-05-02T09:30:00Z</xmp:MetadataDate>" in text


def test_harm_to_what_is_not_ours_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packet("<xmp:Rating>4</xmp:Rating>")

    def careless(tree: Packet, name: str, value: str) -> bool:
        return nodes.remove(tree, "{http://ns.adobe.com/xap/1.0/}Rating")

    monkeypatch.setattr(nodes, "set_text", careless)
    with pytest.raises(SidecarError, match="not ours"):
        edited(content, caption="new")


def test_a_seed_keeps_the_persons_words_and_leaves_the_encoding_behind() -> None:
    embedded = packet(
        listed("dc:subject", ("u1",)) + "<xmp:Rating>4</xmp:Rating>"
        '<crs:Exposure xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/">1</crs:Exposure>'
        '<C:Directory xmlns:C="http://ns.google.com/photos/1.0/container/"/>'
        '<xmpNote:HasExtendedXMP xmlns:xmpNote="http://ns.adobe.com/xmp/note/">A</xmpNote:'
        "HasExtendedXMP>",
        'xmlns:g="http://ns.adobe.com/hdr-gain-map/1.0/" g:Version="1.0"',
    )

    seed = EDITOR.seed(embedded + b" " * 2000)

    assert EDITOR.read(seed).lists.subject == ("u1",)
    assert b"<xmp:Rating>4" in seed
    for left in (b"camera-raw", b"google", b"xmp/note", b"hdr-gain-map", b"    " * 100):
        assert left not in seed
    assert seed.decode().startswith(HEAD)
    assert seed.decode().endswith(TAIL)


def test_a_broken_embedded_packet_gives_an_empty_seed() -> None:
    assert EDITOR.seed(b"<broken") == EDITOR.seed(None)


def test_a_broken_sidecar_is_refused() -> None:
    with pytest.raises(SidecarBroken):
        edited(b"<broken", caption="new")


# --- packets of every shape ------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
escaped = texts.map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"))
FOREIGN = 'xmlns:f="http://example.org/foreign/"'
foreign = st.one_of(
    st.builds("<f:a {0}>{1}</f:a>".format, st.just(FOREIGN), escaped),
    st.builds('<f:b {0} f:c="{1}"/>'.format, st.just(FOREIGN), escaped),
    st.builds("<!--{0}-->".format, texts.filter(lambda t: "-" not in t)),
    st.builds("<?pi {0}?>".format, texts.filter(lambda t: "?" not in t and not t[:1].isspace())),
    st.builds(
        "<f:d {0}><![CDATA[{1}]]></f:d>".format,
        st.just(FOREIGN),
        texts.filter(lambda t: "]" not in t),
    ),
    st.builds(
        '<f:e {0} rdf:parseType="Resource"><f:x>{1}</f:x> <f:y><rdf:Seq/></f:y></f:e>'.format,
        st.just(FOREIGN),
        escaped,
    ),
)
ours = st.one_of(
    st.builds(
        listed,
        st.sampled_from(
            ["dc:subject", "lr:hierarchicalSubject", "digiKam:TagsList", "mediapro:CatalogSets"]
        ),
        st.lists(escaped, max_size=3).map(tuple),
        st.sampled_from(["Bag", "Seq", "Alt"]),
    ),
    st.builds(
        alternative,
        st.sampled_from(["dc:description", "tiff:ImageDescription"]),
        x_default=escaped,
        de=escaped,
    ),
    st.builds("<photoshop:City>{0}</photoshop:City>".format, escaped),
)
shapes = st.builds(
    lambda parts, gap, attribute: packet(gap.join(parts), attribute),
    st.lists(foreign | ours, max_size=6),
    st.sampled_from(["", "\n", "\n   "]),
    st.sampled_from(["", 'xmp:Rating="3"', 'dc:description="told"', 'photoshop:City="Rome"']),
)


@settings(max_examples=150, deadline=None)
@given(shapes, st.sampled_from(["utf-8", "utf-16"]))
def test_whatever_the_shape_the_rest_is_kept_and_a_second_merge_is_idle(
    content: bytes, encoding: str
) -> None:
    content = content.decode().encode(encoding)

    once = merged(content)

    every = frozenset(
        f"{{{uri}}}{local}"
        for uri in (
            names.DC,
            names.LR,
            names.DIGIKAM,
            names.TIFF,
            names.MEDIAPRO,
            names.XMP,
            names.PHOTOSHOP,
            names.IPTC_CORE,
        )
        for local in (
            "subject",
            "hierarchicalSubject",
            "TagsList",
            "CatalogSets",
            "description",
            "ImageDescription",
            "MetadataDate",
            "AltTextAccessibility",
            "City",
            "State",
            "Country",
            "CountryCode",
        )
    )
    assert canonical(parse(once), every) == canonical(parse(content), every)
    assert merged(once, datetime(2027, 1, 1, tzinfo=UTC)) is once


def test_the_order_of_an_equal_list_is_not_touched() -> None:
    content = packet(listed("dc:subject", ("b", "a")))
    edit = SidecarEdit(OurRecord(), lists=KeywordLists(subject=("b", "a")))

    after = EDITOR.edit(content, edit, NOW)

    assert b"<rdf:li>b</rdf:li><rdf:li>a</rdf:li>" in after
    assert EDITOR.edit(after, replace(edit, caption=None), NOW) is after
