"""Page tokens that someone computed: refused, or a page like any other, but never a fault."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from runyard.store import page_tokens
from runyard.store.page_tokens import make_token
from runyard.store.registry import models, versions
from runyard.store.store import Store
from tests.studio_api.asgi import Client

LISTINGS: list[tuple[str, dict[str, Any]]] = [
    ("/experiments", {}),
    ("/runs", {}),
    ("/runs", {"order_by": "metrics.loss DESC"}),
    ("/runs", {"order_by": "params.lr"}),
    ("/run-groups", {"by": "params.lr"}),
    ("/runs/a/children", {}),
    ("/runs/c/artifacts", {}),
    ("/runs/c/artifact-search", {"path": "a.log", "text": "a"}),
    ("/models", {}),
    ("/models/m/versions", {}),
]
LARGEST, LEAST = 2**63 - 1, -(2**63)
WRONG: list[Any] = [
    None,
    {},
    7,
    "text",
    [None],
    [{}],
    [1.5, 2.5, 3.5, 4.5],
    ["x"] * 4,
    [[0, 2**63]],
    [2**64 - 1],
]
ODD: list[Any] = [
    [LARGEST],
    [LARGEST, LARGEST],
    [LEAST, LEAST],
    [LARGEST, None],
    [LARGEST, LARGEST, LEAST],
    ["\x00../.."],
    [[0, "a"]],
    [[0, "x"], [0, 3]],
    [[0, LARGEST], [0, "\x00"]],
    [[1, None], [0, None]],
    [[0, "x"], [0, "x"], [0, 1.5]],
    [[0, float("nan")], [0, LEAST], [0, None]],
    [[2, 1], [1, "x"], [0, "x"]],
]


@pytest.fixture
def listings(filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    upload = filled.artifacts.upload("0/c/artifacts/a.log")
    upload.write([b"a\nb\na"])
    upload.publish()
    filled.write(partial(models.create, name="m", tags=[]))
    filled.write(partial(versions.create, new=versions.NewVersion("m", "s3://bucket/model")))
    # Whoever reads the code can compute a checksum: here it is the same for all.
    monkeypatch.setattr(page_tokens, "_check", lambda request, body: bytes(8))
    return client


@pytest.mark.parametrize(("path", "query"), LISTINGS)
def test_a_token_of_another_shape_is_refused(listings: Client, path: str, query: dict[str, Any]) -> None:
    for position in WRONG:
        answer = listings.get(path, page_token=make_token(None, position), **query)
        error = answer.json()
        assert (answer.status, error["error_code"]) == (400, "INVALID_PARAMETER_VALUE"), position
        assert "'page_token'" in error["message"]


@pytest.mark.parametrize(("path", "query"), LISTINGS)
def test_an_odd_place_is_no_fault(listings: Client, path: str, query: dict[str, Any]) -> None:
    statuses = {listings.get(path, page_token=make_token(None, position), **query).status for position in ODD}
    assert statuses == {200, 400}
