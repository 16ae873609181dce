"""Each keyword is followed by its translation, and none stands twice."""

from phototagd.rules.text.both_languages import in_both


def test_the_leaf_of_a_path_is_translated() -> None:
    pairs = {"dog": "狗", "sea": "海"}

    assert in_both(["Animals|dog", "boat", "sea"], pairs) == (
        "Animals|dog",
        "狗",
        "boat",
        "sea",
        "海",
    )
    assert in_both(["dog", "狗", "dog"], pairs) == ("dog", "狗")
    assert in_both([], pairs) == ()
