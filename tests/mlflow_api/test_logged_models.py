"""Logged models over HTTP: fields, answers and errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.compat.servers import runyard_server
from tests.differential.calls import Answer, call

API = "/api/2.0/mlflow/"
MODELS = API + "logged-models"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with runyard_server(tmp_path_factory.mktemp("logged_models")) as server:
        yield server.port


def ok(answer: Answer) -> Any:
    assert answer.status == 200, answer
    return answer.body


def refused(answer: Answer, status: int, code: str, words: str) -> None:
    assert (answer.status, answer.error_code) == (status, code), answer
    assert words in answer.message


@pytest.fixture
def run(port: int) -> str:
    created = ok(call(port, "POST", API + "runs/create", {"experiment_id": "0", "start_time": 1}))
    return str(created["run"]["info"]["run_id"])


def create(port: int, **fields: Any) -> Any:
    return ok(call(port, "POST", MODELS, {"experiment_id": "0", **fields}))["model"]


def get(port: int, model: Any) -> Any:
    return ok(call(port, "GET", f"{MODELS}/{model['info']['model_id']}"))["model"]


def test_a_created_model_answers_what_mlflow_answers(port: int) -> None:
    made = create(
        port,
        name="net",
        model_type="classifier",
        source_run_id="a-run",
        params=[{"key": "a", "value": "1"}],
        tags=[{"key": "t", "value": "x"}],
    )
    info = made["info"]
    model_id, time = info["model_id"], info["creation_timestamp_ms"]
    assert made == {
        "info": {
            "model_id": model_id,
            "experiment_id": "0",
            "name": "net",
            "creation_timestamp_ms": time,
            "last_updated_timestamp_ms": time,
            "artifact_uri": f"mlflow-artifacts:/0/models/{model_id}/artifacts",
            "status": "LOGGED_MODEL_PENDING",
            "model_type": "classifier",
            "source_run_id": "a-run",
            "tags": [{"key": "t", "value": "x"}],
        },
        "data": {"params": [{"key": "a", "value": "1"}]},
    }
    assert get(port, made) == made
    assert create(port)["data"] == {}


@pytest.mark.parametrize("status", ["LOGGED_MODEL_READY", "READY", 2, "2"])
def test_a_status_has_several_spellings(port: int, status: str | int) -> None:
    model_id = create(port)["info"]["model_id"]
    body = {"model_id": model_id, "status": status}
    assert (
        ok(call(port, "PATCH", f"{MODELS}/{model_id}", body))["model"]["info"]["status"]
        == "LOGGED_MODEL_READY"
    )


@pytest.mark.parametrize(
    "body", [{}, {"status": 7}, {"status": "DONE"}, {"status": 2, "model_id": "m-other"}]
)
def test_other_statuses_are_refused(port: int, body: dict[str, Any]) -> None:
    made = create(port)
    answer = call(port, "PATCH", f"{MODELS}/{made['info']['model_id']}", body)
    refused(answer, 400, "INVALID_PARAMETER_VALUE", "parameter '")
    assert get(port, made) == made


def test_params_and_tags(port: int) -> None:
    made = create(port)
    path = f"{MODELS}/{made['info']['model_id']}"
    for _ in range(2):
        ok(call(port, "POST", path + "/params", {"params": [{"key": "a", "value": "1"}]}))
    changed = call(port, "POST", path + "/params", {"params": [{"key": "a", "value": "2"}]})
    refused(changed, 400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed")
    ok(call(port, "PATCH", path + "/tags", {"tags": [{"key": "a b", "value": "1"}, {"key": "c/d"}]}))
    found = get(port, made)
    assert found["data"]["params"] == [{"key": "a", "value": "1"}]
    assert found["info"]["tags"] == [{"key": "a b", "value": "1"}, {"key": "c/d", "value": ""}]
    ok(call(port, "DELETE", path + "/tags/a%20b"))
    ok(call(port, "DELETE", path + "/tags/c/d"))
    assert "tags" not in get(port, made)["info"]
    refused(call(port, "DELETE", path + "/tags/c"), 404, "RESOURCE_DOES_NOT_EXIST", "'c'")


def test_a_deleted_model_is_found_only_when_asked_for(port: int) -> None:
    made = create(port)
    path = f"{MODELS}/{made['info']['model_id']}"
    ok(call(port, "DELETE", path))
    refused(call(port, "GET", path), 404, "RESOURCE_DOES_NOT_EXIST", made["info"]["model_id"])
    found = ok(call(port, "GET", path, {"allow_deleted": "true"}))["model"]
    assert found["info"]["name"] == made["info"]["name"]
    wanted = {"experiment_ids": ["0"], "filter": f"name = '{made['info']['name']}'"}
    assert ok(call(port, "POST", MODELS + "/search", wanted)) == {}


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        ({"name": "net"}, 400, "INVALID_PARAMETER_VALUE", "'experiment_id'"),
        ({"experiment_id": "0", "name": "a/b"}, 400, "INVALID_PARAMETER_VALUE", "'name'"),
        ({"experiment_id": "99"}, 404, "RESOURCE_DOES_NOT_EXIST", "'99'"),
        ({"experiment_id": "../etc"}, 404, "RESOURCE_DOES_NOT_EXIST", "'../etc'"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    port: int, body: dict[str, Any], status: int, code: str, words: str
) -> None:
    refused(call(port, "POST", MODELS, body), status, code, words)


def test_metrics_go_to_the_run_and_to_the_model(port: int, run: str) -> None:
    made = create(port, source_run_id=run)
    model_id = made["info"]["model_id"]
    point = {"run_id": run, "key": "acc", "value": 0.5, "timestamp": 10, "step": 1, "model_id": model_id}
    ok(call(port, "POST", API + "runs/log-metric", point))
    dataset = {"dataset_name": "iris", "dataset_digest": "d1"}
    metrics = [
        {"key": "acc", "value": "NaN", "timestamp": 20, "step": 2, "model_id": model_id},
        {"key": "acc", "value": 0.75, "timestamp": 20, "step": 2, "model_id": model_id, **dataset},
        {"key": "loss", "value": 1.0, "timestamp": 20},
    ]
    ok(call(port, "POST", API + "runs/log-batch", {"run_id": run, "metrics": metrics}))
    common = {"key": "acc", "timestamp": 20, "step": 2, "model_id": model_id, "run_id": run}
    assert get(port, made)["data"]["metrics"] == [
        {**common, "value": "NaN"},
        {**common, "value": 0.75, **dataset},
    ]
    history = ok(call(port, "GET", API + "metrics/get-history", {"run_id": run, "metric_key": "acc"}))
    assert [metric["value"] for metric in history["metrics"]] == [0.5, "NaN", 0.75]


def test_a_batch_that_names_an_unknown_model_leaves_nothing(port: int, run: str) -> None:
    made = create(port)
    metrics = [
        {"key": "acc", "value": 1, "timestamp": 1, "model_id": made["info"]["model_id"]},
        {"key": "acc", "value": 2, "timestamp": 2, "model_id": "m-none"},
    ]
    body = {"run_id": run, "metrics": metrics, "params": [{"key": "p", "value": "1"}]}
    answer = call(port, "POST", API + "runs/log-batch", body)
    refused(answer, 404, "RESOURCE_DOES_NOT_EXIST", "m-none")
    assert get(port, made)["data"] == {}
    data = ok(call(port, "GET", API + "runs/get", {"run_id": run}))["run"]["data"]
    assert [tag["key"] for tag in data.pop("tags")] == ["mlflow.runName"]
    assert data == {}
    history = ok(call(port, "GET", API + "metrics/get-history", {"run_id": run, "metric_key": "acc"}))
    assert history == {}


def test_search_narrows_by_dataset_and_orders_by_metric(port: int, run: str) -> None:
    created = ok(call(port, "POST", API + "experiments/create", {"name": "searched"}))["experiment_id"]
    made = []
    for value, dataset in ((0.1, "iris"), (0.9, "iris"), (0.5, "wine")):
        made.append(create(port, experiment_id=created, name=f"net{int(value * 10)}"))
        point = {"run_id": run, "key": "acc", "value": value, "timestamp": 1, "dataset_name": dataset}
        point |= {"dataset_digest": "d1", "model_id": made[-1]["info"]["model_id"]}
        ok(call(port, "POST", API + "runs/log-metric", point))

    def search(**fields: Any) -> list[str]:
        found = ok(call(port, "POST", MODELS + "/search", {"experiment_ids": [created], **fields}))
        return [model["info"]["name"] for model in found.get("models", [])]

    by_metric = [{"field_name": "metrics.acc", "ascending": False}]
    assert search(order_by=by_metric) == ["net9", "net5", "net1"]
    assert search(order_by=[{**by_metric[0], "dataset_name": "wine"}])[0] == "net5"
    assert search(datasets=[{"dataset_name": "iris"}], order_by=by_metric) == ["net9", "net1"]
    assert search(filter="metrics.acc > 0.3", datasets=[{"dataset_name": "iris"}]) == ["net9"]
    assert search(filter="name = 'net5'") == ["net5"]
    page = ok(call(port, "POST", MODELS + "/search", {"experiment_ids": [created], "max_results": 2}))
    assert len(page["models"]) == 2
    assert len(search(max_results=0)) == 3
    assert len(search(max_results=2, page_token=page["next_page_token"])) == 1
    nameless = call(port, "POST", MODELS + "/search", {"experiment_ids": [created], "datasets": [{}]})
    refused(nameless, 400, "INVALID_PARAMETER_VALUE", "dataset_name")


def test_a_model_knows_the_versions_made_from_it(port: int) -> None:
    made = create(port)
    source = f"models:/{made['info']['model_id']}"
    ok(call(port, "POST", API + "registered-models/create", {"name": "registered"}))
    version = ok(call(port, "POST", API + "model-versions/create", {"name": "registered", "source": source}))
    assert version["model_version"]["model_id"] == made["info"]["model_id"]
    assert get(port, made)["info"]["registrations"] == [{"name": "registered", "version": "1"}]
