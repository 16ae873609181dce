"""The doctor: looks at everything that can be wrong, and says what to do about it."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from phototagd.app.asking.engines import captioner_at, endpoints_of, style_at
from phototagd.app.desk.machine import machine_findings
from phototagd.app.parts import Parts
from phototagd.app.store import database_warning
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.library import LibraryReport, LibraryState
from phototagd.domain.status import Finding, FindingCause, FindingLevel
from phototagd.ports import Captioner
from phototagd.rules.answers.prompting import question_for, recipe_for
from phototagd.rules.answers.style import Style
from phototagd.rules.arriving import watching
from phototagd.rules.asking.models import picture_advice
from phototagd.settings import LibrarySettings, doubts

LITTLE_SPACE_BYTES = 1 << 30


class Doctor:
    """Examines one daemon's surroundings; `dead` is how many photos gave up.

    `libraries` tells how each library is watched at the moment.
    """

    def __init__(self, parts: Parts, *, dead: int, libraries: Sequence[LibraryReport]) -> None:
        self._parts = parts
        self._settings = parts.settings
        self._dead = dead
        self._reports = {report.root: report for report in libraries}

    def findings(self) -> list[Finding]:
        """Everything that was looked at, good or bad."""
        return [
            *self._settings_file(),
            *self._state_folder(),
            *machine_findings(self._parts),
            *self._libraries(),
            *self._engines(),
            *self._photos(),
        ]

    def _settings_file(self) -> Iterator[Finding]:
        yield _ok("settings", str(self._settings.origin.file or "no file, all defaults"))
        for doubt in doubts(self._settings):
            yield _warn(doubt.key, doubt.reason, doubt.remedy)

    def _state_folder(self) -> Iterator[Finding]:
        folder = self._settings.state_dir
        free = shutil.disk_usage(folder).free
        if free < LITTLE_SPACE_BYTES:
            yield _bad(
                "state folder",
                f"{folder} has {free >> 20} MB left",
                "make room: the queue must be able to grow",
            )
        else:
            yield _ok("state folder", f"{folder}, {free >> 30} GB free")
        if warning := database_warning():
            yield _warn("database", warning, "use a Python with a newer SQLite")

    def _libraries(self) -> Iterator[Finding]:
        if not self._settings.library:
            yield _warn(
                "libraries",
                "no folder is watched",
                "name folders: phototagd run FOLDER, or [[library]] in settings.toml",
            )
        for library in self._settings.library:
            yield from self._library(library)

    def _library(self, library: LibrarySettings) -> Iterator[Finding]:
        name = f"library {library.path}"
        root = os.fsencode(library.path)
        report = self._reports[root]
        if report.state is LibraryState.OFFLINE:
            yield _bad(name, report.why, "mount it, or correct its path")
            return
        detail = f"watch: {report.watch} ({report.why})"
        choice = watching.choose_mode(library.watch, self._parts.mounts.mount_of(root))
        if report.watch is choice.mode:
            yield _ok(name, detail)
        else:
            yield _warn(name, detail, "nothing is lost: scans find what hints would have told")
        target = library.mirror_dir or library.path
        if not target.exists():
            yield _bad(
                name, f"{target} is not there: sidecars wait", "mount its disk, or make the folder"
            )
        elif problem := _unwritable(target):
            yield _bad(
                name,
                f"sidecars cannot be written to {target}: {problem}",
                'give the daemon\'s user the right to write, or set sidecars = "mirror"',
            )

    def _engines(self) -> Iterator[Finding]:
        servers = endpoints_of(self._settings)
        if not servers:
            yield _warn(
                "model",
                'model.engine is "none": only places are filled in',
                'set model.engine to "ollama"',
            )
        for server in servers:
            captioner = captioner_at(server, self._settings.model, self._parts.clock)
            try:
                style = style_at(server, self._parts.style)
                yield from self._engine(captioner, style)
            finally:
                captioner.close()

    def _engine(self, captioner: Captioner, style: Style) -> Iterator[Finding]:
        name = f"model server {captioner.name}"
        try:
            facts = captioner.check()
            yield _ok(name, f"version {facts.version}, {facts.model} sees pictures", ENGINE)
            advice = [
                *facts.warnings,
                picture_advice(facts.family, style.image_long_side),
            ]
            for warning in dict.fromkeys(filter(None, advice)):
                yield _warn(name, warning, "see the table of models in the README", ENGINE)
            captioner.preload()
            recipe = recipe_for(style, facts.model, facts.digest)
            reply = captioner.ask(question_for(recipe, style, 1, self._parts.asking.canary))
            yield _ok(name, f"a test picture was answered in {reply.total_seconds:.1f} s", ENGINE)
        except Unavailable as error:
            yield _bad(name, str(error), error.remedy or "see the log of the server", ENGINE)
        except PhototagdError as error:
            yield _bad(name, f"a test picture failed: {error}", "see the log of the server", ENGINE)

    def _photos(self) -> Iterator[Finding]:
        if self._dead:
            yield Finding(
                name="photos",
                level=FindingLevel.WARNING,
                cause=FindingCause.PHOTOS,
                detail=f"{self._dead} gave up",
                remedy="phototagd jobs --state dead, then phototagd retry",
            )


ENGINE = FindingCause.ENGINE


def _unwritable(folder: Path) -> str:
    """Why no file can be made in a folder; empty when one can."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".phototagd-check-"):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def _ok(name: str, detail: str, cause: FindingCause = FindingCause.SETTINGS) -> Finding:
    return Finding(name=name, level=FindingLevel.OK, cause=cause, detail=detail)


def _warn(
    name: str, detail: str, remedy: str, cause: FindingCause = FindingCause.SETTINGS
) -> Finding:
    return Finding(name=name, level=FindingLevel.WARNING, cause=cause, detail=detail, remedy=remedy)


def _bad(
    name: str, detail: str, remedy: str, cause: FindingCause = FindingCause.SETTINGS
) -> Finding:
    return Finding(name=name, level=FindingLevel.PROBLEM, cause=cause, detail=detail, remedy=remedy)
