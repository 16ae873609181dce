"""The folder of the nightly backups: named by time, the oldest removed."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from phototagd.domain.errors import Unavailable

_NAME = re.compile(r"phototagd-(\d{8}T\d{6})Z\.db")
_STAMP = "%Y%m%dT%H%M%S"


class BackupFolder:
    """Names and forgets backups; files that are not called like one are left alone."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder

    def place_for(self, now: datetime) -> bytes:
        """Where a backup of this moment goes; the folder is made, for its owner alone."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"{self._folder}: {error.strerror}") from error
        return os.fsencode(self._folder / f"phototagd-{now.astimezone(UTC):{_STAMP}}Z.db")

    def newest(self) -> datetime | None:
        """When the last one was made."""
        return max((at for at, _ in self._backups()), default=None)

    def keep(self, most: int) -> None:
        """Remove all but the newest."""
        backups = sorted(self._backups(), reverse=True)
        for _, file in backups[most:]:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise Unavailable(f"{file}: {error.strerror}") from error

    def _backups(self) -> list[tuple[datetime, Path]]:
        try:
            files = list(self._folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unavailable(f"{self._folder}: {error.strerror}") from error
        found = ((_NAME.fullmatch(file.name), file) for file in files)
        return [
            (datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC), file)
            for name, file in found
            if name
        ]
