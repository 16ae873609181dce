"""When does a lane stop asking, and when may it ask again?

The world's faults must not cost a photo an attempt, and a photo's fault must not stop the
lane: a canary, a picture known to be good, tells them apart.

    closed -- unavailable ----------------------------------------> open
    closed -- a process died, or one error for 3 photos in a row --> trial
    open ---- probe answered --------------------------------------> trial
    trial --- canary answered -------------------------------------> closed
    trial --- canary failed ---------------------------------------> open
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.rules.asking.retrying import doubled

SUSPICIOUS_STREAK = 3  # distinct photos in a row with the same error
_FIRST_PROBE = timedelta(seconds=1)
_LONGEST_PROBE = timedelta(seconds=15)
_LONGEST_ASKED_FOR = timedelta(minutes=5)


class Phase(StrEnum):
    """What the lane may do: ask photos, only probe the server, or only ask the canary."""

    CLOSED = "closed"
    OPEN = "open"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """The state of one endpoint's breaker; every transition gives a new one.

    Times are monotonic seconds. `reason` and `remedy` are for a person, empty while closed;
    `since` is when asking stopped. `probes` counts failures since a photo was answered.
    `streak` holds the distinct photos that failed in a row with the same `error`.
    """

    phase: Phase = Phase.CLOSED
    reason: str = ""
    remedy: str = ""
    since: float = 0.0
    next_probe_at: float = 0.0
    probes: int = 0
    error: str = ""
    streak: frozenset[AssetId] = frozenset()

    @property
    def may_ask(self) -> bool:
        """Whether photos may be sent."""
        return self.phase is Phase.CLOSED

    def wants_probe(self, now: float) -> bool:
        """Whether the server is to be probed now."""
        return self.phase is Phase.OPEN and now >= self.next_probe_at

    @property
    def wants_canary(self) -> bool:
        """Whether the canary is to be asked now."""
        return self.phase is Phase.TRIAL

    def seconds_to_probe(self, now: float) -> float:
        """How long to rest before there is something to do; 0 unless open."""
        return max(self.next_probe_at - now, 0.0) if self.phase is Phase.OPEN else 0.0

    def answered(self) -> "Breaker":
        """A photo was answered: whatever failed before was the photos' own fault."""
        return replace(self, error="", streak=frozenset(), probes=0)

    def unavailable(self, error: Unavailable, now: float) -> "Breaker":
        """A photo, a probe or the canary met the world's fault: stop asking, probe later."""
        return self._opened(str(error), remedy=error.remedy, retry_after=error.retry_after, now=now)

    def failed(self, asset: AssetId, message: str, now: float) -> "Breaker":
        """A photo failed by itself; the same error for several in a row wants the canary."""
        error = normalise(message)
        streak = (self.streak if error == self.error else frozenset()) | {asset}
        counted = replace(self, error=error, streak=streak)
        if len(streak) < SUSPICIOUS_STREAK:
            return counted
        return counted.suspicious(f"{len(streak)} photos in a row: {message}", now)

    def suspicious(self, message: str, now: float) -> "Breaker":
        """A process died over a photo, say: ask the canary whether the server still works."""
        if self.phase is not Phase.CLOSED:
            return self
        return replace(self, phase=Phase.TRIAL, reason=message, remedy="", since=now)

    def probed(self) -> "Breaker":
        """The server answered a probe: ask the canary next."""
        return replace(self, phase=Phase.TRIAL) if self.phase is Phase.OPEN else self

    def canary_answered(self) -> "Breaker":
        """All seems well (again); probes stay patient until a photo is answered too."""
        return Breaker(probes=self.probes)

    def canary_failed(self, message: str, now: float, *, remedy: str = "") -> "Breaker":
        """Even the canary failed: it is not the photos."""
        return self._opened(message, remedy=remedy, retry_after=None, now=now)

    def _opened(
        self, reason: str, *, remedy: str, retry_after: float | None, now: float
    ) -> "Breaker":
        return Breaker(
            phase=Phase.OPEN,
            reason=reason,
            remedy=remedy,
            since=now if self.phase is Phase.CLOSED else self.since,
            next_probe_at=now + _probe_wait(self.probes, retry_after).total_seconds(),
            probes=self.probes + 1,
        )


def _probe_wait(probes: int, retry_after: float | None) -> timedelta:
    """Quickly at first, then at least every 15 seconds, unless the server asked for more."""
    usual = doubled(_FIRST_PROBE, probes, _LONGEST_PROBE)
    if retry_after is None or retry_after <= usual.total_seconds():
        return usual
    return timedelta(seconds=min(retry_after, _LONGEST_ASKED_FOR.total_seconds()))


_HEX = re.compile(r"\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def normalise(message: str) -> str:
    """An error without what differs each time: numbers, ports, addresses, hashes, spacing."""
    text = _NUMBER.sub("#", _HEX.sub("#", message.lower()))
    return " ".join(text.split())
