"""One model server and its breaker: asks while it works, probes while it does not."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from phototagd.domain.asset import AssetId
from phototagd.domain.engine import EngineFacts, EngineMemory, EngineReport, EngineState
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.events import EngineBack, EngineLost
from phototagd.domain.job import EVERYBODY, NOBODY, ONLY_A_PERSON, Priority
from phototagd.domain.status import Closure
from phototagd.domain.tagging import Question, Recipe, Reply
from phototagd.flow.asking.courtesy import Courtesy
from phototagd.flow.asking.tempo import Tempo
from phototagd.ports import Captioner, Clock, Listener
from phototagd.rules.answers.parsing import parse
from phototagd.rules.answers.prompting import question_for, recipe_for
from phototagd.rules.answers.style import Style
from phototagd.rules.asking.breaking import Breaker, Phase
from phototagd.rules.asking.relapsing import Relapses

RECHECK_SECONDS = 300.0
LOOK_SECONDS = 15.0
HELD_BACK = "the model is not loaded before it may be asked"
NOT_CHECKED = "the model server was not reached yet"


@dataclass(frozen=True, slots=True)
class Asking:
    """How photos of one profile are asked about here, and the style that this was made from."""

    recipe: Recipe
    style: Style

    def limited(self, words: tuple[str, ...]) -> "Asking":
        """The same, where answers may have these keywords alone; no words are no limit."""
        if words == self.style.only_words:
            return self
        style = replace(self.style, only_words=words)
        return Asking(recipe_for(style, self.recipe.model, self.recipe.model_digest), style)


class Endpoint:
    """Several lanes may share it; a suspect photo is asked about while no other is.

    The breaker starts open: nothing is sent before version, model and vision were checked
    and the canary was answered. `styles` has one for each profile in use, by its name; the
    canary is asked about in the first one's words. `only_words` gives the only keywords that
    answers about photos may have now, none to leave the model free.
    """

    def __init__(
        self,
        *,
        captioner: Captioner,
        canary: bytes,
        styles: Mapping[str, Style],
        clock: Clock,
        emit: Listener,
        on_change: Callable[[], None] = lambda: None,
        courtesy: Courtesy | None = None,
        only_words: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._captioner = captioner
        self._canary = canary
        self._styles = styles
        self._clock = clock
        self._emit = emit
        self._on_change = on_change
        self._courtesy = courtesy or Courtesy(captioner=captioner, clock=clock, emit=emit)
        self._only_words = only_words
        self._tempo = Tempo(endpoint=captioner.name, emit=emit)
        self._recheck_at = 0.0
        self._lock = threading.RLock()
        self._turn = threading.Condition()
        self._in_flight = 0
        self._waiting_alone = 0
        self._relapses = Relapses()
        self._breaker = Breaker(phase=Phase.OPEN, reason=NOT_CHECKED, since=clock.monotonic())
        self._told = ""
        self._facts: EngineFacts | None = None
        self._askings: dict[str, Asking] = {}
        self._is_up = False
        self._is_closing = False

    @property
    def name(self) -> str:
        """The endpoint for logs."""
        return self._captioner.name

    @property
    def recipe(self) -> Recipe | None:
        """How the canary is asked about now; None while nothing may be sent."""
        return self._trial.recipe if self._breaker.may_ask else None

    @property
    def recipes(self) -> Mapping[str, Recipe]:
        """The recipe of each profile as it was last known; empty before the first check."""
        words = self._only_words()
        return {profile: asking.limited(words).recipe for profile, asking in self._askings.items()}

    def asking(self, profile: str) -> Asking | None:
        """How photos of a profile are asked about; None for one that no library has.

        Raises Unavailable when it cannot be known which words they may have.
        """
        asking = self._askings.get(profile)
        return None if asking is None else asking.limited(self._only_words())

    @property
    def admitted(self) -> frozenset[Priority]:
        """The classes that may be asked about here; while others use the server, a person's."""
        if not self._breaker.may_ask:
            return NOBODY
        return EVERYBODY if self._courtesy.closure is None else ONLY_A_PERSON

    @property
    def phase(self) -> Phase:
        """Where the breaker is."""
        return self._breaker.phase

    @property
    def closure(self) -> Closure | None:
        """Why the server is left to others, if it is."""
        return self._courtesy.closure

    @property
    def facts(self) -> EngineFacts | None:
        """What the server last said of itself."""
        return self._facts

    def report(self) -> EngineReport:
        """For `status`."""
        breaker = self._breaker
        if breaker.may_ask:
            return EngineReport(EngineState.OK)
        if breaker.wants_canary and not self._courtesy.may_load:
            return EngineReport(EngineState.WAITING, HELD_BACK)
        return EngineReport(EngineState.WAITING, breaker.reason, breaker.remedy)

    def ask(self, question: Question, *, recipe: str = "", alone: bool = False) -> Reply:
        """One answer. Raises what the captioner raises; Unavailable closes the endpoint.

        `recipe` is the key of how it is asked: only answers to the same are equally fast,
        and without it nobody counts on any speed.
        """
        self._courtesy.loading()
        try:
            with self._slot(alone=alone):
                reply = self._captioner.ask(question)
        except Unavailable as error:
            self._lose(error)
            raise
        if recipe:
            self._tempo.answered(recipe, reply.total_seconds - reply.load_seconds)
        return reply

    def succeeded(self, asset: AssetId) -> None:
        """An answer made sense: whatever failed before was the photos' own fault."""
        with self._lock:
            self._breaker = self._breaker.answered()
            self._relapses = self._relapses.answered(asset)

    def is_blocked_by(self, asset: AssetId, error: Unavailable) -> bool:
        """Whether this photo alone keeps a server from working, or living; told of every failure.

        A server that died and was asked about this photo again has answered the canary between.
        """
        if not (error.alive or error.died) or self._is_closing:
            return False
        with self._lock:
            self._relapses = self._relapses.met(asset)
            is_guilty = self._relapses.is_guilty(asset)
            if is_guilty:
                self._relapses = self._relapses.condemned(asset)
            return is_guilty

    def failed(self, asset: AssetId, message: str) -> None:
        """A photo failed; the same failure for several in a row asks the canary first."""
        with self._lock:
            self._breaker = self._breaker.failed(asset, message, self._clock.monotonic())
        if not self._breaker.may_ask:
            self._on_change()

    def is_innocent(self) -> bool:
        """Ask the canary after a process died: True when the server works, so it was the photo."""
        with self._lock:
            now = self._clock.monotonic()
            self._breaker = self._breaker.suspicious("the model process died", now)
            self._try_canary()
            return self._breaker.may_ask

    def keep(self) -> float:
        """One round of supervision; how long to rest until the next."""
        with self._lock:
            now = self._clock.monotonic()
            if self._breaker.wants_probe(now):
                self._probe()
            elif self._breaker.may_ask and now >= self._recheck_at:
                self._recheck()
        self._look()
        with self._lock:
            if self._breaker.wants_canary and self._courtesy.may_load:
                self._try_canary()
            if self._breaker.phase is not Phase.OPEN:
                return LOOK_SECONDS
            return max(self._breaker.seconds_to_probe(self._clock.monotonic()), 0.1)

    def memory(self) -> EngineMemory | None:
        """What the loaded model occupies; None when nothing is loaded or it is not known."""
        if not self._breaker.may_ask:
            return None
        try:
            return self._captioner.memory()
        except Unavailable:
            return None

    def close(self) -> None:
        """Abandon what is in flight, silently: the daemon stops."""
        self._is_closing = True
        self._captioner.close()

    def _probe(self) -> None:
        """The server lives and has the model: it may be loaded and asked about the canary."""
        try:
            self._captioner.probe()
            self._learn(self._captioner.check())
        except Unavailable as error:
            self._lose(error)
        else:
            self._breaker = self._breaker.probed()

    def _look(self) -> None:
        """See what else the server does; not locked, for it may be slow to say."""
        if self._breaker.phase is Phase.OPEN or self._is_closing:
            return
        try:
            if self._courtesy.look(is_asking=self._in_flight != 0):
                self._on_change()
        except Unavailable as error:
            self._lose(error)

    def _recheck(self) -> None:
        """The model may have been deleted, or replaced under the same name."""
        try:
            self._learn(self._captioner.check())
        except Unavailable as error:
            self._lose(error)

    def _learn(self, facts: EngineFacts) -> None:
        self._facts = facts
        self._recheck_at = self._clock.monotonic() + RECHECK_SECONDS
        self._askings = {
            profile: Asking(recipe_for(style, facts.model, facts.digest), style)
            for profile, style in self._styles.items()
        }

    @property
    def _trial(self) -> Asking:
        assert self._askings, "a trial comes after a check"
        return self._askings[next(iter(self._styles))]

    def _try_canary(self) -> None:
        trial = self._trial
        self._courtesy.loading()
        try:
            with self._slot(alone=False):
                self._captioner.preload()
                reply = self._captioner.ask(
                    question_for(trial.recipe, trial.style, 1, self._canary)
                )
            parse(reply.content, reply.thinking, style=trial.style)
        except Unavailable as error:
            self._lose(error)
        except PhototagdError as error:
            self._fail_canary(f"not even the test picture is answered: {error}")
        else:
            self._tell_back(self._clock.monotonic() - self._breaker.since)
            self._breaker = self._breaker.canary_answered()
            self._on_change()

    def _fail_canary(self, reason: str) -> None:
        remedy = "see the log of the model server"
        now = self._clock.monotonic()
        self._breaker = self._breaker.canary_failed(reason, now, remedy=remedy)
        self._tell_lost(reason, remedy)

    def _lose(self, error: Unavailable) -> None:
        with self._lock:
            self._breaker = self._breaker.unavailable(error, self._clock.monotonic())
            self._tell_lost(str(error), error.remedy)

    def _tell_lost(self, reason: str, remedy: str) -> None:
        """Once per outage and cause, however many photos and probes meet it."""
        if remedy + reason != self._told and not self._is_closing:
            self._told = remedy + reason
            self._is_up = False
            self._emit(EngineLost(endpoint=self.name, reason=reason, remedy=remedy))
        self._on_change()

    def _tell_back(self, away_seconds: float) -> None:
        """Once, when the server works for the first time or again."""
        facts = self._facts
        if self._is_up or facts is None:
            return
        self._told = ""
        self._is_up = True
        self._emit(
            EngineBack(
                endpoint=self.name,
                model=facts.model,
                version=facts.version,
                digest=facts.digest,
                away_seconds=round(away_seconds, 1),
            )
        )

    @contextmanager
    def _slot(self, *, alone: bool) -> Iterator[None]:
        """A place in flight; `alone` waits until it is the only one and keeps others out.

        Who waits to be alone lets nobody in before it, or busy lanes would never let it in.
        """
        with self._turn:
            if alone:
                self._waiting_alone += 1
                self._turn.wait_for(lambda: self._in_flight == 0)
                self._waiting_alone -= 1
            else:
                self._turn.wait_for(lambda: self._in_flight >= 0 and not self._waiting_alone)
            self._in_flight += -1 if alone else 1
        try:
            yield
        finally:
            with self._turn:
                self._in_flight -= -1 if alone else 1
                self._turn.notify_all()
