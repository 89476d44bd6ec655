"""The contract: every route says what it needs, and the committed OpenAPI document is the code's."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from fastapi.routing import APIRoute

from runyard.store.store import Store
from runyard.studio_api.app import build_studio_api
from runyard.studio_api.contract import contract
from runyard.studio_api.permissions import MARK, Permission
from tests.studio_api.asgi import Client

DOCUMENT = Path(__file__).parents[2] / "studio" / "openapi.json"


def test_every_operation_declares_the_permission_that_it_needs(store: Store) -> None:
    document = build_studio_api(store).openapi()
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert len(operations) >= 10
    for operation in operations:
        assert operation.get(MARK) in get_args(Permission), operation["operationId"]


def test_no_route_is_left_out_of_the_document(store: Store) -> None:
    app = build_studio_api(store)
    routes = {route.path for route in app.routes if isinstance(route, APIRoute)}
    assert routes <= set(app.openapi()["paths"])


def test_the_committed_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == contract(), (
        "run: python -m runyard.studio_api.contract > studio/openapi.json && npm --prefix studio run types"
    )


def test_errors_have_mlflows_shape(client: Client) -> None:
    missing = client.get("/nothing/here")
    assert (missing.status, missing.json()["error_code"]) == (404, "ENDPOINT_NOT_FOUND")
    method = client.call("DELETE", "/runs")
    assert (method.status, method.json()["error_code"]) == (405, "BAD_REQUEST")
    field = client.get("/runs", max_results="many")
    assert (field.status, field.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert "max_results" in field.json()["message"]
    body = client.call("POST", "/series", body=b"{")
    assert (body.status, body.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
