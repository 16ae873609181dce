"""The words inside the photo belong into its sidecar."""

from phototagd.domain.asset import CaptureFacts, Inspection
from phototagd.domain.sidecar import KeywordLists, SidecarState
from phototagd.rules.sidecars.embedded_words import embedded_hash, paths_in, with_iptc

IPTC = Inspection(CaptureFacts(), iptc_keywords=("u1", "u2"), iptc_caption="Told in 1999")


def test_the_older_spelling_fills_in_what_the_packet_lacks() -> None:
    seed = SidecarState(lists=KeywordLists(subject=("u1",)))

    state = with_iptc(seed, IPTC)

    assert state.lists.subject == ("u1", "u2")
    assert state.caption == "Told in 1999"


def test_a_caption_in_the_packet_wins() -> None:
    assert with_iptc(SidecarState(caption="In XMP"), IPTC).caption == "In XMP"
    assert with_iptc(SidecarState(is_translated=True), IPTC).caption is None


def test_the_hash_tells_changed_words_from_unread_ones() -> None:
    assert embedded_hash(None) == ""
    assert embedded_hash(IPTC) != embedded_hash(Inspection(CaptureFacts()))
    assert embedded_hash(IPTC) == embedded_hash(IPTC)


def test_flat_words_are_listed_only_where_no_path_has_them() -> None:
    lists = KeywordLists(subject=("Leaf", "flat"), tags_list=("A|leaf",))

    assert paths_in(lists) == ("A|leaf", "flat")
