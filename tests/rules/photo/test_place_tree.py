"""Countries, regions, cities: nothing is lost, and the way down leads back to the photos."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId, Place
from phototagd.domain.overview import PlaceCount, PlaceNode
from phototagd.rules.photo.place_tree import is_within, node_at, place_tree

PLACES = st.builds(
    Place, st.sampled_from(["", "Berlin", "Bonn"]), st.sampled_from(["", "West"]),
    st.sampled_from(["", "Germany", "France"]), st.just(""),
)  # fmt: skip
COUNTS = st.lists(
    st.builds(
        PlaceCount,
        PLACES.filter(lambda p: p != Place()),
        st.integers(1, 9),
        st.just(AssetId(1)),
        st.integers(0, 5),
    ),
    unique_by=lambda one: one.place,
)


def tree_of(counts: list[PlaceCount]) -> tuple[PlaceNode, ...]:
    return place_tree((count, count.place) for count in counts)


@given(COUNTS)
def test_every_photo_counts_once_on_top(counts: list[PlaceCount]) -> None:
    tree = tree_of(counts)
    assert sum(node.count for node in tree) == sum(count.count for count in counts)
    assert [node.count for node in tree] == sorted((n.count for n in tree), reverse=True)


@given(COUNTS)
def test_what_a_node_wants_are_its_photos(counts: list[PlaceCount]) -> None:
    for node in tree_of(counts):
        for below in node.below:
            within = [
                one for one in counts if any(is_within(one.place, want) for want in below.wanted)
            ]
            assert sum(one.count for one in within) >= below.count


def test_two_languages_of_one_place_are_one_node() -> None:
    english = Place("Munich", "Bavaria", "Germany", "DE")
    chinese = Place("慕尼黑", "巴伐利亚", "德国", "DE")
    tree = place_tree(
        [
            (PlaceCount(english, 2, AssetId(1), 5), english),
            (PlaceCount(chinese, 3, AssetId(9), 7), english),
        ]
    )
    node = node_at(tree, ["Germany", "Bavaria", "Munich"])
    assert node is not None
    assert (node.count, node.cover, node.wanted) == (5, AssetId(9), (english, chinese))
    assert node_at(tree, ["Germany", "Bonn"]) is None
    assert node_at(tree, []) is None


def test_a_city_without_a_region_hangs_below_its_country() -> None:
    bonn = Place("Bonn", "", "Germany", "DE")
    [germany] = tree_of([PlaceCount(bonn, 1, AssetId(1), 0)])
    assert [node.name for node in germany.below] == ["Bonn"]
