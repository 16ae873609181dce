"""Who is woken by what: work in the queue, room among ready photos, a gate that moved."""

from dataclasses import dataclass, field

from phototagd.flow.bus import Bell


@dataclass(frozen=True, slots=True)
class Bells:
    """Rung by parts, heard by loops."""

    to_prepare: Bell = field(default_factory=Bell)
    to_write: Bell = field(default_factory=Bell)
    to_ask: Bell = field(default_factory=Bell)
    to_probe: Bell = field(default_factory=Bell)

    def work_came(self) -> None:
        """The queue has something new."""
        self.to_prepare()
        self.to_write()

    def person_came(self) -> None:
        """Somebody waits for a photo: models may be loaded for it."""
        self.work_came()
        self.to_probe()

    def gates_moved(self) -> None:
        """A pause or a breaker changed."""
        self.to_prepare()
        self.to_ask()
        self.to_probe()
