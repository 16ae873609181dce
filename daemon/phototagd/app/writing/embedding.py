"""Words inside photos, wired only where a library asks for them."""

from phototagd.adapters.embedded_packets import EmbeddedPackets
from phototagd.adapters.exiftool import Exiftool
from phototagd.app.arriving.libraries import LibraryBuilder
from phototagd.domain.asset import LibraryId
from phototagd.ports import Clock, StepHook
from phototagd.settings import Settings

FOLDER = "embedding"


class Embedding:
    """The packets of photos, and the witness that must agree before a photo is replaced."""

    def __init__(
        self,
        settings: Settings,
        *,
        libraries: frozenset[LibraryId],
        clock: Clock,
        step: StepHook,
    ) -> None:
        folder = settings.state_dir / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        self.libraries = libraries
        self.witness = Exiftool(folder=folder, monotonic=clock.monotonic)
        self.packets = EmbeddedPackets(witness=self.witness, folder=folder, step=step)

    def close(self) -> None:
        """End the witness; may be called twice."""
        self.witness.close()


def embedding_of(libraries: LibraryBuilder, step: StepHook) -> Embedding | None:
    """What puts words into photos; None, and nothing is made, without a library that asks."""
    wanted = libraries.embedding()
    if not wanted:
        return None
    return Embedding(libraries.settings, libraries=wanted, clock=libraries.clock, step=step)
