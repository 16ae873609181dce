"""Where the sidecars of a photo stand, or will stand."""

from collections.abc import Mapping

from phototagd.domain.asset import LibraryId, PhotoKind
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarPolicy
from phototagd.ports import SidecarFiles
from phototagd.rules.sidecars import naming
from phototagd.rules.sidecars.naming import Target


class Shelves:
    """Applies each library's policy: beside the photos or in a mirror, and how they are called.

    `policies` may grow while the daemon runs; a library without one has `default`.
    """

    def __init__(
        self,
        *,
        files: SidecarFiles,
        policies: Mapping[LibraryId, SidecarPolicy],
        default: SidecarPolicy,
    ) -> None:
        self._files = files
        self._policies = policies
        self._default = default

    def targets(self, record: PathRecord) -> tuple[Target, ...]:
        """The sidecars of a photo, the principal one first; empty when it can have none."""
        policy = self._policy(record)
        photo, folder = record.location.name, self._folder(record)
        siblings = self._files.names(record.absolute[: -len(photo) - 1] or b"/", photo)
        sidecars = siblings if policy.mirror_root is None else self._files.names(folder, photo)
        return naming.targets(
            photo,
            is_raw=record.kind == PhotoKind.RAW,
            siblings=siblings,
            sidecars=sidecars,
            naming=policy.naming,
        )

    def path(self, record: PathRecord, name: bytes) -> bytes:
        """The absolute path of a sidecar."""
        return self._folder(record).rstrip(b"/") + b"/" + name

    def make_folder(self, record: PathRecord) -> None:
        """Make sure that the folder of a mirrored sidecar is there."""
        mirror = self._policy(record).mirror_root
        if mirror is not None:
            self._files.make_folder(mirror, record.location.folder)

    def _folder(self, record: PathRecord) -> bytes:
        return self._policy(record).folder_of(record.root, record.location.folder)

    def _policy(self, record: PathRecord) -> SidecarPolicy:
        return self._policies.get(record.location.library, self._default)
