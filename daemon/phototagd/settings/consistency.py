"""Options that are right by themselves but cannot all be true."""

import os
from itertools import combinations
from pathlib import Path

from phototagd.domain.errors import ConfigError
from phototagd.settings.options import LibrarySettings, Settings


def refuse_contradictions(settings: Settings) -> None:
    """Raises ConfigError for libraries inside each other, bad mirrors or inboxes, idle keys."""
    for index, endpoint in enumerate(settings.endpoint):
        if endpoint.extra_body and (endpoint.engine or settings.model.engine) != "openai":
            raise ConfigError(
                f'endpoint[{index}].extra_body is for engine = "openai"; for Ollama there are '
                f"model.options"
            )
    for index, library in enumerate(settings.library):
        _refuse_bad_mirror(index, library)
    _refuse_inbox_elsewhere(settings)
    for (i, one), (j, other) in combinations(enumerate(settings.library), 2):
        first, second = _real(one.path), _real(other.path)
        if first == second:
            raise ConfigError(f"library[{j}].path = {str(other.path)!r}: is library[{i}] again")
        if first in second.parents or second in first.parents:
            raise ConfigError(
                f"library[{j}].path = {str(other.path)!r}: libraries cannot lie inside each "
                f"other; library[{i}].path is {str(one.path)!r}"
            )


def _refuse_inbox_elsewhere(settings: Settings) -> None:
    inbox = settings.web.inbox
    if inbox is None or not settings.library:
        return
    if not any(_real(inbox).is_relative_to(_real(library.path)) for library in settings.library):
        raise ConfigError(
            f"web.inbox = {str(inbox)!r}: must lie inside a library, so that what is sent there "
            "is watched as all other photos are"
        )


def _refuse_bad_mirror(index: int, library: LibrarySettings) -> None:
    key = f"library[{index}]"
    if library.sidecars != "mirror":
        return
    if library.mirror_dir is None:
        raise ConfigError(f'{key}.mirror_dir is missing: {key}.sidecars = "mirror" needs it')
    root, mirror = _real(library.path), _real(library.mirror_dir)
    if mirror == root or root in mirror.parents or mirror in root.parents:
        raise ConfigError(
            f"{key}.mirror_dir = {str(library.mirror_dir)!r}: must lie outside its library "
            f"{str(library.path)!r}, and not around it"
        )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
