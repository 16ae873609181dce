"""Which photos stand beside each other: the same picture, or one burst?

Nothing follows from it but a list for a person to look at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from phototagd.domain.asset import AssetId
from phototagd.domain.likeness import Likeness, Sketched
from phototagd.rules.likeness.nearness import is_near

BURST_GAP_SECONDS = 2
BURST_PHASH = 12

Members = tuple[AssetId, ...]
Group = tuple[Likeness, Members]


def alike(photos: Iterable[Sketched]) -> list[Group]:
    """Groups of two photos and more. A photo may be in a burst and have duplicates besides.

    A RAW beside its developed photo is left out: the other stands for both. Of groups of which
    one holds the other, the larger stays; shots of one burst are no duplicates of each other,
    however alike.
    """
    compared = without_raw_halves(photos)
    similar = [tuple(photo.asset for photo in group) for group in _joined(compared)]
    bursts = [tuple(photo.asset for photo in run) for run in _bursts(compared)]
    of_bursts, of_similar = _by_member(bursts), _by_member(similar)
    return [
        *((Likeness.SIMILAR, group) for group in similar if _holder(group, of_bursts) is None),
        *((Likeness.BURST, run) for run in bursts if _holder(run, of_similar) in {None, run}),
    ]


def _by_member(groups: Iterable[Members]) -> dict[AssetId, Members]:
    return {asset: group for group in groups for asset in group}


def _holder(group: Members, others: Mapping[AssetId, Members]) -> Members | None:
    """The one other group that all of a group are in; a group of the same photos in its order."""
    homes = {others.get(asset, ()) for asset in group}
    home = homes.pop()
    if homes or not home:
        return None
    return group if len(home) == len(group) else home


def without_raw_halves(photos: Iterable[Sketched]) -> list[Sketched]:
    """The photos without each RAW that has a developed photo of its name beside it."""
    known = list(photos)
    developed = {photo.stem for photo in known if not photo.is_raw}
    return [photo for photo in known if not (photo.is_raw and photo.stem in developed)]


def _bursts(photos: Iterable[Sketched]) -> Iterator[list[Sketched]]:
    """Runs of one camera, each shot soon after the last and much like it."""
    by_camera = defaultdict(list)
    for photo in photos:
        if photo.camera and photo.taken_at is not None:
            by_camera[photo.camera].append((photo.taken_at, photo.asset, photo))
    for shots in by_camera.values():
        run: list[Sketched] = []
        for _, _, photo in sorted(shots, key=lambda shot: shot[:2]):
            if run and not _follows(photo, run[-1]):
                yield from _if_burst(run)
                run = []
            run.append(photo)
        yield from _if_burst(run)


def _follows(photo: Sketched, before: Sketched) -> bool:
    assert photo.taken_at is not None
    assert before.taken_at is not None
    return (
        photo.taken_at - before.taken_at <= BURST_GAP_SECONDS
        and not (photo.sketch.is_flat or before.sketch.is_flat)
        and (photo.sketch.phash ^ before.sketch.phash).bit_count() <= BURST_PHASH
    )


def _if_burst(run: list[Sketched]) -> Iterator[list[Sketched]]:
    """A run of one second that is one picture throughout is a photo in several files."""
    if len(run) > 1 and (run[0].taken_at != run[-1].taken_at or not _is_one_picture(run)):
        yield run


def _is_one_picture(run: Sequence[Sketched]) -> bool:
    return all(is_near(one, other) for one, other in combinations(run, 2))


def _joined(photos: Sequence[Sketched]) -> list[list[Sketched]]:
    """Near photos, and those near to them."""
    parent = list(range(len(photos)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in near_pairs(photos):
        parent[root(other)] = root(one)
    groups = defaultdict(list)
    for index, photo in enumerate(photos):
        groups[root(index)].append(photo)
    return [group for group in groups.values() if len(group) > 1]


def near_pairs(photos: Sequence[Sketched]) -> list[tuple[int, int]]:
    """As `near_pairs.near_pairs`, loaded when it is asked for: numpy takes 12 MB."""
    from phototagd.rules.likeness import near_pairs as near  # noqa: PLC0415 -- see above

    return near.near_pairs(photos)
