"""Runs over HTTP: what creating one answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.compat.servers import runyard_server
from tests.differential.calls import call

API = "/api/2.0/mlflow/"
TAGS = [
    {"key": key, "value": value}
    for key, value in (("z", "1"), ("Ä", "2"), ("a b", ""), ("A", "3"), ("z", "4"))
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with runyard_server(tmp_path_factory.mktemp("runs")) as server:
        yield server.port


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"experiment_id": "0", "run_name": "named", "user_id": "someone", "start_time": 5, "tags": TAGS},
        {"start_time": 0, "tags": [{"key": "mlflow.runName", "value": "by its tag"}]},
    ],
)
def test_creating_a_run_answers_what_reading_it_answers(port: int, body: dict[str, Any]) -> None:
    created = call(port, "POST", API + "runs/create", body).body
    run_id = created["run"]["info"]["run_id"]
    assert created == call(port, "GET", API + "runs/get", {"run_id": run_id}).body


def test_creating_a_run_answers_alike_directly_and_through_asgi(port: int) -> None:
    """A connection takes the first call directly; a header that it leaves to ASGI sends the second there."""
    body = {"run_name": "named", "start_time": 5, "tags": [{"key": "a", "value": "b"}]}
    headers = {"Accept": "application/json"}
    direct = call(port, "POST", API + "runs/create", body).body["run"]
    ordinary = call(port, "POST", API + "runs/create", body, headers=headers).body["run"]
    for run in (direct, ordinary):
        for field in ("run_id", "run_uuid", "artifact_uri"):
            assert run["info"].pop(field)
    assert direct == ordinary


@pytest.mark.parametrize(
    "body", [{"experiment_id": "999"}, {"start_time": -1}, {"tags": [{"key": "", "value": ""}]}, {"tags": 1}]
)
def test_what_is_wrong_with_a_new_run_is_told_alike_directly_and_through_asgi(
    port: int, body: dict[str, Any]
) -> None:
    direct = call(port, "POST", API + "runs/create", body)
    assert direct.status in (400, 404)
    assert direct == call(port, "POST", API + "runs/create", body, headers={"Accept": "application/json"})


def test_a_run_is_created_from_an_empty_body(port: int) -> None:
    answer = call(port, "POST", API + "runs/create", raw=b"")
    assert answer.body["run"]["info"]["experiment_id"] == "0"
