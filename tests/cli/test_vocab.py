"""`phototagd vocab` as a person types it."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from doubles.house import FakeHouse
from phototagd.cli.vocab import EVERYTHING
from phototagd.domain.errors import ConfigError
from phototagd.domain.vocabulary import Order, Verb


def orders(house: FakeHouse) -> list[tuple[object, ...]]:
    return [told for told in house.control.vocabulary.told if told[0] == "tend"]


def test_list_shows_paths_photos_and_state(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("vocab", "list") == 0
    assert "12  kept      Animals|Dog  狗  {hound}" in capsys.readouterr().out

    assert house.run("vocab", "list", "--state", "waiting", "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert (shown["word"], shown["photos"], shown["state"]) == ("yurt", 1, "waiting")


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        (("add", "a", "b", "--below", "X|Y"), Order(verb=Verb.ADD, words=("a", "b"), target="X|Y")),
        (("merge", "a", "--into", "b"), Order(verb=Verb.MERGE, words=("a",), target="b")),
        (("rename", "a", "b"), Order(verb=Verb.RENAME, words=("a",), target="b")),
        (("block", "a"), Order(verb=Verb.BLOCK, words=("a",))),
        (("move", "a"), Order(verb=Verb.MOVE, words=("a",))),
    ],
)
def test_orders_are_carried_out(
    house: FakeHouse, typed: tuple[str, ...], order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("vocab", *typed, "--yes") == 0
    assert orders(house) == [("tend", order, True, EVERYTHING), ("tend", order, False, EVERYTHING)]
    assert "done; 7 photos follow in the background" in capsys.readouterr().out


def test_preview_shows_count_and_examples_and_changes_nothing(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("vocab", "block", "a", "--dry-run") == 0
    assert [told[2] for told in orders(house)] == [True]
    out = capsys.readouterr().out
    assert "1 word changes, 7 photos would be written anew" in out
    assert "/p/a.jpg" in out
    assert "and 5 more" in out


@pytest.mark.parametrize("typed", ["", "n\n"])
def test_without_a_yes_nothing_happens(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    house.run("vocab", "block", "a")
    assert [told[2] for told in orders(house)] == [True]


def test_nobody_is_asked_about_what_concerns_no_photo(house: FakeHouse) -> None:
    house.control.vocabulary.plan = replace(house.control.vocabulary.plan, photos=0, examples=())
    assert house.run("vocab", "add", "a") == 0
    assert [told[2] for told in orders(house)] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_file_is_imported_in_the_encodings_that_programs_write(
    house: FakeHouse, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "words.txt").write_text("狗\n\tPug\n", encoding=encoding)
    assert house.run("vocab", "import", "words.txt", "--yes", "--json") == 0
    order = Order(verb=Verb.IMPORT, target="words.txt", text="狗\n\tPug\n")
    assert orders(house)[-1] == ("tend", order, False, EVERYTHING)


def test_file_that_is_no_text_is_refused(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "words.txt").write_bytes(b"caf\xe9\n")
    assert house.run("vocab", "import", "words.txt") == 78
    assert "UTF-8" in capsys.readouterr().err


def test_export_goes_to_a_file_or_to_standard_output(
    house: FakeHouse, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert house.run("vocab", "export", "out.txt", "--form", "paths") == 0
    assert (tmp_path / "out.txt").read_text("utf-8") == "Dog = 狗\n"
    assert house.control.vocabulary.told[-1] == ("export", "paths", EVERYTHING)
    assert house.run("vocab", "export") == 0
    assert "Dog = 狗\n" in capfd.readouterr().out


def test_suggestion_is_a_command_that_can_be_pasted(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("vocab", "suggest") == 0
    out = capsys.readouterr().out
    assert r"spelling   phototagd vocab merge dogg 'it'\''s' --into Dog" in out


def test_undo_previews_and_takes_back(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert house.run("vocab", "undo", "--dry-run") == 0
    assert house.run("vocab", "undo", "--yes") == 0
    told = [(what, dry) for what, dry, _ in house.control.vocabulary.told]
    assert told == [("undo", True), ("undo", True), ("undo", False)]
    house.control.vocabulary.last = None
    assert house.run("vocab", "undo") == 1
    assert "nothing to take back" in capsys.readouterr().err


def test_senseless_order_is_told(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    house.control.vocabulary.error = ConfigError("'a' cannot go below itself")
    assert house.run("vocab", "move", "a", "--below", "a") == 78
    assert "cannot go below itself" in capsys.readouterr().err
