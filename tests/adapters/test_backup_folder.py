"""The nightly backups: a few stay, and nothing else is ever removed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phototagd.adapters.backup_folder import BackupFolder

AT = datetime(2026, 5, 1, 3, 0, 0, tzinfo=UTC)


def test_the_newest_stay(tmp_path: Path) -> None:
    folder = BackupFolder(folder=tmp_path / "backups")
    assert folder.newest() is None
    places = [Path(os.fsdecode(folder.place_for(AT + timedelta(days=n)))) for n in range(5)]
    for place in places:
        place.touch()
    mine = places[0].with_name("phototagd-before-the-move.db")
    mine.touch()

    folder.keep(2)

    assert sorted(places[0].parent.iterdir()) == sorted([*places[3:], mine])
    assert folder.newest() == AT + timedelta(days=4)


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = BackupFolder(folder=tmp_path / "backups").place_for(AT)

    assert (tmp_path / "backups").stat().st_mode & 0o077 == 0
    assert os.path.basename(place) == b"phototagd-20260501T030000Z.db"  # noqa: PTH119
