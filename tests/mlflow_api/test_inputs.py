"""Runs' inputs and outputs over HTTP: fields, answers and errors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.compat.servers import runyard_server
from tests.differential.calls import Answer, call

API = "/api/2.0/mlflow/"
IRIS = {"name": "iris", "digest": "d1", "source_type": "local", "source": "{}", "schema": "s", "profile": "p"}
TRAINING = {"key": "mlflow.data.context", "value": "training"}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with runyard_server(tmp_path_factory.mktemp("inputs")) as server:
        yield server.port


@pytest.fixture
def run(port: int) -> str:
    created = ok(call(port, "POST", API + "runs/create", {"experiment_id": "0", "start_time": 1}))
    return str(created["run"]["info"]["run_id"])


def ok(answer: Answer) -> Any:
    assert answer.status == 200, answer
    return answer.body


def refused(answer: Answer, status: int, code: str, words: str) -> None:
    assert (answer.status, answer.error_code) == (status, code), answer
    assert words in answer.message


def get(port: int, run: str) -> Any:
    return ok(call(port, "GET", API + "runs/get", {"run_id": run}))["run"]


def test_inputs_and_outputs_answer_what_mlflow_answers(port: int, run: str) -> None:
    assert (get(port, run)["inputs"], get(port, run)["outputs"]) == ({}, {})
    other = {"name": "wine", "digest": "d2", "source_type": "s3", "source": "s3://b"}
    datasets = [{"dataset": IRIS, "tags": [TRAINING]}, {"dataset": other}]
    body = {"run_id": run, "datasets": datasets, "models": [{"model_id": "m-1"}]}
    for _ in range(2):
        ok(call(port, "POST", API + "runs/log-inputs", body))
    outputs = {"run_id": run, "models": [{"model_id": "m-2", "step": 3}, {"model_id": "m-3"}]}
    for _ in range(2):
        ok(call(port, "POST", API + "runs/outputs", outputs))
    found = get(port, run)
    assert found["inputs"] == {
        "dataset_inputs": [{"dataset": IRIS, "tags": [TRAINING]}, {"dataset": other}],
        "model_inputs": [{"model_id": "m-1"}],
    }
    assert found["outputs"] == {
        "model_outputs": [{"model_id": "m-2", "step": 3}, {"model_id": "m-3", "step": 0}]
    }
    searched = ok(
        call(port, "POST", API + "runs/search", {"experiment_ids": ["0"], "filter": "datasets.name = 'wine'"})
    )
    assert [found["inputs"] for found in searched["runs"]] == [found["inputs"]]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("runs/log-inputs", {"datasets": []}, "run_id"),
        ("runs/log-inputs", {"run_id": "{run}", "datasets": [{"tags": []}]}, "dataset"),
        ("runs/log-inputs", {"run_id": "{run}", "datasets": [{"dataset": {"name": "x"}}]}, "digest"),
        (
            "runs/log-inputs",
            {"run_id": "{run}", "datasets": [{"dataset": {**IRIS, "digest": "d" * 37}}]},
            "digest",
        ),
        (
            "runs/log-inputs",
            {"run_id": "{run}", "datasets": [{"dataset": {**IRIS, "name": 5}}]},
            "datasets[0]",
        ),
        ("runs/log-inputs", {"run_id": "{run}", "models": [{}]}, "model_id"),
        ("runs/outputs", {"models": []}, "run_id"),
        ("runs/outputs", {"run_id": "{run}", "models": [{"step": 1}]}, "model_id"),
        ("runs/outputs", {"run_id": "{run}", "models": [{"model_id": "m", "step": 2**63}]}, "step"),
        ("runs/log-model", {"run_id": "{run}"}, "model_json"),
        ("runs/log-model", {"run_id": "{run}", "model_json": "{"}, "model_json"),
        ("runs/log-model", {"run_id": "{run}", "model_json": "[]"}, "model_json"),
        ("runs/log-model", {"run_id": "{run}", "model_json": "{}"}, "model_json"),
        ("runs/log-model", {"run_id": "{run}", "model_json": '{"a":' * 100_000}, "model_json"),
        ("experiments/search-datasets", {}, "experiment_ids"),
        ("experiments/search-datasets", {"experiment_ids": ["0"] * 21}, "experiment_ids"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    port: int, run: str, path: str, body: dict[str, Any], field: str
) -> None:
    filled = {name: run if value == "{run}" else value for name, value in body.items()}
    refused(call(port, "POST", API + path, filled), 400, "INVALID_PARAMETER_VALUE", f"'{field}")
    assert get(port, run)["inputs"] == {}


@pytest.mark.parametrize("path", ["runs/log-inputs", "runs/outputs"])
def test_the_run_must_exist(port: int, path: str) -> None:
    refused(call(port, "POST", API + path, {"run_id": "none"}), 404, "RESOURCE_DOES_NOT_EXIST", "'none'")


def test_models_of_mlflow_2_are_noted_on_the_run(port: int, run: str) -> None:
    model = {"run_id": run, "artifact_path": "model", "utc_time_created": "2026", "flavors": {"sklearn": {}}}
    for path in ("model", "other"):
        body = {"run_id": run, "model_json": json.dumps({**model, "artifact_path": path})}
        ok(call(port, "POST", API + "runs/log-model", body))
    tags = {tag["key"]: tag["value"] for tag in get(port, run)["data"]["tags"]}
    history = json.loads(tags["mlflow.log-model.history"])
    assert [entry["artifact_path"] for entry in history] == ["model", "other"]


def test_an_experiments_datasets_are_summarized(port: int, run: str) -> None:
    dataset = {**IRIS, "name": "summarized"}
    body = {"run_id": run, "datasets": [{"dataset": dataset, "tags": [TRAINING]}]}
    ok(call(port, "POST", API + "runs/log-inputs", body))
    path = "/ajax-api/2.0/mlflow/experiments/search-datasets"
    found = ok(call(port, "POST", path, {"experiment_ids": ["0"]}))["dataset_summaries"]
    assert {"experiment_id": "0", "name": "summarized", "digest": "d1", "context": "training"} in found
