"""Compares what the store remembers with what is on the disk; changes nothing."""

import os
from collections.abc import Iterator
from itertools import islice

from phototagd.domain.asset import PathId
from phototagd.domain.errors import NotYet, PhototagdError, SidecarBroken
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarFile, SidecarState
from phototagd.domain.status import Finding, FindingCause, FindingLevel
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Catalogue, PacketEditor, SidecarFiles, StoreCare
from phototagd.rules.wire.showing import readable

MOST_FINDINGS = 500
PAGE = 500
RESCAN = "run: phototagd rescan --full"


class Verifier:
    """Answers `verify`: every known sidecar is there, can be read, and is what we left."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        care: StoreCare,
        files: SidecarFiles,
        editor: PacketEditor,
        shelves: Shelves,
    ) -> None:
        self._catalogue = catalogue
        self._care = care
        self._files = files
        self._editor = editor
        self._shelves = shelves
        self._checked = 0

    def findings(self) -> list[Finding]:
        """The database first, then at most five hundred sidecars that are not as they were."""
        self._checked = 0
        found = [*self._database()]
        wrong = self._sidecars()
        found += islice(wrong, MOST_FINDINGS)
        if next(wrong, None) is not None:
            found.append(_wrong("sidecars", "there are more", "put these right first"))
        else:
            found.append(_fine("sidecars", f"{self._checked} looked at"))
        return found

    def _database(self) -> Iterator[Finding]:
        complaints = self._care.complaints()
        for complaint in complaints:
            yield _wrong(
                "database", complaint, "stop the daemon; then a backup, or: phototagd rebuild"
            )
        if not complaints:
            last = self._care.last_inspection()
            when = f"; by itself it was read on {last.at.astimezone():%Y-%m-%d}" if last else ""
            yield _fine("database", f"whole{when}")

    def _sidecars(self) -> Iterator[Finding]:
        last = PathId(0)
        while records := self._catalogue.with_sidecar(last, PAGE):
            for record in records:
                self._checked += 1
                finding = self._sidecar(record)
                if finding is not None:
                    yield finding
            last = records[-1].id

    def _sidecar(self, record: PathRecord) -> Finding | None:
        assert record.sidecar_name is not None, "only paths with a sidecar are asked for"
        path = self._shelves.path(record, record.sidecar_name)
        name = readable(path)
        try:
            file = self._files.look(path)
            if file is None:
                return self._missing(record, path)
            return _difference(name, record, file, self._editor.read(file.content))
        except SidecarBroken as error:
            return _wrong(name, str(error), "repair or remove it, then: phototagd retry")
        except NotYet as error:
            return _odd(name, str(error), "look at the rights of the file and its folder")
        except PhototagdError as error:
            return _odd(name, str(error), "try again")

    def _missing(self, record: PathRecord, path: bytes) -> Finding | None:
        if not self._files.has_file(record.absolute):
            where = readable(os.path.dirname(record.absolute))  # noqa: PTH120 -- bytes
            return _odd(readable(record.absolute), "the photo is not there", f"see {where}")
        return _wrong(readable(path), "the sidecar is gone", f"to have it written again, {RESCAN}")


def _difference(
    name: str, record: PathRecord, file: SidecarFile, state: SidecarState
) -> Finding | None:
    if file.digest != record.sidecar_digest:
        if record.sidecar is not None and file.stamp == record.sidecar:
            return _wrong(
                name,
                "its bytes changed although its time and size did not",
                f"check the disk; then touch the file and {RESCAN}",
            )
        return _odd(name, "another program changed it since", f"to merge both, {RESCAN}")
    image_hash = "" if state.record is None else state.record.image_hash
    if image_hash and record.content_hash and image_hash != record.content_hash:
        return _wrong(name, "it belongs to another photo", "see which photo it was made for")
    return None


def _fine(name: str, detail: str) -> Finding:
    return _finding(name, FindingLevel.OK, detail, "")


def _odd(name: str, detail: str, remedy: str) -> Finding:
    return _finding(name, FindingLevel.WARNING, detail, remedy)


def _wrong(name: str, detail: str, remedy: str) -> Finding:
    return _finding(name, FindingLevel.PROBLEM, detail, remedy)


def _finding(name: str, level: FindingLevel, detail: str, remedy: str) -> Finding:
    return Finding(name=name, level=level, cause=FindingCause.PHOTOS, detail=detail, remedy=remedy)
