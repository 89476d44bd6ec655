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
