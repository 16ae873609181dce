"""`search`: text for people, JSON, CSV and paths for programs."""

import csv
import io
import json

import pytest

from doubles.house import FakeHouse
from phototagd.domain.search import Found, HitOrder, Query


def test_each_hit_is_shown_with_its_reasons_and_what_was_understood(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("search", "dog", "not", "night", "--limit", "5", "--order", "date") == 0

    assert house.control.told == [("search", "dog not night", 5, HitOrder.DATE)]
    assert capsys.readouterr().out.splitlines() == [
        "understood: [dog]  [not night = not at night]",
        "",
        "/photos/a.jpg",
        "  A dog, asleep",
        "  dog: keyword puppy",
        "",
        "/photos/\\xff\\n.jpg",
        "",
        "2 of 3 photos",
        "1 photo left out: it is not known when they were taken",
        "12 photos not indexed yet",
    ]


def test_nothing_found_is_said_and_is_no_error(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.found = Found(query=Query(""), hits=(), total=0, not_indexed=1)

    assert house.run("search", "zebra") == 0

    assert capsys.readouterr().out.split("\n") == [
        "",
        "nothing found",
        "1 photo not indexed yet",
        "",
    ]


def test_json_has_stable_keys(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("search", "dog", "--json") == 0

    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        "query",
        "chips",
        "total",
        "is_loose",
        "undated",
        "not_indexed",
        "without_meaning",
        "meaning_trouble",
        "hits",
    }
    assert found["hits"][0]["reasons"] == [{"wanted": "dog", "where": "keyword", "found": "puppy"}]
    assert found["hits"][1]["path_base64"]


def test_csv_is_a_table(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("search", "dog", "--csv") == 0

    header, first, second = csv.reader(io.StringIO(capsys.readouterr().out))
    assert header == ["path", "taken_at", "score", "caption", "reasons"]
    assert first[0] == "/photos/a.jpg"
    assert first[3:] == ["A dog, asleep", "dog: keyword puppy"]
    assert second[0] == "/photos/\\xff\\n.jpg"


def test_paths_are_exact_bytes_for_other_programs(
    house: FakeHouse, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert house.run("search", "dog", "--paths", "-0") == 0

    assert capfdbinary.readouterr().out == b"/photos/a.jpg\0/photos/\xff\n.jpg\0"


def test_two_forms_of_output_are_a_mistake(house: FakeHouse) -> None:
    assert house.run("search", "dog", "--json", "--paths") == 2


def test_a_hit_that_was_not_meant_is_noted_and_forgotten(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.known[b"/p/a.jpg"] = {}

    assert house.run("search", "dog", "--not-this", "/p/a.jpg") == 0
    assert house.run("search", "dog", "--meant", "/p/a.jpg") == 0
    assert house.run("search", "dog", "--not-this", "/p/unknown.jpg") == 1

    assert house.control.told[:2] == [
        ("not this", b"/p/a.jpg", "dog", False),
        ("not this", b"/p/a.jpg", "dog", True),
    ]
    assert "is not what is meant by: dog" in capsys.readouterr().out


def test_similar_photos_and_scores(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    house.control.known[b"/p/a.jpg"] = {}

    assert house.run("similar", "/p/a.jpg", "-k", "5", "--scores") == 0
    assert house.run("similar", "/p/unknown.jpg") == 1

    assert house.control.told[0] == ("similar", b"/p/a.jpg", 5)
    assert "  score 3.5" in capsys.readouterr().out
