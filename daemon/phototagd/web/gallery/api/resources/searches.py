"""Searches that a person keeps under a name."""

from pydantic import Field

from phototagd.domain.saved_search import LONGEST_NAME, LONGEST_QUERY, SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.web.gallery.api.operation import Asked, delete, get, put
from phototagd.web.gallery.api.shapes import Answer, Body, Params
from phototagd.web.gallery.problems import Refused


class Kept(Answer):
    """A search that is kept."""

    name: str
    query: str
    order: HitOrder


class KeptSearches(Answer):
    """All of them, by name."""

    searches: list[Kept]


class Keep(Body):
    """A search to keep, in place of another of its name."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, pattern=r"\w")
    query: str = Field(min_length=1, max_length=LONGEST_QUERY, pattern=r"\w")
    order: HitOrder = HitOrder.RELEVANCE


class NameOfSearch(Params):
    """Which search."""

    name: str = Field(max_length=LONGEST_NAME, description="The name it is kept under.")


def searches(asked: Asked) -> KeptSearches:
    """List the searches that are kept."""
    return KeptSearches(searches=[_told(one) for one in asked.needs.control.searches.all()])


def keep_search(asked: Asked, body: Keep) -> Kept:
    """Keep a search under a name."""
    try:
        return _told(asked.needs.control.searches.save(body.name, body.query, body.order))
    except ValueError as error:
        raise Refused(400, str(error)) from error


def forget_search(asked: Asked, params: NameOfSearch) -> KeptSearches:
    """Forget a search; the answer is what is left."""
    if not asked.needs.control.searches.remove(params.name):
        raise Refused(404, "there is no search of that name")
    return searches(asked)


def _told(one: SavedSearch) -> Kept:
    return Kept(name=one.name, query=one.query, order=one.order)


OPERATIONS = (
    get("/searches", searches),
    put("/searches", keep_search),
    delete("/searches", forget_search, 404),
)
