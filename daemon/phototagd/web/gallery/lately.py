"""Remembers the latest edits of people for a while, so that each can be taken back."""

import secrets
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from phototagd.domain.amending import PersonsEdit
from phototagd.ports import Control
from phototagd.rules.sidecars.editing import reverse_of
from phototagd.rules.wire.amending import plan_from_json

MOST_KEPT = 200
_NAME_BYTES = 12

Reverse = tuple[bytes, PersonsEdit]


class LatelyEdited:
    """Edits photos through `Control`; each edit gets a name by which it can be taken back once.

    It forgets when the daemon stops, and the oldest first. Called from several threads.
    """

    def __init__(self, *, control: Control) -> None:
        self._control = control
        self._lock = threading.Lock()
        self._reverses: dict[str, Sequence[Reverse]] = {}

    def edit(self, photos: Mapping[bytes, bool], edit: PersonsEdit) -> str:
        """Change photos, each given with whether it is private; the name of the edit.

        Empty where there was nothing to change.
        """
        if not photos or edit == PersonsEdit():
            return ""
        answer: Mapping[str, Any] = self._control.edit(list(photos), edit, dry_run=False)
        reverses = [
            (plan.path, reverse_of(edit, plan.sidecars[0], was_private=photos[plan.path]))
            for plan in map(plan_from_json, answer["plans"])
            if plan.sidecars and plan.path in photos
        ]
        return self._keep([(path, back) for path, back in reverses if back != PersonsEdit()])

    def take_back(self, name: str) -> bool:
        """Reverse an edit; False for one that is not known (any more)."""
        with self._lock:
            reverses = self._reverses.pop(name, ())
        together: dict[PersonsEdit, list[bytes]] = {}
        for path, reverse in reverses:
            together.setdefault(reverse, []).append(path)
        for reverse, paths in together.items():
            self._control.edit(paths, reverse, dry_run=False)
        return bool(reverses)

    def knows(self, name: str) -> bool:
        """Whether an edit can still be taken back."""
        return name in self._reverses

    def _keep(self, reverses: Sequence[Reverse]) -> str:
        if not reverses:
            return ""
        name = secrets.token_urlsafe(_NAME_BYTES)
        with self._lock:
            self._reverses[name] = reverses
            while len(self._reverses) > MOST_KEPT:
                self._reverses.pop(next(iter(self._reverses)))
        return name
