"""How do places nest: countries, their regions, their cities?"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter

from phototagd.domain.asset import Place
from phototagd.domain.overview import PlaceCount, PlaceNode

Named = tuple[PlaceCount, Place]  # with its names in the language of whoever looks
Level = Callable[[Place], Place]

_LEVELS: tuple[tuple[Callable[[Place], str], Level], ...] = (
    (
        lambda names: names.country or names.country_code,
        lambda place: Place(country=place.country, country_code=place.country_code),
    ),
    (
        attrgetter("state"),
        lambda place: Place("", place.state, place.country, place.country_code),
    ),
    (attrgetter("city"), lambda place: place),
)


def place_tree(places: Iterable[Named]) -> tuple[PlaceNode, ...]:
    """Countries with what is below them, everywhere most photos first.

    What has no name on a level hangs where it is known: a place without a region gives its city
    to the country. Places are one where their names are, in the language of whoever looks.
    """
    return _nodes(list(places), 0)


def _nodes(places: list[Named], depth: int) -> tuple[PlaceNode, ...]:
    if depth == len(_LEVELS):
        return ()
    name_of, level = _LEVELS[depth]
    by_name = defaultdict(list)
    for count, names in places:
        by_name[name_of(names)].append((count, names))
    unnamed = by_name.pop("", [])
    nodes = [_node(name, level, below, depth) for name, below in by_name.items()]
    nodes += _nodes(unnamed, depth + 1) if unnamed else ()
    return tuple(sorted(nodes, key=lambda node: (-node.count, node.name)))


def _node(name: str, level: Level, places: list[Named], depth: int) -> PlaceNode:
    newest, _ = max(places, key=lambda named: (named[0].newest_at, named[0].cover))
    wanted = tuple(dict.fromkeys(level(count.place) for count, _ in places))
    return PlaceNode(
        name=name,
        wanted=wanted,
        count=sum(count.count for count, _ in places),
        cover=newest.cover,
        newest_at=newest.newest_at,
        below=_nodes(places, depth + 1),
    )


def node_at(tree: Iterable[PlaceNode], names: Iterable[str]) -> PlaceNode | None:
    """The node that is reached by these names from the top; None where there is none."""
    found = None
    for name in names:
        found = next((node for node in tree if node.name == name), None)
        if found is None:
            return None
        tree = found.below
    return found


def is_within(place: Place, wanted: Place) -> bool:
    """Whether a place is the wanted one, or lies in it; what is empty there does not count."""
    return all(
        not want or want == has
        for want, has in (
            (wanted.country_code or wanted.country, place.country_code or place.country),
            (wanted.state, place.state),
            (wanted.city, place.city),
        )
    )
