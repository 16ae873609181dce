"""`undo`, `edit`, `history`, `diff`: a plan to read, a question for many, an honest end."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from doubles.control import AT
from doubles.house import FakeHouse
from phototagd.cli.moments import moment
from phototagd.domain.amending import PersonsEdit, UndoOrder

PLAN = {
    "path": "/p/a.jpg",
    "reason": "",
    "sidecars": [
        {
            "path": "/p/a.jpg.xmp",
            "action": "restore",
            "cause": "undone",
            "added": [],
            "removed": ["dog", "boat"],
            "caption_before": "A dog.",
            "caption_after": "Mine",
        }
    ],
}
CHANGE = {
    "at": AT.isoformat(),
    "cause": "tagged",
    "model": "m1",
    "name": "a.jpg.xmp",
    "added": ["dog"],
    "removed": ["cat"],
    "caption_before": "",
    "caption_after": "A dog.",
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    photo = tmp_path / "a.jpg"
    photo.touch()
    return photo


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def answer(house: FakeHouse, monkeypatch: pytest.MonkeyPatch, **content: Any) -> None:
    """What the daemon says to every undo."""
    said = {"count": 0, "is_done": True, "plans": []} | content
    monkeypatch.setattr(house.control, "undo", lambda order, *, dry_run: said)


def test_named_photos_are_undone_with_a_plan_to_read(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house.control.planned = PLAN

    assert house.run("undo", str(photo), str(photo)) == 0

    assert house.control.told[0] == ("undo", UndoOrder((str(photo).encode(),)), False)
    assert lines(capsys) == [
        "/p/a.jpg",
        "/p/a.jpg.xmp: as it was before phototagd, byte for byte",
        "- dog, boat",
        "- caption: A dog.",
        "+ caption: Mine",
        "1 photo undone",
    ]


def test_many_photos_are_undone_only_after_yes(
    house: FakeHouse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = UndoOrder(model="m1", recipe="r", library=b"/p", since=datetime(2026, 5, 1, tzinfo=UTC))
    said = ["undo", "--model", "m1", "--recipe", "r", "--library", "/p", "--since", "2026-05-01Z"]
    said[-1] = "2026-05-01T00:00:00Z"
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert house.run(*said) == 1
    assert house.control.told == [("undo", order, True)]
    assert "… and 1 more" in lines(capsys)

    assert house.run(*said, "--yes") == 0
    assert ("undo", order, False) in house.control.told


def test_a_dry_run_changes_nothing_and_does_not_wait(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("undo", "--dry-run", "--json", str(photo)) == 0
    assert json.loads(capsys.readouterr().out)["is_done"] is False
    assert [told[0] for told in house.control.told] == ["undo"]


def test_an_undo_that_names_nothing_is_a_mistake(house: FakeHouse) -> None:
    assert house.run("undo") == 2
    assert house.run("undo", "--since", "yesterdayish") == 2
    assert house.control.told == []


@pytest.mark.parametrize(
    ("reason", "code"), [("it was undone before", 0), ("nothing is known of it", 1)]
)
def test_what_was_undone_before_is_fine_and_what_is_unknown_is_not(
    house: FakeHouse,
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reason: str,
    code: int,
) -> None:
    plan = {"path": "/p/a.jpg", "reason": reason, "sidecars": []}
    answer(house, monkeypatch, plans=[plan])

    assert house.run("undo", str(photo)) == code
    assert lines(capsys) == [f"/p/a.jpg: {reason}", "0 photos undone"]


def test_waiting_ends_when_nothing_moves(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was ordered is on disk all the same."""
    house.control.polls = 3
    assert house.run("undo", str(photo)) == 0
    house.control.outstanding = lambda: 7  # type: ignore[method-assign]

    assert house.run("undo", str(photo)) == 75
    assert "7 sidecars are not written yet" in capsys.readouterr().err


def test_an_edit_carries_everything_that_was_said(house: FakeHouse, photo: Path) -> None:
    said = ["-a", "Animals|Dog", "-r", "cat", "-r", "boat", "--caption", "", "--private", "no"]

    assert house.run("edit", str(photo), *said) == 0

    wanted = PersonsEdit(("Animals|Dog",), ("cat", "boat"), "", is_private=False)
    assert house.control.told[0] == ("edit", str(photo).encode(), wanted, False)
    assert house.run("edit", str(photo)) == 2


def test_history_is_told_newest_first(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("history", str(photo)) == 1
    capsys.readouterr()
    house.control.changes[str(photo).encode()] = [CHANGE]

    assert house.run("history", str(photo)) == 0
    assert lines(capsys) == [
        f"{AT.isoformat()}  tagged (m1)  a.jpg.xmp",
        "+ dog",
        "- cat",
        "caption: none -> A dog.",
    ]
    assert house.run("history", "--json", str(photo)) == 0
    assert json.loads(capsys.readouterr().out) == [CHANGE]


def test_diff_says_what_is_next_and_what_differs(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("diff", str(photo)) == 1
    capsys.readouterr()
    found = {
        "model": "m1",
        "said": ["dog", "boat"],
        "missing": ["boat"],
        "beyond": [],
        "rejected": ["boat"],
        "is_withheld": True,
    }
    house.control.differences[str(photo).encode()] = PLAN | {"sidecars": []} | found

    assert house.run("diff", str(photo)) == 0
    assert lines(capsys) == [
        "/p/a.jpg",
        "undone: nothing is written here until you ask: phototagd tag FILE",
        "m1 said: dog, boat",
        "said, but not there: boat",
        "taken out by a person: boat",
    ]
    assert house.run("diff", "--json", str(photo)) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == ["boat"]


def test_tag_says_what_it_would_do(
    house: FakeHouse, photo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For an answer that is known, the sidecar; else that the model would be asked."""
    assert house.run("tag", "--dry-run", str(photo)) == 0
    assert "the model would be asked" in capsys.readouterr().out
    house.control.differences[str(photo).encode()] = {"model": "m1"}
    house.control.planned = PLAN

    assert house.run("tag", "--dry-run", str(photo)) == 0
    assert "- dog, boat" in lines(capsys)
    assert house.run("tag", "--dry-run", "--json", str(photo)) == 0
    assert json.loads(capsys.readouterr().out) == {"plans": [PLAN], "asked": []}
    assert "tag" not in [told[0] for told in house.control.told]


def test_a_moment_is_a_date_or_how_long_ago() -> None:
    now = datetime(2026, 5, 2, 12, tzinfo=UTC)
    assert moment("90m", now) == now - timedelta(minutes=90)
    assert moment("2 H", now) == now - timedelta(hours=2)
    assert moment("1w", now) == now - timedelta(weeks=1)
    assert moment("2026-05-01T10:00:00+02:00", now) == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert moment("2026-05-01", now).tzinfo is UTC
    for nonsense in ("", "soon", "2026-13-01", "99999999999999w"):
        with pytest.raises(ValueError, match=r"moment|ago"):
            moment(nonsense, now)
