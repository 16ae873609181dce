"""How sidecars are found, read and written, for everybody who does."""

from phototagd.adapters.sidecars import DiskSidecars
from phototagd.adapters.xmp.editor import XmpEditor
from phototagd.app.arriving.libraries import LibraryBuilder
from phototagd.app.writing.embedding import embedding_of
from phototagd.flow.asking.adopter import Adopter
from phototagd.flow.writing.follower import SidecarFollower
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Catalogue, Ledger, Listener, StepHook


class Shelving:
    """The files, the editor and the places of sidecars, made once and shared."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        libraries: LibraryBuilder,
        step: StepHook,
    ) -> None:
        self._catalogue = catalogue
        self.embedding = embedding_of(libraries, step)
        self.files = DiskSidecars(step=step)
        self.editor = XmpEditor()
        self.shelves = Shelves(
            files=self.files, policies=libraries.policies(), default=libraries.default_policy
        )

    def close(self) -> None:
        """End what reads photos for us; may be called twice."""
        if self.embedding is not None:
            self.embedding.close()

    def adopter(self) -> Adopter:
        """Who takes over answers that stand in sidecars."""
        return Adopter(
            catalogue=self._catalogue, files=self.files, editor=self.editor, shelves=self.shelves
        )

    def follower(self, ledger: Ledger, emit: Listener) -> SidecarFollower:
        """Who brings sidecars along when photos move."""
        return SidecarFollower(
            catalogue=self._catalogue,
            ledger=ledger,
            files=self.files,
            shelves=self.shelves,
            emit=emit,
        )
