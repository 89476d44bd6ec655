"""Good and bad input of every endpoint: what is missing, empty, unknown, or of a wrong type."""

import json
import uuid

import pytest

from tests.differential.both import Both
from tests.differential.endpoints import ENDPOINTS, Endpoint, wrong_values

# What a value of a wrong type may show: MLflow ignores some, and fails on others.
WRONG = ("D-09", "D-10")


def _named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


@pytest.fixture
def prepared(both: Both) -> Both:
    """Both servers with all that the endpoints' good calls name."""
    both.new_experiment("spare experiment")
    both.new_run("spare run", start_time=2000)
    both.same(
        "POST", "experiments/set-experiment-tag", {"experiment_id": "{experiment}", "key": "k", "value": "v"}
    )
    both.same("POST", "runs/set-tag", {"run_id": "{run}", "key": "t", "value": "v"})
    name = uuid.uuid4().hex
    both.remember("model", (name, name))
    both.same("POST", "registered-models/create", {"name": "{model}"})
    both.same("GET", "runs/get", {"run_id": "{run}"}, remember={"source": "run.info.artifact_uri"})
    version = {"name": "{model}", "source": "{source}", "run_id": "{run}"}
    both.same("POST", "model-versions/create", version)
    both.same("POST", "registered-models/set-tag", {"name": "{model}", "key": "k", "value": "v"})
    both.same("POST", "model-versions/set-tag", {"name": "{model}", "version": "1", "key": "k", "value": "v"})
    both.same("POST", "registered-models/alias", {"name": "{model}", "alias": "best", "version": "1"})
    logged = {"experiment_id": "{experiment}", "name": "net", "source_run_id": "{run}"}
    both.same("POST", "logged-models", logged, remember={"logged": "model.info.model_id"})
    mlflow, runyard = (
        json.dumps(
            {
                "run_id": run,
                "artifact_path": "model",
                "flavors": {},
                "utc_time_created": "2026-01-01 00:00:00",
            }
        )
        for run in both.names["run"]
    )
    both.remember("model json", (mlflow, runyard))
    return both


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=_named)
def test_good_call(prepared: Both, endpoint: Endpoint) -> None:
    if endpoint.path.endswith("/restore"):
        prepared.same("POST", endpoint.path.replace("/restore", "/delete"), endpoint.good)
    if endpoint.path == "registered-models/delete":
        prepared.same("POST", "registered-models/rename", {"name": "{model}", "new_name": "renamed {model}"})
    answers = prepared.same(endpoint.method, endpoint.path, endpoint.good)
    assert answers[0].status == 200, answers[0]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=_named)
def test_bad_input(prepared: Both, endpoint: Endpoint) -> None:
    _missing_and_empty(prepared, endpoint)
    _unknown_ids(prepared, endpoint)
    if endpoint.method == "GET":
        _wrong_numbers(prepared, endpoint)
    else:
        _wrong_types(prepared, endpoint)
        _bodies_that_are_no_objects(prepared, endpoint)


def _missing_and_empty(both: Both, endpoint: Endpoint) -> None:
    for name in endpoint.required:
        without = {key: value for key, value in endpoint.good.items() if key != name}
        both.refused(endpoint.method, endpoint.path, without, names=name)
        both.same(endpoint.method, endpoint.path, {**endpoint.good, name: ""})


def _unknown_ids(both: Both, endpoint: Endpoint) -> None:
    unknown = {
        "experiment_id": "987654321",
        "run_id": "0" * 32,
        "name": "nobody",
        "version": "99",
        "key": "nothing",
    }
    for name, value in unknown.items():
        if name in endpoint.good and not endpoint.path.endswith("/create"):
            both.same(endpoint.method, endpoint.path, {**endpoint.good, name: value}, allow=("D-14",))


def _wrong_numbers(both: Both, endpoint: Endpoint) -> None:
    for name, value in endpoint.good.items():
        if isinstance(value, int):
            for wrong in ("many", "1.5", "-1", ""):
                both.same("GET", endpoint.path, {**endpoint.good, name: wrong}, allow=WRONG)


def _wrong_types(both: Both, endpoint: Endpoint) -> None:
    for name, value in endpoint.good.items():
        for wrong in (*wrong_values(value), None):
            # A run that starts at null starts now in Runyard, and in 1970 in MLflow (D-13).
            if (name, wrong) != ("start_time", None):
                call = {**endpoint.good, name: wrong}
                both.same(endpoint.method, endpoint.path, call, allow=(*WRONG, *_lenient(name, wrong)))


def _lenient(name: str, wrong: object) -> tuple[str, ...]:
    """Where Runyard takes what MLflow refuses: nothing, a number for a version, an id that the path names as well."""
    if wrong is None or name == "model_id":
        return ("D-13",)
    return ("D-15",) if name == "version" else ()


def _bodies_that_are_no_objects(both: Both, endpoint: Endpoint) -> None:
    for raw in (b"", b"{", b"[]", b"7", b"\xff\xfe", b'"{}"'):
        both.same(endpoint.method, endpoint.path, raw=raw, allow=("D-09", "D-11", "D-13"))
    both.same(endpoint.method, endpoint.path, endpoint.good, content_type="text/plain", allow=("D-12",))


def test_unknown_fields_are_ignored(prepared: Both) -> None:
    prepared.same("POST", "runs/set-tag", {"run_id": "{run}", "key": "k", "value": "v", "invented": [1]})
    prepared.same("GET", "runs/get", {"run_id": "{run}", "invented": "1"})


def test_numbers_as_text(prepared: Both) -> None:
    """Protobuf's JSON allows both, and clients of other languages send text."""
    for timestamp, value in enumerate(("1.5", "NaN", 2, "7")):
        metric = {"run_id": "{run}", "key": "m", "value": value, "timestamp": str(timestamp), "step": "4"}
        prepared.same("POST", "runs/log-metric", metric)
    prepared.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": "m"})
    prepared.same("POST", "runs/update", {"run_id": "{run}", "end_time": "7"})


def test_both_spellings_of_the_run(prepared: Both) -> None:
    prepared.same("GET", "runs/get", {"run_uuid": "{run}"})
    prepared.same("POST", "runs/log-metric", {"run_uuid": "{run}", "key": "m", "value": 1, "timestamp": 1})
    prepared.same("POST", "runs/log-parameter", {"run_uuid": "{run}", "key": "p", "value": "1"})
    prepared.same("GET", "artifacts/list", {"run_uuid": "{run}"})
