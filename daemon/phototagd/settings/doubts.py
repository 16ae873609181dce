"""Settings that are allowed but that a person may not have meant."""

from collections.abc import Iterator
from dataclasses import dataclass

from phototagd.rules.loopback import is_loopback
from phototagd.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Doubt:
    """One such setting, what follows from it, and what to write instead."""

    key: str
    reason: str
    remedy: str


def doubts(settings: Settings) -> Iterator[Doubt]:
    """What gives away more than the default does."""
    listen = settings.http.listen
    if listen and not is_loopback(listen.rpartition(":")[0]):
        yield Doubt(
            "http.listen",
            f"{listen} can be reached from other machines: they see counts, but no photos",
            "listen on 127.0.0.1 unless a container or a firewall stands before it",
        )
    if settings.model.allow_cloud:
        yield Doubt(
            "model.allow_cloud",
            "a model may run elsewhere: photos leave the house",
            "set it to false unless that is wanted",
        )
