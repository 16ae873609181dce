"""The OpenAPI document says what the routes do."""

from collections import Counter

from doubles.gallery_house import GalleryHouse
from phototagd.web.gallery.api.app import OPERATIONS
from phototagd.web.gallery.api.document import openapi


def test_every_route_is_described_and_nothing_else(house: GalleryHouse) -> None:
    document = house.browser.get("/api/v1/openapi.json").json()
    [mount] = [route for route in house.app.routes if getattr(route, "path", "") == "/api/v1"]

    described = {(p, m.upper()) for p, methods in document["paths"].items() for m in methods}
    routes = {
        (route.path, method)
        for route in mount.routes  # type: ignore[attr-defined] -- found as the mount
        for method in route.methods - {"HEAD"}
        if route.path != "/openapi.json"
    }
    assert described == routes
    assert len(described) == len(OPERATIONS)


def test_every_operation_explains_itself() -> None:
    names = Counter(operation.name for operation in OPERATIONS)

    assert names.most_common(1)[0][1] == 1, "programs call them by their names"
    for operation in OPERATIONS:
        assert operation.docs[0].endswith("."), operation.name
    document = openapi(OPERATIONS)
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            for parameter in one.get("parameters", []):
                assert parameter.get("description"), (path, method, parameter["name"])


def test_no_reference_leads_nowhere() -> None:
    document = openapi(OPERATIONS)
    schemas = document["components"]["schemas"]

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [one for inner in value.values() for one in references(inner)]
        if isinstance(value, list):
            return [one for inner in value for one in references(inner)]
        return []

    found = {one.removeprefix("#/components/schemas/") for one in references(document)}
    assert found == set(schemas), "and none is there for nothing"
