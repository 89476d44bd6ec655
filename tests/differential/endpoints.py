"""The endpoints that take JSON or a query, each with a call that is right."""

from dataclasses import dataclass
from typing import Any

AJAX = "/ajax-api/2.0/mlflow/"


@dataclass(frozen=True)
class Endpoint:
    """`good` is a call that both servers accept; `required` are the fields without which they refuse it."""

    method: str
    path: str
    good: dict[str, Any]
    required: tuple[str, ...]


def _post(path: str, required: tuple[str, ...] = (), **good: Any) -> Endpoint:
    return Endpoint("POST", path, good, required)


def _get(path: str, required: tuple[str, ...] = (), **good: Any) -> Endpoint:
    return Endpoint("GET", path, good, required)


_MODEL = ("name",)
_VERSION = ("name", "version")
_FIRST = {"name": "{model}", "version": "1"}
_KEY = ("run_id", "key")

TRACKING = (
    _post("experiments/create", ("name",), name="{unique}", tags=[{"key": "a", "value": "b"}]),
    _get("experiments/get", ("experiment_id",), experiment_id="{experiment}"),
    _get("experiments/get-by-name", ("experiment_name",), experiment_name="Default"),
    _post(
        "experiments/search",
        max_results=1,
        filter="name = 'Default'",
        order_by=["experiment_id"],
        view_type="ALL",
    ),
    _get("experiments/search", max_results=1, filter="name = 'Default'"),
    _post(
        "experiments/update", ("experiment_id", "new_name"), experiment_id="{experiment}", new_name="{unique}"
    ),
    _post("experiments/delete", ("experiment_id",), experiment_id="{spare experiment}"),
    _post("experiments/restore", ("experiment_id",), experiment_id="{spare experiment}"),
    _post(
        "experiments/set-experiment-tag",
        ("experiment_id", "key"),
        experiment_id="{experiment}",
        key="k",
        value="v",
    ),
    _post(
        "experiments/delete-experiment-tag", ("experiment_id", "key"), experiment_id="{experiment}", key="k"
    ),
    _post("runs/create", experiment_id="{experiment}", start_time=5, user_id="u", run_name="n", tags=[]),
    _post("runs/update", ("run_id",), run_id="{run}", status="RUNNING", end_time=7, run_name="renamed"),
    _get("runs/get", ("run_id",), run_id="{run}"),
    _post("runs/search", experiment_ids=["{experiment}"], filter="", max_results=5, order_by=["start_time"]),
    _post(
        "runs/log-metric",
        (*_KEY, "value", "timestamp"),
        run_id="{run}",
        key="m",
        value=1.5,
        timestamp=3,
        step=4,
    ),
    _post("runs/log-parameter", _KEY, run_id="{run}", key="p", value="v"),
    _post("runs/set-tag", _KEY, run_id="{run}", key="t", value="v"),
    _post("runs/delete-tag", _KEY, run_id="{run}", key="t"),
    _post(
        "runs/log-batch",
        ("run_id",),
        run_id="{run}",
        metrics=[{"key": "b", "value": 1.0, "timestamp": 1, "step": 0}],
        params=[{"key": "bp", "value": "1"}],
        tags=[{"key": "bt", "value": "1"}],
    ),
    _post(
        "runs/log-inputs",
        ("run_id",),
        run_id="{run}",
        datasets=[
            {"dataset": {"name": "d", "digest": "1", "source_type": "local", "source": "s"}, "tags": []}
        ],
    ),
    _post("runs/log-model", ("run_id", "model_json"), run_id="{run}", model_json="{model json}"),
    _get("metrics/get-history", ("run_id", "metric_key"), run_id="{run}", metric_key="m", max_results=10),
    _get(
        "metrics/get-history-bulk-interval",
        ("run_ids", "metric_key"),
        run_ids=["{run}"],
        metric_key="m",
        max_results=10,
    ),
    _get(AJAX + "metrics/get-history-bulk", run_id=["{run}"], metric_key="m"),
    Endpoint("GET", "artifacts/list", {"run_id": "{run}", "path": ""}, ("run_id",)),
    _post("runs/delete", ("run_id",), run_id="{spare run}"),
    _post("runs/restore", ("run_id",), run_id="{spare run}"),
)

