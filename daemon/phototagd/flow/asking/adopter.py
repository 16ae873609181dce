"""Takes over answers that sidecars of ours carry already: after a lost database, for one."""

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import NotYet, SidecarError
from phototagd.domain.record import PathRecord
from phototagd.domain.tagging import Tagging
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Catalogue, PacketEditor, SidecarFiles
from phototagd.rules.answers.adopting import tagging_in


class Adopter:
    """Looks beside the copies of an asset for an answer to this very picture."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        files: SidecarFiles,
        editor: PacketEditor,
        shelves: Shelves,
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._editor = editor
        self._shelves = shelves

    def answer_for(self, asset: AssetId, profile: str | None = None) -> Tagging | None:
        """The answer beside one of the copies; None for an asset that was answered before.

        With a profile only answers by that one count. Somebody who asks again about a known
        asset wants a new answer. A sidecar that cannot be read has nothing to say here: the
        writer will report it.
        """
        if self._catalogue.latest_tagging(asset, profile) is not None:
            return None
        for copy in self._catalogue.paths_of(asset):
            try:
                answer = self._beside(copy, asset)
            except (SidecarError, NotYet):
                continue
            if answer is not None and profile in (None, answer.recipe.profile):
                return answer
        return None

    def _beside(self, copy: PathRecord, asset: AssetId) -> Tagging | None:
        for target in self._shelves.targets(copy):
            if not target.exists:
                continue
            file = self._files.look(self._shelves.path(copy, target.name))
            if file is not None:
                record = self._editor.read(file.content).record
                answer = tagging_in(record, asset, copy.content_hash)
                if answer is not None:
                    return answer
        return None
