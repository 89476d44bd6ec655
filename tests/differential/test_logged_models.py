"""Logged models, which mlflow 3 makes for every log_model."""

from typing import Any

from tests.differential.both import Both

# MLflow takes a max_results of 0, and fails on some orders.
ALLOWED = ("D-09", "D-10")
NET = {"experiment_id": "{experiment}", "name": "net", "source_run_id": "{run}"}


def test_life_of_a_logged_model(both: Both) -> None:
    both.same("POST", "logged-models", NET, remember={"m": "model.info.model_id"})
    one = "logged-models/{m}"
    both.same("GET", one)
    both.same("POST", one + "/params", {"model_id": "{m}", "params": [{"key": "a", "value": "1"}]})
    both.same("PATCH", one + "/tags", {"tags": [{"key": "t", "value": "1"}, {"key": "u", "value": ""}]})
    both.same("DELETE", one + "/tags/t")
    both.same("DELETE", one + "/tags/t")
    both.same("GET", one)
    both.same("PATCH", one, {"model_id": "{m}", "status": "LOGGED_MODEL_READY"})
    both.same("GET", one)
    both.same("GET", one + "/artifacts/directories")
    both.same("DELETE", one)
    both.same("GET", one)
    both.same("DELETE", one)
    both.same("GET", "logged-models/m-" + "0" * 32)


def test_metrics_of_a_logged_model(both: Both) -> None:
    both.same("POST", "logged-models", NET, remember={"m": "model.info.model_id"})
    for step, value in ((0, 0.5), (1, 0.75)):
        metric = {"key": "score", "value": value, "timestamp": 5 + step, "step": step, "model_id": "{m}"}
        dataset = {"dataset_name": "d", "dataset_digest": "1"}
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric, **dataset})
        both.same("POST", "runs/log-batch", {"run_id": "{run}", "metrics": [{**metric, "key": "batch"}]})
    both.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": "score"})
    unknown = {"run_id": "{run}", "key": "x", "value": 1, "timestamp": 1, "model_id": "m-unknown"}
    both.same("POST", "runs/log-metric", unknown, allow=("D-09",))


def test_inputs_and_outputs_of_a_run(both: Both) -> None:
    both.same("POST", "logged-models", NET, remember={"m": "model.info.model_id"})
    both.same("POST", "runs/outputs", {"run_id": "{run}", "models": [{"model_id": "{m}", "step": 3}]})
    both.same("POST", "runs/log-inputs", {"run_id": "{run}", "models": [{"model_id": "{m}"}]})
    both.same("GET", "runs/get", {"run_id": "{run}"})


def test_searches(both: Both) -> None:
    for index, name in enumerate(("one", "two", "three")):
        pairs = [{"key": "index", "value": str(index)}]
        model = {**NET, "name": name, "params": pairs, "tags": pairs, "model_type": "kind"}
        both.same("POST", "logged-models", model, remember={name: "model.info.model_id"})
        metric = {"key": "score", "value": index / 2, "timestamp": 1, "step": 0, "model_id": "{" + name + "}"}
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric})
    queries: tuple[dict[str, Any], ...] = (
        {},
        {"filter": "name = 'two'"},
        {"filter": "params.index = '2'"},
        {"filter": "tags.index != '2'"},
        {"filter": "metrics.score >= 0.5"},
        {"filter": "model_type = 'kind' AND metrics.score < 1"},
        {"filter": "attributes.name LIKE 't%'"},
        {"filter": "source_run_id = '{run}'"},
        {"filter": "nonsense = 'a'"},
        {"filter": "metrics.score > 'a'"},
        {"order_by": [{"field_name": "name", "ascending": False}]},
        {"order_by": [{"field_name": "metrics.score", "ascending": True}]},
        {"order_by": [{"field_name": "creation_timestamp"}]},
        {"order_by": [{"field_name": "nonsense"}]},
        {"order_by": [{"ascending": True}]},
        {"max_results": 2, "order_by": [{"field_name": "name"}]},
        {"max_results": 0},
    )
    for query in queries:
        both.same(
            "POST", "logged-models/search", {"experiment_ids": ["{experiment}"], **query}, allow=("D-09",)
        )
    both.same("POST", "logged-models/search", {"experiment_ids": []}, allow=("D-09",))
