"""Orders are planned as they will be written, and only what they mean is touched."""

from pathlib import Path
from typing import Any

import pytest

from doubles.sidecars import listed, packet, tagging
from doubles.writing import Desk
from phototagd.domain.amending import Amendment, Orders, PersonsEdit, PhotoPlan, UndoOrder
from phototagd.domain.asset import PathId
from phototagd.domain.record import PathRecord
from phototagd.flow.writing.amender import NOT_OURS, UNDONE, UNKNOWN, Amender
from phototagd.flow.writing.planner import Planner

THEIRS = packet(listed("dc:subject", ("grandmother",)))


class Office:
    """An amender beside a writer; files are known by their path alone."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.desk.photo()
        self.desk.catalogue.tagging = tagging()
        self.file = bytes(root / "IMG_1.jpg")
        self.sidecar = root / "IMG_1.jpg.xmp"
        self.rung = 0
        self.taken_in: list[bytes] = []
        catalogue: Any = self.desk.catalogue
        self.amender = Amender(
            catalogue=catalogue,
            ledger=self.desk.ledger,
            planner=Planner(
                sheets=self.desk.sheets, drafter=self.desk.drafter, shelves=self.desk.shelves
            ),
            find=self.find,
            known=self.known,
            on_order=self.ring,
        )

    def find(self, file: bytes) -> PathRecord | None:
        paths = self.desk.catalogue.paths.values()
        return next((record for record in paths if record.absolute == file), None)

    def known(self, file: bytes) -> PathRecord | None:
        self.taken_in.append(file)
        return self.find(file)

    def ring(self) -> None:
        self.rung += 1

    def write(self) -> None:
        assert self.desk.writer.write(self.desk.lease()) is None

    def undo(self, *, dry_run: bool = False, **order: Any) -> Amendment:
        return self.amender.undo(UndoOrder(**({"files": (self.file,)} | order)), dry_run=dry_run)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_plan_is_what_happens_then(office: Office) -> None:
    """Planned, the file is as it was; done, it is as planned."""
    office.sidecar.write_bytes(THEIRS)
    office.write()
    before = office.sidecar.read_bytes()

    planned = office.undo(dry_run=True)

    [plan] = planned.plans[0].sidecars
    assert (plan.action, plan.removed) == ("restore", ("lake", "boat"))
    assert (plan.caption_before, plan.caption_after) == ("A boat on a lake.", "")
    assert (planned.count, planned.is_done, office.rung) == (1, False, 0)
    assert office.sidecar.read_bytes() == before
    assert office.taken_in == []

    assert office.undo().is_done
    office.write()
    assert (office.sidecar.read_bytes(), office.rung) == (THEIRS, 1)


def test_what_cannot_be_undone_says_why(office: Office) -> None:
    assert office.undo().plans[0].reason == NOT_OURS
    assert office.undo(files=(b"/nowhere.jpg",)).plans == (PhotoPlan(b"/nowhere.jpg", UNKNOWN),)
    office.write()
    assert office.undo().count == 1
    assert office.undo().plans[0].reason == UNDONE
    office.write()
    office.sidecar.write_text("<not xml")
    office.desk.ledger.lift([PathId(1)])
    assert "XML" in office.undo(dry_run=True).plans[0].reason


def test_an_order_that_says_nothing_means_no_photo(office: Office) -> None:
    office.write()

    assert office.amender.undo(UndoOrder(), dry_run=False) == Amendment(0, is_done=True)
    assert not office.desk.ledger.orders(PathId(1)).is_withheld


def test_an_order_without_files_means_all_that_fit(office: Office) -> None:
    office.write()

    amendment = office.undo(files=(), model="m")

    assert amendment.count == 1
    assert amendment.plans[0].sidecars[0].action == "remove"
    assert office.undo(files=(), model="m").count == 0


def test_an_edit_is_planned_and_obeyed(office: Office) -> None:
    office.write()
    edit = PersonsEdit(add=(" Anna ",), remove=("boat",), caption="Mine")

    planned = office.amender.edit((office.file, b"/x.jpg"), edit, dry_run=True)

    [plan] = planned.plans[0].sidecars
    assert (plan.added, plan.removed, plan.caption_after) == (("Anna",), ("boat",), "Mine")
    assert (plan.cause, planned.plans[1].reason) == ("edited", UNKNOWN)
    assert office.desk.state().caption == "A boat on a lake."

    office.amender.edit((office.file,), edit, dry_run=False)
    office.write()
    assert set(office.desk.state().lists.subject or ()) == {"lake", "Anna"}


def test_an_edit_gives_an_undone_photo_its_words_back(office: Office) -> None:
    office.write()
    office.undo()
    office.write()
    assert not office.sidecar.exists()

    office.amender.edit((office.file,), PersonsEdit(add=("Anna",)), dry_run=False)
    office.write()

    assert set(office.desk.state().lists.subject or ()) == {"Anna", "lake", "boat"}


def test_an_edit_makes_a_sidecar_where_no_model_has_answered(office: Office) -> None:
    office.desk.catalogue.tagging = None

    office.amender.edit((office.file,), PersonsEdit(add=("Anna",)), dry_run=False)
    office.write()

    assert office.desk.state().lists.subject == ("Anna",)


def test_what_differs_from_the_model_is_told(office: Office) -> None:
    assert office.amender.compare(b"/nowhere.jpg") is None
    assert office.amender.history(b"/nowhere.jpg") is None
    office.write()
    edit = PersonsEdit(add=("Anna",), remove=("boat",))
    office.amender.edit((office.file,), edit, dry_run=False)
    office.write()

    told = office.amender.compare(office.file)

    assert told is not None
    assert (told.said, told.missing, told.beyond) == (("lake", "boat"), ("boat",), ("Anna",))
    assert (told.rejected, told.plan.sidecars[0].action) == (("boat",), "none")
    history = office.amender.history(office.file)
    assert history is not None
    assert [change.cause.value for change in history] == ["edited", "tagged"]


def test_a_sidecar_that_cannot_be_read_is_told_of(office: Office) -> None:
    office.sidecar.write_text("<not xml")

    told = office.amender.compare(office.file)

    assert told is not None
    assert told.plan.reason


def test_what_was_rejected_before_an_undo_is_in_no_plan_to_tag_again(office: Office) -> None:
    """A dry run must say what the real one does."""
    path = PathId(1)
    office.desk.ledger.ordered[path] = Orders(is_withheld=True, rejected=("boat",))

    planned = office.amender.edit((office.file,), PersonsEdit(), dry_run=True)

    [plan] = planned.plans[0].sidecars
    assert plan.added == ("lake",)
