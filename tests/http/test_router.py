"""Finding routes, and what every route of the server declares."""

from __future__ import annotations

import pytest

from runyard.errors import EndpointNotFound, MethodNotAllowed
from runyard.http import pages
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import PERMISSIONS, Route, Router
from runyard.mlflow_api.routes import ROUTES

# What anyone may ask. Parts of an upload name an unguessable id that only its creator was told.
OPEN = (
    "/health",
    "/version",
    "/runyard/version",
    "/3.0/mlflow/server-info",
    "/3.0/mlflow/server-features",
    "/2.0/mlflow-artifacts/mpu/parts/{upload_id}/{number}",
)


async def handler(request: Request) -> Response:
    raise NotImplementedError


def router(*routes: tuple[str, str]) -> Router:
    return Router(Route(method, path, handler, "read") for method, path in routes)


def test_exact_paths_come_before_patterns() -> None:
    found = router(("POST", "/models/{id}"), ("POST", "/models/search"), ("GET", "/models/{id}"))
    route, values = found.find("POST", "/models/search")
    assert (route.path, values) == ("/models/search", {})
    # An id that is spelt like another route's literal is still an id.
    route, values = found.find("GET", "/models/search")
    assert (route.path, values) == ("/models/{id}", {"id": "search"})


def test_a_path_part_takes_one_segment_and_a_rest_takes_all() -> None:
    found = router(("GET", "/models/{id}/tags/{key}"), ("PUT", "/files/{path:path}"))
    assert found.find("GET", "/models/a b/tags/c")[1] == {"id": "a b", "key": "c"}
    assert found.find("PUT", "/files/a/b\nc")[1] == {"path": "a/b\nc"}
    with pytest.raises(EndpointNotFound):
        found.find("GET", "/models/a/b/tags/c")


def test_a_wrong_method_names_the_right_ones() -> None:
    found = router(("GET", "/a"), ("POST", "/a"))
    with pytest.raises(MethodNotAllowed) as error:
        found.find("DELETE", "/a")
    assert sorted(error.value.allowed) == ["GET", "POST"]
    assert found.find("HEAD", "/a")[0].method == "GET"


def test_two_handlers_for_one_route_are_refused() -> None:
    with pytest.raises(ValueError, match="two handlers"):
        router(("GET", "/a"), ("GET", "/a"))


@pytest.mark.parametrize("route", [*pages.ROUTES, *ROUTES], ids=lambda route: f"{route.method} {route.path}")
def test_every_route_declares_its_permission(route: Route) -> None:
    assert route.permission in PERMISSIONS
    if route.permission == "none":
        assert route.path.removeprefix("/ajax-api").removeprefix("/api") in OPEN


def test_every_api_route_stands_under_both_prefixes() -> None:
    paths = {(route.method, route.path) for route in ROUTES}
    for method, path in paths:
        if path.startswith("/api/"):
            assert (method, "/ajax-api/" + path.removeprefix("/api/")) in paths
