"""What a photo's own packet and its sidecar tell each other, so that both say the same.

Each has its own memory of our last write (the base), so what a person changed in either is
known. It is told to the other as a person's edit.
"""

from phototagd.domain.amending import PersonsEdit
from phototagd.domain.sidecar import KeywordPast, SidecarState
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.keyword_merging import by_key, merge_keywords
from phototagd.rules.sidecars.sidecar_text import clean_line, is_camera_junk


def told_by_photo(
    inside: SidecarState, beside: SidecarState, written_caption: str | None
) -> PersonsEdit:
    """What a person changed in the photo since our last write there, for the sidecar.

    Args:
        inside: What the photo's packet says.
        beside: What the sidecar says.
        written_caption: The caption that the packet had after our last write, None if unknown.
    """
    return PersonsEdit(
        *_changed(inside), caption=_caption_by_photo(inside, beside, written_caption)
    )


def told_to_photo(
    beside: SidecarState, inside: SidecarState, written_caption: str | None
) -> PersonsEdit:
    """What the sidecar holds of persons that the photo's packet does not, for that packet."""
    theirs, past = _theirs(beside), _past(beside)
    here, wanted = by_key(paths_in(inside.lists)), by_key(paths_in(beside.lists))
    ours, rejected = by_key(_past(inside).ours), by_key(_past(inside).rejected)
    gone = {key: path for key, path in here.items() if key not in wanted and key not in ours}
    gone |= {key: path for key, path in by_key(past.rejected).items() if key not in rejected}
    return PersonsEdit(
        add=tuple(path for key, path in theirs.items() if key not in here or key in ours),
        remove=tuple(path for key, path in gone.items() if key not in wanted),
        caption=_caption_to_photo(beside, inside, written_caption),
        is_private=None if beside.record is None else beside.record.is_private,
    )


def not_ours(state: SidecarState) -> tuple[str, ...]:
    """The keyword paths of a packet that we did not put there."""
    ours = by_key(_past(state).ours)
    return tuple(path for key, path in by_key(paths_in(state.lists)).items() if key not in ours)


def _changed(inside: SidecarState) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keywords that came and went since our last write; none before the first one."""
    past = _past(inside)
    if past.base is None:
        return (), ()
    now = merge_keywords(inside.lists, past, None).past
    base, ours = by_key(past.base), by_key(now.ours)
    before = by_key(past.rejected)
    came = [p for k, p in by_key(now.base or ()).items() if k not in base and k not in ours]
    went = [path for key, path in by_key(now.rejected).items() if key not in before]
    return tuple(came), tuple(went)


def _theirs(state: SidecarState) -> dict[tuple[str, ...], str]:
    return by_key(not_ours(state))


def _past(state: SidecarState) -> KeywordPast:
    return KeywordPast() if state.record is None else state.record.keywords


def _caption_by_photo(
    inside: SidecarState, beside: SidecarState, written: str | None
) -> str | None:
    now, there = inside.caption or "", beside.caption or ""
    if now == there or (written is not None and now == written):
        return None
    if inside.record is None:
        is_wanted = bool(now) and not is_camera_junk(now) and not _is_persons(beside)
    else:
        is_wanted = written is not None
    return now if is_wanted else None


def _caption_to_photo(
    beside: SidecarState, inside: SidecarState, written: str | None
) -> str | None:
    now, there = inside.caption or "", beside.caption or ""
    if now == there or not _is_persons(beside):
        return None
    is_known = written is not None and now == written
    return there if not now or is_known or not _is_persons(inside) else None


def _is_persons(state: SidecarState) -> bool:
    """Whether a caption that is there is a person's, or a person took it out."""
    record = state.record
    if record is None:
        return bool(state.caption)
    ours = record.caption
    return record.is_caption_persons or clean_line(state.caption or "") != ours
