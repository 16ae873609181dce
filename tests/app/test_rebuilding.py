"""A database made anew: everything sidecars hold comes back, and the rest is named."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from doubles.captioner import FakeCaptioner
from doubles.hand_driven import HandDriven
from doubles.pictures import make_jpeg
from phototagd.app.offline import offline_control
from phototagd.app.rebuilding import rebuild
from phototagd.app.store import DATABASE_NAME
from phototagd.domain.errors import Unavailable
from phototagd.domain.rebuilding import RebuildProgress, RebuildStage
from phototagd.settings import IntakeSettings, LibrarySettings, ModelSettings, Settings


@pytest.fixture
def settings(tmp_path: Path, photos: Path) -> Settings:
    return Settings(
        state_dir=tmp_path / "state",
        library=(LibrarySettings(path=photos, watch="scan"),),
        intake=IntakeSettings(quiet_seconds=0.01),
        model=ModelSettings(url="http://127.0.0.1:9"),  # nobody answers there
    )


@pytest.fixture
def tagged(photos: Path, make_house: Callable[..., HandDriven]) -> HandDriven:
    """Three photos with sidecars."""
    for seed in range(3):
        make_jpeg(photos / f"{seed}.jpg", seed=seed)
    house = make_house()
    house.run()
    assert len(list(photos.glob("*.xmp"))) == 3
    house.parts.store.close()
    return house


def done(settings: Settings) -> int:
    with offline_control(settings) as control:
        return control.status().done


def test_answers_come_back_and_no_sidecar_changes(
    settings: Settings, photos: Path, tagged: HandDriven, captioner: FakeCaptioner
) -> None:
    before = {file.name: file.read_bytes() for file in photos.glob("*.xmp")}
    asked = len(captioner.questions)
    told: list[RebuildProgress] = []

    rebuilt = rebuild(settings, told.append)

    assert (rebuilt.progress.photos, rebuilt.progress.answers) == (3, 3)
    assert rebuilt.trouble == ""
    assert [item.what for item in rebuilt.forgotten or ()] == [
        "changes in the history", "sidecars as they were before us",
    ]  # fmt: skip
    assert {file.name: file.read_bytes() for file in photos.glob("*.xmp")} == before
    assert len(captioner.questions) == asked
    assert [*dict.fromkeys(step.stage for step in told)] == list(RebuildStage)
    assert done(settings) == 3


def test_what_only_the_old_database_knew_is_named_and_kept(
    settings: Settings, photos: Path, tagged: HandDriven
) -> None:
    """A photo whose sidecar is lost, one that is gone, a table of a later version."""
    (photos / "0.jpg.xmp").unlink()
    database = settings.state_dir / DATABASE_NAME
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE path SET gone_at = 1 WHERE name = x'322e6a7067'")
        connection.execute("CREATE TABLE later_notes(text)")
        connection.execute("INSERT INTO later_notes VALUES('once')")

    rebuilt = rebuild(settings, lambda _: None)

    assert rebuilt.aside is not None
    assert rebuilt.forgotten is not None
    named = {item.what: (item.count, item.examples) for item in rebuilt.forgotten}
    assert named == {
        "answers that stand in no sidecar": (1, (bytes(photos / "0.jpg"),)),
        "photos that are gone": (1, ()),
        "rows of later notes": (1, ()),
        "changes in the history": (3, ()),
        "sidecars as they were before us": (3, ()),
    }
    with closing(sqlite3.connect(Path(rebuilt.aside.decode()) / DATABASE_NAME)) as old:
        assert old.execute("SELECT count(*) FROM tagging").fetchone() == (3,)
    assert done(settings) == 2


def test_a_damaged_database_is_no_hindrance(
    settings: Settings, photos: Path, tagged: HandDriven
) -> None:
    (settings.state_dir / DATABASE_NAME).write_bytes(b"no database" * 1000)

    rebuilt = rebuild(settings, lambda _: None)

    assert rebuilt.progress.answers == 3
    assert rebuilt.forgotten is None


def test_a_share_that_is_not_mounted_is_refused_before_anything_is_moved(
    settings: Settings, photos: Path, tagged: HandDriven
) -> None:
    for file in photos.iterdir():
        file.unlink()
    before = (settings.state_dir / DATABASE_NAME).read_bytes()

    with pytest.raises(Unavailable, match="empty or not there"):
        rebuild(settings, lambda _: None)

    assert (settings.state_dir / DATABASE_NAME).read_bytes() == before


def test_a_rebuild_that_was_cut_short_can_be_done_again(
    settings: Settings, photos: Path, tagged: HandDriven
) -> None:
    def cut(progress: RebuildProgress) -> None:
        if progress.stage is RebuildStage.ADOPTING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(settings, cut)

    assert rebuild(settings, lambda _: None).progress.answers == 3
    assert len(list(settings.state_dir.glob("before-rebuild-*"))) == 2