REGISTRY = (
    _post(
        "registered-models/create",
        _MODEL,
        name="{unique}",
        description="d",
        tags=[{"key": "a", "value": "b"}],
    ),
    _get("registered-models/get", _MODEL, name="{model}"),
    _get("registered-models/search", max_results=1, filter="name = '{model}'"),
    Endpoint("PATCH", "registered-models/update", {"name": "{model}", "description": "d"}, _MODEL),
    _post("registered-models/get-latest-versions", _MODEL, name="{model}", stages=["None"]),
    _get("registered-models/get-latest-versions", _MODEL, name="{model}"),
    _post("registered-models/set-tag", ("name", "key"), name="{model}", key="k", value="v"),
    Endpoint("DELETE", "registered-models/delete-tag", {"name": "{model}", "key": "k"}, ("name", "key")),
    _post("registered-models/alias", ("name", "alias", "version"), name="{model}", alias="best", version="1"),
    _get("registered-models/alias", ("name", "alias"), name="{model}", alias="best"),
    Endpoint("DELETE", "registered-models/alias", {"name": "{model}", "alias": "best"}, ("name", "alias")),
    _post("model-versions/create", ("name", "source"), name="{model}", source="{source}", run_id="{run}"),
    _get("model-versions/get", _VERSION, name="{model}", version="1"),
    _get("model-versions/search", max_results=1, filter="name = '{model}'"),
    _get("model-versions/get-download-uri", _VERSION, name="{model}", version="1"),
    Endpoint(
        "PATCH", "model-versions/update", {"name": "{model}", "version": "1", "description": "d"}, _VERSION
    ),
    _post(
        "model-versions/transition-stage",
        (*_VERSION, "stage"),
        name="{model}",
        version="1",
        stage="Staging",
        archive_existing_versions=False,
    ),
    _post("model-versions/set-tag", (*_VERSION, "key"), name="{model}", version="1", key="k", value="v"),
    Endpoint(
        "DELETE",
        "model-versions/delete-tag",
        {"name": "{model}", "version": "1", "key": "k"},
        (*_VERSION, "key"),
    ),
    Endpoint("DELETE", "model-versions/delete", {"name": "{model}", "version": "1"}, _VERSION),
    _post("registered-models/rename", ("name", "new_name"), name="{model}", new_name="renamed {model}"),
    Endpoint("DELETE", "registered-models/delete", {"name": "renamed {model}"}, _MODEL),
)

LOGGED_MODELS = (
    _post(
        "logged-models",
        ("experiment_id",),
        experiment_id="{experiment}",
        name="net",
        model_type="kind",
        source_run_id="{run}",
        params=[{"key": "p", "value": "1"}],
        tags=[{"key": "t", "value": "1"}],
    ),
    _post(
        "logged-models/search",
        ("experiment_ids",),
        experiment_ids=["{experiment}"],
        filter="name = 'net'",
        max_results=5,
    ),
    _post("logged-models/{logged}/params", model_id="{logged}", params=[{"key": "q", "value": "1"}]),
    Endpoint("PATCH", "logged-models/{logged}/tags", {"tags": [{"key": "u", "value": "1"}]}, ()),
    Endpoint(
        "PATCH",
        "logged-models/{logged}",
        {"model_id": "{logged}", "status": "LOGGED_MODEL_READY"},
        ("status",),
    ),
    _post("runs/outputs", ("run_id",), run_id="{run}", models=[{"model_id": "{logged}", "step": 0}]),
)

ENDPOINTS = TRACKING + REGISTRY + LOGGED_MODELS


def wrong_values(value: Any) -> list[Any]:
    """Values of other types than this one."""
    if isinstance(value, str):
        return [7, True, {}, ["x"]]
    if isinstance(value, bool):
        return ["maybe", [], {}]
    if isinstance(value, int | float):
        return ["seven", {}, [1], True]
    return ["text", 7, {"a": 1}, [7]]
