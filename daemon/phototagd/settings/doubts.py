"""Settings that are allowed but that a person may not have meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from phototagd.rules.asking.schedules import DAYS, NEVER
from phototagd.rules.service.loopback import is_loopback
from phototagd.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Doubt:
    """One such setting, what follows from it, and what to write instead."""

    key: str
    reason: str
    remedy: str


def doubts(settings: Settings) -> Iterator[Doubt]:
    """What gives away more than the default does, or does less than one would think."""
    listen = settings.web.listen
    if listen and not is_loopback(listen.rpartition(":")[0]):
        yield Doubt(
            "web.listen",
            f"{listen} can be reached from other machines: "
            + (
                "the password is all that keeps them from the photos"
                if settings.web.gallery
                else "they see counts, but no photos"
            ),
            "listen on 127.0.0.1 unless a container or a firewall stands before it",
        )
    if settings.model.allow_cloud:
        yield Doubt(
            "model.allow_cloud",
            "a model may run elsewhere: photos leave the house",
            "set it to false unless that is wanted",
        )
    yield from _in_the_open(settings)
    schedule = settings.schedule
    if all((getattr(schedule, day) or schedule.active) == NEVER for day in DAYS):
        yield Doubt(
            "schedule.active",
            "it is never open: only photos that you name are asked about",
            'write times such as "22:00-07:00"',
        )


def _in_the_open(settings: Settings) -> Iterator[Doubt]:
    """Tokens that travel through the network where anybody can read them."""
    servers = [("model", settings.model.url, settings.model.token_file)]
    servers += [
        (f"endpoint[{number}]", endpoint.url, endpoint.token_file)
        for number, endpoint in enumerate(settings.endpoint)
    ]
    for key, url, file in servers:
        parts = urlsplit(url)
        if file and parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            yield Doubt(
                f"{key}.token_file",
                f"the token travels unencrypted to {parts.hostname}, and the photos too",
                "use https, or a network that you trust",
            )
