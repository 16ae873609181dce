"""Persons' own questions about photos: asked before all photos, answered by a lane, not stored."""

import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from phototagd.domain.errors import (
    PhotoError,
    PhototagdError,
    ProcessKilled,
    Unavailable,
    Vanished,
)
from phototagd.domain.events import QuestionAnswered
from phototagd.domain.inquiry import Inquiry, InquiryState
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.ports import Clock, Listener, PhotoReader
from phototagd.rules.answers.inquiring import answer_in, cleaned_question, inquiry_about

MOST_WAITING = 8
MOST_KEPT = 100
PATIENCE_SECONDS = 300.0
TOO_MANY = "too many questions wait"
TOO_LATE = "the model did not come to it"
_NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A question with its picture, decoded and small."""

    id: str
    profile: str
    jpeg: bytes
    since: float


class Inquiries:
    """Questions that wait for a lane, and the answers of a while; called from several threads.

    `refusal` says why the model cannot be asked now, None while it can or soon will be known.
    `on_ask` wakes the lanes.
    """

    def __init__(
        self,
        *,
        reader: PhotoReader,
        long_side: int,
        clock: Clock,
        emit: Listener,
        refusal: Callable[[], Unavailable | None],
        on_ask: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._long_side = long_side
        self._clock = clock
        self._emit = emit
        self._refusal = refusal
        self._on_ask = on_ask
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._known: dict[str, Inquiry] = {}

    def are_waiting(self) -> bool:
        """Whether a person waits for the model: it may be loaded for that."""
        return bool(self._waiting)

    def ask(self, copies: Sequence[bytes], text: str, *, profile: str) -> Inquiry:
        """Put a question about the photo at the first of these paths that can be read.

        Raises ValueError for a senseless question, Unavailable while the model cannot be
        asked, and what decoding raises.
        """
        question = cleaned_question(text)
        self._refuse()
        jpeg = self._picture(copies)
        name = secrets.token_urlsafe(_NAME_BYTES)
        inquiry = Inquiry(id=name, path=copies[0], question=question)
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise Unavailable(TOO_MANY, remedy="ask again in a moment")
            self._waiting.append(_Waiting(name, profile, jpeg, self._clock.monotonic()))
            self._known[name] = inquiry
            while len(self._known) > MOST_KEPT:
                self._known.pop(next(iter(self._known)))
        self._on_ask()
        return inquiry

    def asked(self, name: str) -> Inquiry | None:
        """How far a question is; None for an unknown one. It does not wait for ever."""
        inquiry = self._known.get(name)
        if inquiry is None or inquiry.state is not InquiryState.WAITING:
            return inquiry
        refusal = self._refusal() or self._too_late(name)
        if refusal is not None and self._withdraw(name):
            return self._settle(name, reason=str(refusal), remedy=refusal.remedy)
        return self._known.get(name)

    def answer_next(self, endpoint: Endpoint) -> bool:
        """Ask the question that waits longest; False when none does."""
        with self._lock:
            if not self._waiting:
                return False
            waiting = self._waiting.popleft()
        inquiry = self._known.get(waiting.id)
        if inquiry is not None:
            self._answer(endpoint, waiting, inquiry)
        return True

    def _answer(self, endpoint: Endpoint, waiting: _Waiting, inquiry: Inquiry) -> None:
        self._note(replace(inquiry, state=InquiryState.ASKING))
        started = self._clock.monotonic()
        try:
            model, answer = self._asked(endpoint, waiting, inquiry.question)
        except ProcessKilled as error:
            endpoint.is_innocent()  # whose fault it was is no matter, but is the server alive?
            self._settle(waiting.id, reason=str(error))
        except Unavailable as error:
            self._settle(waiting.id, reason=str(error), remedy=error.remedy)
        except PhototagdError as error:
            self._settle(waiting.id, reason=str(error))
        except Exception as error:  # noqa: BLE001 -- one question must not stop the photos
            self._settle(waiting.id, reason=f"{type(error).__name__}: {error}")
        else:
            seconds = round(self._clock.monotonic() - started, 3)
            self._note(
                replace(
                    inquiry,
                    state=InquiryState.ANSWERED,
                    answer=answer,
                    model=model,
                    seconds=seconds,
                )
            )
            self._emit(QuestionAnswered(endpoint=endpoint.name, seconds=seconds))

    def _asked(self, endpoint: Endpoint, waiting: _Waiting, question: str) -> tuple[str, str]:
        asking = endpoint.asking(waiting.profile)
        if asking is None:
            raise PhotoError(f"no library has the profile {waiting.profile} any more")
        reply = endpoint.ask(inquiry_about(waiting.jpeg, question, asking.recipe))
        return asking.recipe.model, answer_in(reply)

    def _picture(self, copies: Sequence[bytes]) -> bytes:
        """Of the first copy that can be read; else the problem of the first."""
        problem: PhototagdError = Vanished("no copy of the photo is left")
        for number, copy in enumerate(copies):
            try:
                return self._reader.prepare(copy, long_side=self._long_side).jpeg
            except PhototagdError as error:
                problem = problem if number else error
        raise problem

    def _refuse(self) -> None:
        refusal = self._refusal()
        if refusal is not None:
            raise refusal

    def _too_late(self, name: str) -> Unavailable | None:
        since = next((one.since for one in list(self._waiting) if one.id == name), None)
        if since is None or self._clock.monotonic() - since < PATIENCE_SECONDS:
            return None
        return Unavailable(TOO_LATE, remedy="ask again")

    def _withdraw(self, name: str) -> bool:
        """Take a question back; False when a lane has it already."""
        with self._lock:
            left = [one for one in self._waiting if one.id != name]
            is_taken_back = len(left) < len(self._waiting)
            self._waiting = deque(left)
        return is_taken_back

    def _settle(self, name: str, *, reason: str, remedy: str = "") -> Inquiry | None:
        inquiry = self._known.get(name)
        if inquiry is None:
            return None
        failed = replace(inquiry, state=InquiryState.FAILED, reason=reason, remedy=remedy)
        self._note(failed)
        return failed

    def _note(self, inquiry: Inquiry) -> None:
        with self._lock:
            if inquiry.id in self._known:
                self._known[inquiry.id] = inquiry
