"""Search by meaning, decided: prefixes, texts, cuts, turns, refusals."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import BadReply, Unreadable
from phototagd.domain.meaning import Near, NotThis, packed, unpacked
from phototagd.domain.search import LibraryNames, PhotoFacts, Ranked
from phototagd.rules.meaning.families import family_of, space_of
from phototagd.rules.meaning.nearness import truly_near
from phototagd.rules.meaning.photo_words import LONGEST, photo_words, query_words
from phototagd.rules.meaning.refusing import demoted, refused, terms_of
from phototagd.rules.meaning.turns import TURN, TURN_EVERY_SECONDS, WORTH_A_TURN, Traffic, turn
from phototagd.rules.meaning.vectors import in_order, vectors_in
from phototagd.rules.search.querying import understand

NUMBERS = st.floats(-1, 1, width=16)


@pytest.mark.parametrize(
    ("model", "query", "document"),
    [
        ("embeddinggemma", "task: search result | query: x", "title: none | text: x"),
        ("hf.co/unsloth/embeddinggemma-300m:Q8", "task: search result | query: x", None),
        ("nomic-embed-text-v2-moe:latest", "search_query: x", "search_document: x"),
        ("snowflake-arctic-embed2", "query: x", "x"),
        ("bge-m3", "x", "x"),
        ("my-own", "x", "x"),
    ],
)
def test_each_family_has_its_prefixes(model: str, query: str, document: str | None) -> None:
    family = family_of(model)

    assert family.query.format("x") == query
    if document is not None:
        assert family.document.format("x") == document


def test_qwen_is_told_the_task_on_a_line_of_its_own() -> None:
    assert family_of("qwen3-embedding:0.6b").query.format("a {dog}").endswith("\nQuery:a {dog}")


def test_another_model_or_size_is_another_space() -> None:
    spaces = {space_of("a", 0), space_of("b", 0), space_of("a", 256)}

    assert len(spaces) == 3


def test_the_words_of_a_photo_begin_with_its_caption_and_have_an_end() -> None:
    photo = PhotoFacts(
        asset=AssetId(1),
        path=b"/p/IMG_1.jpg",
        keywords=("dog", "beach"),
        captions=("A dog runs.",),
        objects=("dog",),
        camera=("Fuji X100",),
        text=("KIOSK" * 1000,),
    )

    words = photo_words(photo)
    assert words.startswith("A dog runs.. dog, beach")
    assert "Fuji" not in words
    assert "IMG_1" not in words
    assert len(words) == LONGEST


def test_a_photo_that_nobody_said_anything_of_has_no_words() -> None:
    assert photo_words(PhotoFacts(AssetId(1), b"/p/a.jpg", keywords=(), place=("Oslo",))) == ""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("my dog at the beach last summer, not at night", "my dog at the beach ,"),
        ("去年夏天在海边拍的狗狗照片", "在海边拍的狗狗照片"),
        ("dog without people -cat", "dog"),
        ('"birthday cake" dog', ""),
        ("last summer", ""),
    ],
)
def test_a_query_is_compared_without_its_filters(query: str, words: str) -> None:
    understood = understand(query, today=date(2026, 11, 20), names=LibraryNames())

    assert query_words(understood) == words


def near(*scores: float, usual: float = 0.1, spread: float = 0.05, sample: int = 1000) -> Near:
    assets = tuple(AssetId(number) for number in range(len(scores)))
    return Near(Ranked(assets, scores), usual, spread, sample)


def test_only_photos_well_above_the_usual_are_near() -> None:
    assert truly_near(near(0.9, 0.7, 0.45, 0.2)).scores == (0.9, 0.7)


def test_where_nothing_is_meant_nothing_is_near() -> None:
    assert truly_near(near(0.17, 0.16, 0.15)).assets == ()


def test_in_a_small_library_the_best_is_enough() -> None:
    assert len(truly_near(near(0.6, 0.1, 0.1, usual=0.27, sample=3)).assets) == 1


@given(st.lists(st.floats(-1, 1), max_size=20), st.floats(-1, 1), st.floats(0, 1))
def test_what_is_near_is_always_a_head_of_the_list(
    scores: list[float], usual: float, spread: float
) -> None:
    given_near = near(*sorted(scores, reverse=True), usual=usual, spread=spread)
    kept = truly_near(given_near).assets

    assert kept == given_near.ranked.assets[: len(kept)]


def traffic(**changes: object) -> Traffic:
    usual: dict[str, object] = {
        "photos_waiting": 0,
        "vectors_due": 10,
        "since_turn": 0.0,
        "is_shared": True,
        "is_open": True,
    }
    return Traffic(**(usual | changes))  # type: ignore[arg-type]


def test_vectors_wait_for_photos_on_a_shared_server_only() -> None:
    assert turn(traffic()) == TURN
    assert turn(traffic(photos_waiting=5)) == 0
    assert turn(traffic(photos_waiting=5, is_shared=False)) == TURN
    assert turn(traffic(is_open=False)) == 0
    assert turn(traffic(vectors_due=0)) == 0


def test_a_long_backlog_lets_many_vectors_through_now_and_then() -> None:
    waiting = traffic(photos_waiting=99_999, vectors_due=WORTH_A_TURN)

    assert turn(waiting) == 0
    later = traffic(photos_waiting=99_999, vectors_due=WORTH_A_TURN, since_turn=TURN_EVERY_SECONDS)
    assert turn(later) == TURN


def terms(query: str) -> frozenset[str]:
    return terms_of(understand(query, today=date(2026, 11, 20), names=LibraryNames()))


def test_a_refusal_holds_for_the_same_words_in_any_language() -> None:
    given_refusals = [NotThis(AssetId(7), "dog at the beach", terms("dog at the beach"))]

    def hit(query: str) -> bool:
        return bool(refused(given_refusals, terms=terms(query), vector=None, space=""))

    assert hit("海边的狗狗")
    assert hit("my puppy, seaside, last summer")
    assert not hit("beach")
    assert not hit("cat at the beach")


def test_a_refusal_holds_for_the_same_meaning_in_the_same_space() -> None:
    refusal = NotThis(AssetId(7), "q", frozenset({"x"}), packed((0.6, 0.8)), "s")

    assert refused([refusal], terms=frozenset(), vector=(0.61, 0.79), space="s") == {7}
    assert refused([refusal], terms=frozenset(), vector=(0.61, 0.79), space="t") == frozenset()
    assert refused([refusal], terms=frozenset(), vector=(0.8, -0.6), space="s") == frozenset()
    assert refused([refusal], terms=frozenset(), vector=(1.0,), space="s") == frozenset()


def test_refused_photos_go_last_and_none_is_lost() -> None:
    ranked = Ranked((AssetId(1), AssetId(2), AssetId(3)), (3.0, 2.0, 1.0))

    assert demoted(ranked, frozenset({AssetId(1)})) == Ranked(
        (AssetId(2), AssetId(3), AssetId(1)), (2.0, 1.0, 1.0)
    )
    assert demoted(ranked, frozenset({AssetId(9)})) is ranked


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_vectors_come_out_with_length_one_or_not_at_all(rows: list[list[float]]) -> None:
    try:
        vectors = vectors_in(rows, len(rows))
    except Unreadable:
        assert any(math.hypot(*row) < 1e-6 for row in rows)
        return
    assert all(math.isclose(math.hypot(*vector), 1, rel_tol=1e-6) for vector in vectors)
    for vector in vectors:
        assert unpacked(packed(vector)) == pytest.approx(vector, abs=2e-3)


@pytest.mark.parametrize("row", [[math.nan, 1.0], [None, 1.0], [math.inf], [0.0, 0.0]])
def test_numbers_that_are_none_are_the_fault_of_the_text(row: list[float]) -> None:
    with pytest.raises(Unreadable):
        vectors_in([row], 1)


@pytest.mark.parametrize("rows", [None, [], [[1.0], [1.0, 1.0]], ["ab", "cd"], [[], []], 7])
def test_another_shape_is_a_bad_reply(rows: object) -> None:
    with pytest.raises(BadReply):
        vectors_in(rows, 2)


def test_vectors_are_put_into_the_order_of_the_texts() -> None:
    assert in_order([{"index": 1, "embedding": "b"}, {"index": 0, "embedding": "a"}]) == ["a", "b"]
    with pytest.raises(BadReply):
        in_order([{"index": 1}, {"index": 1}])
