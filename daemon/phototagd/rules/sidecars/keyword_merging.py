"""Which keywords stay, go and come: the three-way merge of one photo's keyword lists.

Compared with what the sidecar held after our last write (the base), every list tells by
itself what other programs added and removed since; what one of them added is kept in all,
what one of them removed is removed from all. Two words are the same when they differ only in
case, in Unicode composition, or in a slash against digiKam's backslash.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from phototagd.domain.sidecar import KeywordLists, KeywordPast

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedKeywords:
    """Lists to write (`lists`), equal in what they say, and what to remember of them."""

    paths: tuple[str, ...]
    lists: KeywordLists
    past: KeywordPast


def parts_of(path: str) -> list[str]:
    """The words of a keyword path, from the top down to the leaf; empty ones are dropped."""
    return [word for word in (part.strip() for part in path.split("|")) if word]


def key_of(path: str) -> Key:
    """What a keyword path is compared by."""
    return _entry(path)[0]


@lru_cache(maxsize=8192)  # every path is looked at in several lists, and in many sidecars
def _entry(path: str) -> tuple[Key, str]:
    """What a path is compared by, and how it is spelled."""
    parts = parts_of(path)
    folded = (
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
        for word in parts
    )
    return tuple(word.replace("\\", "/") for word in folded), "|".join(parts)


def by_key(paths: Iterable[str]) -> dict[Key, str]:
    """Paths without duplicates, in order, the first spelling winning."""
    found: dict[Key, str] = {}
    for path in paths:
        key, spelled = _entry(path)
        if key:
            found.setdefault(key, spelled)
    return found


def merge_keywords(
    found: KeywordLists,
    past: KeywordPast,
    offered: Sequence[str] | None,
    *,
    embedded: Sequence[str] = (),
) -> MergedKeywords:
    """Merge what is found with what we remember and what the model offers.

    Args:
        found: The lists as they are now.
        past: Our memory from the sidecar. Without a base nothing is removed or rejected.
        offered: Paths from the model, most important first; None keeps what we gave before.
        embedded: Paths newly found inside the photo file; additions only.

    Merging the outcome again with the same offer changes nothing.
    """
    base, ours_before = by_key(past.base or ()), by_key(past.ours)
    rejected_before = by_key(past.rejected)
    added = _added(found, base)
    for key, path in _unrejected(by_key(embedded), rejected_before).items():
        if key not in base:
            added.setdefault(key, path)
    removed, is_doubtful = _removed(found, base, past)
    theirs = {
        key: path
        for key, path in (base | added).items()
        if key not in removed and not (key in base and key in ours_before)
    }
    gone = rejected_before | {key: path for key, path in base.items() if key in removed}
    rejected = _beside(theirs, gone)
    wanted = _beside(theirs, ours_before if offered is None else by_key(offered))
    ours = _unrejected(wanted, rejected)
    final = theirs | ours
    return MergedKeywords(
        paths=tuple(final.values()),
        lists=_lists(found, final, keep_order=tuple(ours.values()) == past.ours),
        past=_remember(past, final, ours, rejected, is_doubtful=is_doubtful),
    )


def _added(found: KeywordLists, base: Mapping[Key, str]) -> dict[Key, str]:
    paths = [
        path
        for listed in (found.hierarchical, found.tags_list, found.microsoft, found.mediapro)
        for path in listed or ()
    ]
    added = {key: path for key, path in by_key(paths).items() if key not in base}
    # Programs repeat the words above a leaf in dc:subject: those are not keywords of their own.
    known = {word for key in (*base, *added) for word in key}
    for key, path in by_key(found.subject or ()).items():
        is_known = key in base if len(key) > 1 else key[0] in known
        if not is_known:
            added.setdefault(key, path)
    return added


def _removed(
    found: KeywordLists, base: Mapping[Key, str], past: KeywordPast
) -> tuple[set[Key], bool]:
    """What other programs took out, and whether one of them looks like an old database.

    A program that writes from a database older than our last write drops exactly what we
    added last, while another list still has it. That is not believed once; twice, it is.
    """
    words = {key[-1] for key in by_key(found.subject or ())}
    vanished = [
        {key for key in base if key[-1] not in words},
        base.keys() - by_key(found.hierarchical or ()).keys(),
        base.keys() - by_key(found.tags_list or ()).keys(),
    ]
    latest = by_key(past.latest).keys() & base.keys()
    is_believed = latest <= by_key(past.doubted).keys()
    is_elsewhere = any(not latest & gone for gone in vanished)
    removed: set[Key] = set()
    is_doubtful = False
    for gone in vanished:
        if latest and latest <= gone and is_elsewhere and not is_believed:
            is_doubtful = True
        else:
            removed |= gone
    return removed, is_doubtful


def _beside(theirs: Mapping[Key, str], paths: Mapping[Key, str]) -> dict[Key, str]:
    """Those of the paths whose leaf the person does not have, under whatever parent."""
    taken = {key[-1] for key in theirs}
    return {key: path for key, path in paths.items() if key[-1] not in taken}


def _unrejected(paths: Mapping[Key, str], rejected: Mapping[Key, str]) -> dict[Key, str]:
    """Those of the paths that no person took out, under whatever parent."""
    unwanted = {key[-1] for key in rejected}
    return {key: path for key, path in paths.items() if key[-1] not in unwanted}


def _remember(
    past: KeywordPast,
    final: Mapping[Key, str],
    ours: Mapping[Key, str],
    rejected: Mapping[Key, str],
    *,
    is_doubtful: bool,
) -> KeywordPast:
    new = ours.keys() - by_key(past.ours).keys()
    before = by_key(past.latest)
    latest = new or before.keys() & ours.keys()
    doubted = by_key(past.doubted).keys() | (before.keys() if is_doubtful else set())
    return KeywordPast(
        base=tuple(final.values()),
        ours=tuple(ours.values()),
        rejected=tuple(rejected.values()),
        latest=tuple(path for key, path in ours.items() if key in latest),
        doubted=tuple(path for key, path in ours.items() if key in doubted),
    )


def _lists(found: KeywordLists, final: Mapping[Key, str], *, keep_order: bool) -> KeywordLists:
    paths = tuple(final.values())
    leaves = by_key(parts_of(path)[-1] for path in paths)
    above = {(word,) for key in final for word in key[:-1]}
    for key, word in by_key(found.subject or ()).items():
        if key in above:
            leaves.setdefault(key, word)

    def listed(now: tuple[str, ...] | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
        # A list that says the same in another order is left alone: programs sort as they
        # like, and rewriting their order at each write would never end.
        same = now is not None and by_key(now).keys() == by_key(wanted).keys()
        return now if same and keep_order and now is not None else wanted

    return KeywordLists(
        subject=listed(found.subject, tuple(leaves.values())),
        hierarchical=listed(found.hierarchical, paths),
        tags_list=listed(found.tags_list, paths),
        microsoft=None if found.microsoft is None else listed(found.microsoft, paths),
        mediapro=None if found.mediapro is None else listed(found.mediapro, paths),
    )
