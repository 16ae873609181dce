"""Which photos a `--where` means, and what is said of one that makes no sense."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.retagging import All, Answered, Any, IsPrivate, Not, Pattern, Said
from phototagd.domain.search import Condition, Fact, Field, Span, Taken, Term
from phototagd.rules.search.choosing import chosen

TODAY = date(2026, 6, 1)
BEFORE_2024 = Condition(Taken(spans=(Span(datetime.min, datetime(2024, 1, 1)),)))  # noqa: DTZ001, DTZ901


def test_the_example_of_the_manual() -> None:
    assert chosen("model != qwen* and before 2024", TODAY) == All(
        (Not(Pattern(Said.MODEL, "qwen*")), BEFORE_2024)
    )


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("model = qwen3-vl:4b-instruct", Pattern(Said.MODEL, "qwen3-vl:4b-instruct")),
        ('path="/a b/2019"', Pattern(Said.PATH, "/a b/2019")),
        ("path: '/a/(1)/x.jpg'", Pattern(Said.PATH, "/a/(1)/x.jpg")),
        ("language!=zh", Not(Pattern(Said.LANGUAGE, "zh"))),
        ("profile = ecommerce", Pattern(Said.PROFILE, "ecommerce")),
        ("recipe = ab12*", Pattern(Said.RECIPE, "ab12*")),
        ("tag = wedding", Condition(Term((), whole=("wedding",)))),
        ("folder = 2019", Condition(Fact(Field.FOLDER, ("2019",)))),
        ("private", IsPrivate()),
        ("not private", Not(IsPrivate())),
        ("BEFORE 2024", BEFORE_2024),
        ("before: 2024", BEFORE_2024),
        (
            "tagged before 2024",
            Answered(datetime.min, datetime(2024, 1, 1)),  # noqa: DTZ001, DTZ901
        ),
        (
            "private or model=a and (language=en or language=de)",
            Any(
                (
                    IsPrivate(),
                    All(
                        (
                            Pattern(Said.MODEL, "a"),
                            Any((Pattern(Said.LANGUAGE, "en"), Pattern(Said.LANGUAGE, "de"))),
                        )
                    ),
                )
            ),
        ),
    ],
)
def test_what_is_meant(text: str, choice: object) -> None:
    assert chosen(text, TODAY) == choice


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("model", "= or != after model is missing"),
        ("model qwen", "write model = "),
        ("model =", "a value after model is missing"),
        ('model = ""', "is empty"),
        ("modle = qwen", "is not understood"),
        ("before yesteryear", "is not understood"),
        ("tagged 2024", "write tagged before"),
        ("(private", "parenthesis is not closed"),
        ("private)", "not expected"),
        ("private private", "join tests by and, or"),
        ("model = 'qwen", "quote is not closed"),
        ("private and", "missing at the end"),
        ("x" * 1001, "longer than"),
    ],
)
def test_nonsense_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        chosen(text, TODAY)


WORDS = [
    "model",
    "=",
    "!=",
    "and",
    "or",
    "not",
    "(",
    ")",
    "before",
    "2024",
    "tagged",
    "tag",
    ":",
    "'",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30))
def test_any_text_means_something_or_is_refused(text: str) -> None:
    with suppress(ValueError):
        assert chosen(text, TODAY) is not None
