"""One inference slot of an endpoint: take a ready photo, ask, finish."""

from collections.abc import Callable, Sequence

from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable
from phototagd.domain.events import PhotoAsked
from phototagd.domain.job import Cancelled, GiveBack, Outcome, Priority
from phototagd.domain.profile import profile_asked
from phototagd.domain.tagging import Reply
from phototagd.flow.asking.endpoint import Asking, Endpoint
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.inquiries import Inquiries
from phototagd.flow.asking.ready import ReadyPhoto, ReadyPhotos
from phototagd.flow.held import HeldLeases
from phototagd.flow.settler import Settler
from phototagd.ports import Catalogue, Clock, Listener
from phototagd.rules.answers.prompting import question_for
from phototagd.rules.asking.relapsing import verdict
from phototagd.rules.asking.retrying import outcome_of, outcome_of_bug

CLOSED_REST_SECONDS = 15.0
LOOK_SECONDS = 1.0


class Lane:
    """Asks about one photo at a time; the next one is ready before the last is answered.

    Persons' own questions (`inquiries`) go before all photos.
    `hint` gives the library's own keywords, to be preferred where they fit.
    """

    def __init__(
        self,
        *,
        endpoint: Endpoint,
        ready: ReadyPhotos,
        catalogue: Catalogue,
        finisher: Finisher,
        settler: Settler,
        held: HeldLeases,
        clock: Clock,
        emit: Listener,
        admitted: Callable[[], frozenset[Priority]],
        hint: Callable[[], Sequence[str]] = tuple,
        inquiries: Inquiries | None = None,
        wait_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._endpoint = endpoint
        self._ready = ready
        self._catalogue = catalogue
        self._finisher = finisher
        self._settler = settler
        self._held = held
        self._clock = clock
        self._emit = emit
        self._admitted = admitted
        self._hint = hint
        self._inquiries = inquiries
        self._wait_seconds = wait_seconds
        self._unrecorded: Callable[[], None] | None = None

    def step(self) -> float:
        """Ask about one photo if there is one; how long to rest.

        Raises Unavailable when the store cannot be read or written; nothing is lost then.
        """
        if self._unrecorded is not None:
            self._unrecorded()  # a full disk must not cost an answer: record it, then go on
        classes = self._classes()
        if not classes:
            return CLOSED_REST_SECONDS
        if Priority.PERSON in classes and self._answers_a_person():
            return 0.0
        photo = self._ready.take(self._wait_seconds, classes)
        if photo is None:
            return 0.0
        if photo.lease.priority not in self._classes():  # closed while it was still being decoded
            self._settler.settle(photo.lease, GiveBack("not now"), photo.path)
        else:
            self._tag(photo)
        return 0.0

    def _classes(self) -> frozenset[Priority]:
        return self._admitted() & self._endpoint.admitted

    def _answers_a_person(self) -> bool:
        return self._inquiries is not None and self._inquiries.answer_next(self._endpoint)

    def _tag(self, photo: ReadyPhoto) -> None:
        profile = profile_asked(photo.lease.recipe)
        try:
            asking = self._endpoint.asking(profile)
            if asking is None:
                gone = Cancelled(f"no library has the profile {profile} any more")
                self._settler.settle(photo.lease, gone, photo.path)
                return
            stored = self._catalogue.stored_tagging(photo.lease.asset, asking.recipe.key)
        except Unavailable as error:
            self._settler.settle(photo.lease, GiveBack(str(error)), photo.path)
            raise
        if stored is not None:
            self._record(photo, lambda: self._finisher.reuse(photo.lease, stored))
        else:
            self._ask_and_finish(photo, asking)

    def _ask_and_finish(self, photo: ReadyPhoto, asking: Asking) -> None:
        started = self._clock.monotonic()
        outcome: Outcome
        try:
            reply = self._ask(photo, asking)
            seconds = self._clock.monotonic() - started
            tagging = self._finisher.read(photo.lease, asking.recipe, asking.style, reply, seconds)
        except Unavailable as error:
            is_guilty = self._endpoint.is_blocked_by(photo.lease.asset, error)
            outcome = verdict(error) if is_guilty else outcome_of(error, photo.lease)
        except ProcessKilled as error:
            outcome = self._blame(photo, error)
        except PhototagdError as error:
            self._endpoint.failed(photo.lease.asset, str(error))
            outcome = outcome_of(error, photo.lease)
        except Exception as error:  # noqa: BLE001 -- one photo must not stop the others
            outcome = outcome_of_bug(f"{type(error).__name__}: {error}", photo.lease)
        else:
            self._endpoint.succeeded(photo.lease.asset)
            tokens = reply.answer_tokens
            self._record(
                photo, lambda: self._finisher.record(photo.lease, tagging, tokens, photo.path)
            )
            return
        self._settler.settle(photo.lease, outcome, photo.path)

    def _ask(self, photo: ReadyPhoto, asking: Asking) -> Reply:
        lease = photo.lease
        self._emit(
            PhotoAsked(
                asset=lease.asset,
                job=lease.job,
                attempt=lease.attempt,
                endpoint=self._endpoint.name,
                waited_seconds=round((self._clock.now() - lease.queued_at).total_seconds(), 3),
            )
        )
        question = question_for(
            asking.recipe, asking.style, lease.attempt, photo.prepared.jpeg, self._hint()
        )
        return self._endpoint.ask(question, recipe=asking.recipe.key, alone=lease.suspect)

    def _blame(self, photo: ReadyPhoto, error: ProcessKilled) -> Outcome:
        """The canary decides whether the photo or the server is at fault."""
        if self._endpoint.is_innocent():
            return outcome_of(error, photo.lease)
        return GiveBack(str(error))

    def _record(self, photo: ReadyPhoto, record: Callable[[], None]) -> None:
        """Write the answer down; what the store cannot take now is written before all else."""

        def recorded() -> None:
            try:
                record()
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001 -- an odd answer must not block the lane
                self._unrecorded = None
                outcome = outcome_of_bug(f"{type(error).__name__}: {error}", photo.lease)
                self._settler.settle(photo.lease, outcome, photo.path)
            else:
                self._unrecorded = None
                self._held.drop(photo.lease)

        self._unrecorded = recorded
        recorded()
