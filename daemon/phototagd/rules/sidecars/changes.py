"""What a write changes, in the words of a person: keywords that come and go, and the caption."""

from phototagd.domain.sidecar import SidecarState
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.keyword_merging import by_key


def keywords_changed(
    before: SidecarState | None, after: SidecarState | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keyword paths that a sidecar has only after, and only before; None is no sidecar."""
    old = {} if before is None else by_key(paths_in(before.lists))
    new = {} if after is None else by_key(paths_in(after.lists))
    added = tuple(path for key, path in new.items() if key not in old)
    removed = tuple(path for key, path in old.items() if key not in new)
    return added, removed


def caption_in(state: SidecarState | None) -> str:
    """The caption that most programs show; empty without one."""
    return "" if state is None else state.caption or state.image_description or ""
