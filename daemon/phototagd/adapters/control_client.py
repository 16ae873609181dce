"""The running daemon as commands reach it: the Control port over its Unix socket."""

import json
import os
import socket
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from phototagd.adapters.overview_client import OverviewClient, SearchesClient
from phototagd.adapters.vocabulary_client import VocabularyClient
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.errors import Unavailable
from phototagd.domain.inquiry import Inquiry
from phototagd.domain.job import JobId, JobState, JobView
from phototagd.domain.search import Found, HitOrder
from phototagd.domain.status import Finding, StatusReport, TagReport
from phototagd.rules.wire.amending import edit_to_json, undo_to_json
from phototagd.rules.wire.inquiring import inquiry_from_json
from phototagd.rules.wire.reports import (
    finding_from_json,
    job_from_json,
    status_from_json,
    tag_from_json,
)
from phototagd.rules.wire.search import found_from_json
from phototagd.rules.wire.showing import path_fields, path_from
from phototagd.rules.wire.trouble import error_from_json

_ANSWER_SECONDS = 30.0
_WORK_SECONDS = 900.0  # reads files, or loads a model and asks it about a picture


class ControlClient:
    """Asks the daemon that serves `control_socket`; a context manager.

    Every method raises Unavailable when the daemon goes away or does not answer, and
    whatever error of the house the daemon answers with.
    """

    def __init__(self, *, control_socket: Path) -> None:
        # A socket's address has at most 107 bytes: a deep folder is reached through its handle.
        self._folder = os.open(control_socket.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        through = Path(f"/proc/self/fd/{self._folder}")
        self.vocabulary = VocabularyClient(ask=self._ask)
        self.overview = OverviewClient(ask=self._ask)
        self.searches = SearchesClient(ask=self._ask)
        self._address = str(through / control_socket.name if through.exists() else control_socket)

    @classmethod
    def find(cls, control_socket: Path) -> "ControlClient | None":
        """A client of the running daemon, or None when none runs.

        Raises Unavailable when one may run but may not be asked, for the lack of rights.
        """
        try:
            client = cls(control_socket=control_socket)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            raise _not_ours(control_socket) from error
        try:
            client._connect(_ANSWER_SECONDS).close()
        except (FileNotFoundError, ConnectionRefusedError):
            client.close()
            return None
        except PermissionError as error:
            client.close()
            raise _not_ours(control_socket) from error
        return client

    def close(self) -> None:
        """Let go of the folder; may be called twice."""
        if self._folder >= 0:
            os.close(self._folder)
            self._folder = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def status(self) -> StatusReport:
        """How far everything is."""
        return status_from_json(self._ask("GET", "/status"))

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        query: dict[str, Any] = {"limit": limit} | ({"state": state.value} if state else {})
        return [job_from_json(job) for job in self._ask("GET", "/jobs", query=query)]

    def retry(self, ids: Collection[JobId] | None) -> int:
        """Queue dead jobs again, all of them when `ids` is None; how many."""
        body = {"ids": None if ids is None else sorted(ids)}
        return int(self._ask("POST", "/retry", body)["queued"])

    def pause(self) -> None:
        """Ask the model nothing more until `resume`."""
        self._ask("POST", "/pause")

    def resume(self) -> None:
        """Go on after `pause`."""
        self._ask("POST", "/resume")

    def rescan(self, *, full: bool) -> None:
        """Compare all libraries with the store soon."""
        self._ask("POST", "/rescan", {"full": full})

    def confirm(self, root: bytes | None) -> int:
        """Believe the photos gone that are missing at once, of one library or all; how many."""
        body = {} if root is None else path_fields(root)
        return int(self._ask("POST", "/confirm", body, seconds=_WORK_SECONDS)["gone"])

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take these photos in before all others, and say how far each is."""
        reports = self._ask("POST", "/tag", _files(files), seconds=_WORK_SECONDS)
        return [tag_from_json(report) for report in reports]

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        """How far photos are that `tag` was given."""
        return [tag_from_json(report) for report in self._ask("POST", "/tagged", _files(files))]

    def show(self, file: bytes) -> Mapping[str, object] | None:
        """Everything known of one photo; None when nothing is."""
        known: Mapping[str, object] | None = self._ask("POST", "/show", path_fields(file))
        return known

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Mapping[str, object]:
        """Take our words out of the sidecars that fit."""
        body = undo_to_json(order) | {"dry_run": dry_run}
        return self._answered("/undo", body)

    def edit(
        self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool
    ) -> Mapping[str, object]:
        """Change words in the sidecars of all copies of these photos."""
        body = _files(files) | edit_to_json(edit) | {"dry_run": dry_run}
        return self._answered("/edit", body)

    def history(self, file: bytes) -> Sequence[Mapping[str, object]] | None:
        """Every write that changed a photo's sidecars, newest first."""
        changes: list[Mapping[str, object]] | None
        changes = self._ask("POST", "/history", path_fields(file))
        return changes

    def diff(self, file: bytes) -> Mapping[str, object] | None:
        """What the next write would change, and what the model said."""
        found: Mapping[str, object] | None = self._ask("POST", "/diff", path_fields(file))
        return found

    def ask(self, file: bytes, question: str) -> Inquiry:
        """Put a person's question about a photo to the model; does not wait for the answer."""
        body = path_fields(file) | {"question": question}
        inquiry = inquiry_from_json(self._ask("POST", "/ask", body, seconds=_WORK_SECONDS))
        assert inquiry is not None, "what was just asked is known"
        return inquiry

    def asked(self, inquiry: str) -> Inquiry | None:
        """How far a question is; None for an unknown one."""
        return inquiry_from_json(self._ask("POST", "/asked", {"id": inquiry}))

    def outstanding(self) -> int:
        """How many sidecars still wait for what persons ordered."""
        return int(self._ask("GET", "/outstanding")["outstanding"])

    def _answered(self, path: str, body: Mapping[str, Any]) -> Mapping[str, object]:
        answer: Mapping[str, object] = self._ask("POST", path, body, seconds=_WORK_SECONDS)
        return answer

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first `limit` photos for a query in a person's own words."""
        # A query is whatever a person types, so it travels in the body like everything personal.
        body = {"query": text, "limit": limit, "order": order.value}
        return found_from_json(self._ask("POST", "/search", body))

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        """The photos most like one; None when nothing is known of it."""
        found = self._ask("POST", "/similar", {**path_fields(file), "limit": limit})
        return None if found is None else found_from_json(found)

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant, or forget it."""
        body = {**path_fields(file), "query": text, "is_meant": is_meant}
        return bool(self._ask("POST", "/not-this", body)["is_noted"])

    def retag(self, where: str, *, dry_run: bool) -> Mapping[str, object]:
        """Ask again about the photos that `where` means, or only say how many."""
        return self._answered("/retag", {"where": where, "dry_run": dry_run})

    def back_up(self, target: bytes | None) -> bytes:
        """Copy the store to a file, by default among the nightly backups; where it is now."""
        body = {} if target is None else path_fields(target)
        return path_from(self._ask("POST", "/backup", body, seconds=_WORK_SECONDS))

    def verify(self) -> list[Finding]:
        """Compare the store and its sidecars with what is on the disk."""
        found = self._ask("GET", "/verify", seconds=_WORK_SECONDS)
        return [finding_from_json(finding) for finding in found]

    def check(self) -> list[Finding]:
        """Look at everything that can be wrong."""
        found = self._ask("GET", "/check", seconds=_WORK_SECONDS)
        return [finding_from_json(finding) for finding in found]

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        seconds: float = _ANSWER_SECONDS,
    ) -> Any:
        try:
            status, text = self._exchange(method, path, body, query, seconds)
        except TimeoutError as error:
            raise Unavailable(f"the daemon does not answer within {seconds:.0f} s") from error
        except (OSError, HTTPException) as error:
            raise Unavailable(f"the daemon went away: {error}") from error
        try:
            content = json.loads(text)
        except ValueError:
            content = {"error": {"message": f"the daemon failed: {text[:200]!r}"}}
        if status >= HTTPStatus.BAD_REQUEST:
            raise error_from_json(content["error"])
        return content

    def _exchange(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, Any] | None,
        seconds: float,
    ) -> tuple[int, bytes]:
        """One request on a connection of its own: the daemon may restart in between."""
        http = HTTPConnection("localhost", timeout=seconds)
        http.sock = self._connect(seconds)
        with closing(http):
            target = f"{path}?{urlencode(query)}" if query else path
            http.request(method, target, None if body is None else json.dumps(body))
            answer = http.getresponse()
            return answer.status, answer.read()

    def _connect(self, seconds: float) -> socket.socket:
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        channel.settimeout(seconds)
        try:
            channel.connect(self._address)
        except OSError:
            channel.close()
            raise
        return channel


def _files(files: Sequence[bytes]) -> dict[str, Any]:
    return {"files": [path_fields(file) for file in files]}


def _not_ours(control_socket: Path) -> Unavailable:
    return Unavailable(
        f"{control_socket}: belongs to another user",
        remedy="run the command as the user of the daemon, as in: sudo -u phototagd phototagd …",
    )
