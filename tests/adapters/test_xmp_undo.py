"""Whatever a sidecar said before us it says again after an undo from the sidecar alone."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from doubles.sidecars import alternative, listed, packet, tagging
from phototagd.adapters.xmp import XmpEditor
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import SidecarState
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.keyword_merging import by_key
from phototagd.rules.sidecars.merging import Offer, merge
from phototagd.rules.sidecars.retracting import retract

EDITOR = XmpEditor()
AT = datetime(2026, 5, 2, tzinfo=UTC)
LISTS = {
    "dc:subject": ("u1", "u2"),
    "lr:hierarchicalSubject": ("A|u1", "u3"),
    "digiKam:TagsList": ("A/u1",),
    "mediapro:CatalogSets": ("A|u1",),
}
PLACE = """   <photoshop:City>Oslo</photoshop:City>
"""

packets = st.tuples(
    st.sets(st.sampled_from(sorted(LISTS))),
    st.sampled_from(["", "u caption"]),
    st.sampled_from(["", "Untertitel"]),
    st.sampled_from(["", "u image"]),
    st.booleans(),
)


def said(keywords: tuple[str, ...], caption: str, place: Place | None) -> Offer:
    return Offer(
        "phototagd", "h", tagging=tagging(caption, keywords), keywords=keywords, place=place
    )


def written(content: bytes, offer: Offer) -> bytes:
    edit = merge(EDITOR.read(content), offer)
    assert edit is not None
    return EDITOR.edit(content, edit, AT)


def undone(content: bytes) -> bytes:
    edit = retract(EDITOR.read(content))
    assert edit is not None
    return EDITOR.edit(content, edit, AT)


def words(state: SidecarState) -> set[str]:
    return {key[-1] for key in by_key(paths_in(state.lists))}


@given(packets, st.lists(st.sampled_from(["lake", "u1", "A|u3", "Sky|blue"]), unique=True))
def test_an_undo_gives_back_every_word_and_every_property(
    made: tuple[set[str], str, str, str, bool], keywords: list[str]
) -> None:
    lists, caption, translated, image, has_place = made
    texts = {"x_default": caption, "de_DE": translated}
    texts = {language: text for language, text in texts.items() if text}
    content = packet(
        "".join(listed(name, LISTS[name]) for name in sorted(lists))
        + (alternative("dc:description", **texts) if texts else "")
        + (alternative("tiff:ImageDescription", x_default=image) if image else "")
        + (PLACE if has_place else ""),
        'xmp:Rating="4"',
    )
    before = EDITOR.read(content)
    once = written(content, said(tuple(keywords), "A lake.", Place("Bergen", "", "Norway", "NO")))
    twice = written(once, said(("sea", *keywords[:1]), "The sea.", None))

    after_bytes = undone(twice)

    after = EDITOR.read(after_bytes)
    assert words(after) == words(before)
    assert (after.lists.subject is None) == (before.lists.subject is None) or words(before)
    assert after.place == before.place
    assert after.alt_text == before.alt_text
    assert after.is_translated == before.is_translated
    assert after.caption in (before.caption, before.image_description)
    assert after.image_description in (before.image_description, before.caption)
    assert after.record is None
    assert b"phototagd" not in after_bytes
    assert not EDITOR.says_more(content, after_bytes)
    assert not EDITOR.says_more(after_bytes, content)


def test_only_what_another_packet_lacks_is_more() -> None:
    plain, rated = packet(), packet(attributes='xmp:Rating="4"')
    commented = packet("<!-- kept -->")

    assert EDITOR.says_more(rated, plain)
    assert EDITOR.says_more(commented, plain)
    assert not EDITOR.says_more(plain, rated)
    assert not EDITOR.says_more(packet(listed("dc:subject", ("a",))), plain)
