"""Each deliberate difference, shown by both servers: what docs/reference/differences.md says is what happens."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.differential.both import Both
from tests.differential.calls import Answer
from tests.differential.differences import GENERAL, listed

NOW = 1_700_000_000_000


def points(answer: Answer) -> list[tuple[int, int, Any]]:
    return [(point["timestamp"], point["step"], point["value"]) for point in answer.body["metrics"]]


def log(both: Both, key: str, *given: tuple[int, int, Any]) -> None:
    for timestamp, step, value in given:
        metric = {"key": key, "value": value, "timestamp": timestamp, "step": step}
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric})


def history(both: Both, key: str) -> list[list[tuple[int, int, Any]]]:
    return [
        points(answer)
        for answer in both.ask("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": key})
    ]


def latest(both: Both, key: str) -> list[Any]:
    answers = both.ask("GET", "runs/get", {"run_id": "{run}"})
    return [
        {one["key"]: one["value"] for one in answer.body["run"]["data"]["metrics"]}[key] for answer in answers
    ]


def status(wanted: int, code: str | None = None) -> Any:
    return lambda answer: answer.status == wanted and (code is None or answer.error_code == code)


def test_every_listed_difference_is_tested() -> None:
    entries = listed()
    assert len(entries) == len(set(entries))
    tested = set(GENERAL)
    for path in Path(__file__).parent.glob("test_*.py"):
        tested |= set(re.findall(r"D-\d\d", path.read_text(encoding="utf-8")))
    assert sorted(tested) == sorted(entries)


def test_equal_points_are_kept(both: Both) -> None:
    """D-01."""
    log(both, "m", (NOW, 0, 1), (NOW, 0, 1), (NOW, 0, 2), (NOW, 0, 1))
    mlflow, runyard = history(both, "m")
    assert mlflow == [(NOW, 0, 1.0), (NOW, 0, 2.0)]
    assert runyard == [(NOW, 0, 1.0), (NOW, 0, 1.0), (NOW, 0, 2.0), (NOW, 0, 1.0)]


def test_points_that_are_linked_with_a_model_are_not_doubled(both: Both) -> None:
    """As `log_model` does: the run's points come again, with the model's id."""
    both.same(
        "POST", "logged-models", {"experiment_id": "{experiment}"}, remember={"m": "model.info.model_id"}
    )
    curve = [{"key": "m", "value": value, "timestamp": NOW + value, "step": 0} for value in range(5)]
    both.same("POST", "runs/log-batch", {"run_id": "{run}", "metrics": curve})
    linked = [{**point, "model_id": "{m}"} for point in curve]
    both.same("POST", "runs/log-batch", {"run_id": "{run}", "metrics": linked})
    mlflow, runyard = history(both, "m")
    assert mlflow == runyard == [(NOW + value, 0, value) for value in range(5)]


def test_order_of_a_history(both: Both) -> None:
    """D-02."""
    log(both, "m", (NOW, 0, 3), (NOW, 0, 1), (NOW, 0, 2))
    mlflow, runyard = history(both, "m")
    assert [value for *_, value in mlflow] == [1, 2, 3]
    assert [value for *_, value in runyard] == [3, 1, 2]


def test_latest_of_one_step_and_millisecond(both: Both) -> None:
    """D-03."""
    log(both, "m", (NOW, 0, 3), (NOW, 0, 1), (NOW, 0, 2))
    assert latest(both, "m") == [3, 2]


def test_infinity_is_kept(both: Both) -> None:
    """D-04."""
    log(both, "m", (NOW, 0, "Infinity"))
    log(both, "n", (NOW, 0, "-Infinity"))
    assert latest(both, "m") == [1.7976931348623157e308, "Infinity"]
    assert latest(both, "n") == [-1.7976931348623157e308, "-Infinity"]


def test_generative_ai_endpoints(both: Both) -> None:
    """D-06."""
    for method, path in (
        ("POST", "/api/3.0/mlflow/traces/search"),
        ("GET", "/api/2.0/mlflow/traces"),
        ("GET", "/api/3.0/mlflow/scorers/list"),
        ("POST", "/api/3.0/mlflow/datasets/search"),
        ("POST", "/graphql"),
    ):
        known = both.ask(method, path, {"experiment_id": "{experiment}", "experiment_ids": ["{experiment}"]})
        assert known[0].error_code != "ENDPOINT_NOT_FOUND", known[0]
        assert (known[1].status, known[1].error_code) == (404, "ENDPOINT_NOT_FOUND"), known[1]


def test_page_tokens_are_opaque(both: Both) -> None:
    """D-07."""
    for _ in range(3):
        both.new_run("another")
    body = {"experiment_ids": ["{experiment}"], "max_results": 2}
    mlflow, runyard = both.ask("POST", "runs/search", body)
    both.remember("tokens", (runyard.body["next_page_token"], mlflow.body["next_page_token"]))
    refused = status(400, "INVALID_PARAMETER_VALUE")
    swapped = {**body, "page_token": "{tokens}"}
    answers = both.ask("POST", "runs/search", swapped)
    assert refused(answers[1]), answers[1]


def test_retried_requests(both: Both) -> None:
    """D-08."""
    body = {"experiment_id": "{experiment}", "start_time": 5, "run_name": "retried"}
    key = {"Idempotency-Key": "one-call"}
    for _ in range(2):
        both.ask("POST", "runs/create", body, headers=key)
    found = both.ask(
        "POST", "runs/search", {"experiment_ids": ["{experiment}"], "filter": "run_name = 'retried'"}
    )
    assert [len(answer.body["runs"]) for answer in found] == [2, 1]


def test_client_errors_where_mlflow_fails(both: Both) -> None:
    """D-09."""
    order = {"experiment_ids": ["{experiment}"], "order_by": ["start_time", "start_time"]}
    both.differs("D-09", "POST", "runs/search", order, mlflow=status(500), runyard=status(400))
    tags = [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]
    taken = {"experiment_id": "{experiment}", "new_name": "Default"}
    both.differs(
        "D-09",
        "POST",
        "experiments/update",
        taken,
        mlflow=status(400, "BAD_REQUEST"),
        runyard=status(400, "RESOURCE_ALREADY_EXISTS"),
    )
    both.differs(
        "D-09",
        "POST",
        "runs/create",
        {"experiment_id": "{experiment}", "start_time": 1, "tags": tags},
        mlflow=status(400, "BAD_REQUEST"),
        runyard=status(200),
    )


def test_values_of_wrong_types(both: Both) -> None:
    """D-10."""
    refused = status(400, "INVALID_PARAMETER_VALUE")
    for path, body in (
        ("runs/update", {"run_id": "{run}", "status": "NONSENSE"}),
        ("runs/create", {"experiment_id": "{experiment}", "tags": [7]}),
        ("runs/log-parameter", {"run_id": "{run}", "key": "p"}),
        ("runs/log-metric", {"run_id": "{run}", "key": "m", "value": 1, "timestamp": 1, "step": 2**63}),
        ("runs/log-inputs", {"run_id": "{run}", "datasets": [{"dataset": {"name": "d"}}]}),
        ("runs/create", {"experiment_id": "{experiment}", "tags": [{"key": "", "value": "v"}]}),
    ):
        both.differs("D-10", "POST", path, body, mlflow=status(200), runyard=refused)


def test_bodies_that_are_no_json(both: Both) -> None:
    """D-11."""
    answers = both.ask("POST", "runs/set-tag", raw=b"{")
    assert [answer.error_code for answer in answers] == ["INVALID_PARAMETER_VALUE", "BAD_REQUEST"]
    assert "JSON" in answers[1].message


def test_content_type(both: Both) -> None:
    """D-12."""
    body = {"run_id": "{run}", "key": "k", "value": "v"}
    both.differs(
        "D-12",
        "POST",
        "runs/set-tag",
        body,
        mlflow=status(400),
        runyard=status(200),
        content_type="text/plain",
    )


def test_fields_with_a_default(both: Both) -> None:
    """D-13."""
    both.differs("D-13", "POST", "experiments/search", {}, mlflow=status(400), runyard=status(200))
    both.differs("D-13", "POST", "runs/create", {}, mlflow=status(400), runyard=status(200))
    created = both.ask("POST", "runs/create", {"experiment_id": "{experiment}"})
    mlflow, runyard = (answer.body["run"]["info"]["start_time"] for answer in created)
    assert mlflow == 0 < NOW < runyard


def test_history_of_an_unknown_run(both: Both) -> None:
    """D-14."""
    unknown = {"run_id": "0" * 32, "metric_key": "m"}
    missing = status(404, "RESOURCE_DOES_NOT_EXIST")
    both.differs("D-14", "GET", "metrics/get-history", unknown, mlflow=status(200), runyard=missing)


def test_shape_of_errors(both: Both) -> None:
    """D-16."""
    mlflow, runyard = both.ask("GET", "runs/get", {"run_id": "0" * 32})
    assert sorted(mlflow.body) == ["error_class", "error_code", "message", "sqlstate"]
    assert sorted(runyard.body) == ["error_code", "message"]


def test_list_of_experiments(both: Both) -> None:
    """D-18."""
    both.differs("D-18", "GET", "experiments/list", mlflow=status(404), runyard=status(200))


def test_numbers_where_text_belongs(both: Both) -> None:
    """D-15."""
    both.same("POST", "registered-models/create", {"name": "numbered {unique}"})
    both.differs(
        "D-15",
        "POST",
        "model-versions/set-tag",
        {"name": "nobody", "version": 1, "key": "k", "value": "v"},
        mlflow=status(400, "INVALID_PARAMETER_VALUE"),
        runyard=status(404, "RESOURCE_DOES_NOT_EXIST"),
    )


def test_answers_that_say_more(both: Both) -> None:
    """D-17."""
    place = "/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/empty"
    both.same("PUT", place, raw=b"", content_type="application/octet-stream")
    mlflow, runyard = (
        answer.body["files"] for answer in both.ask("GET", "artifacts/list", {"run_id": "{run}"})
    )
    assert mlflow == [{"path": "empty", "is_dir": False}]
    assert runyard == [{"path": "empty", "is_dir": False, "file_size": 0}]


def test_paths_in_their_shortest_form(both: Both) -> None:
    """D-19."""
    refused = status(400, "INVALID_PARAMETER_VALUE")
    for path in (".", "a//b"):
        query = {"run_id": "{run}", "path": path}
        both.differs("D-19", "GET", "artifacts/list", query, mlflow=status(200), runyard=refused)


def test_missing_fields_come_first(both: Both) -> None:
    """D-21."""
    refused = status(400, "INVALID_PARAMETER_VALUE")
    both.differs("D-21", "GET", "/get-artifact", {"path": "a.txt"}, mlflow=status(404), runyard=refused)


def test_metrics_of_a_logged_model(both: Both) -> None:
    """D-22."""
    model = {"experiment_id": "{experiment}", "name": "net"}
    both.same("POST", "logged-models", model, remember={"m": "model.info.model_id"})
    for step in range(3):
        metric = {
            "run_id": "{run}",
            "key": "score",
            "value": step,
            "timestamp": NOW,
            "step": step,
            "model_id": "{m}",
        }
        both.same("POST", "runs/log-metric", metric)
    found = [answer.body["model"]["data"]["metrics"] for answer in both.ask("GET", "logged-models/{m}")]
    assert [[metric["value"] for metric in metrics] for metrics in found] == [[0, 1, 2], [2]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("params.p = '1' OR params.p = '2'", "ab"),
        ("NOT params.p = '1'", "bc"),
        ("(params.p = '1' OR params.p = '3') AND metrics.m > 0", "ac"),
        ("params.p IN ('1', '3')", "ac"),
        ("metrics.m IN (2, 3)", "bc"),
        ("params.p REGEXP '^[23]$'", "bc"),
        ("metrics.m BETWEEN 1 AND 2", "ab"),
        ("metrics.none IS NULL", "abc"),
        ("tags.t NOT LIKE 'x%'", "c"),
    ],
)
def test_more_of_a_filter_language(both: Both, text: str, wanted: str) -> None:
    """D-05."""
    for index, name in enumerate("abc", 1):
        both.new_run(name, run_name=name, tags=[{"key": "t", "value": "y" if name == "c" else "x"}])
        batch = {
            "metrics": [{"key": "m", "value": index, "timestamp": 1}],
            "params": [{"key": "p", "value": str(index)}],
        }
        both.same("POST", "runs/log-batch", {"run_id": "{" + name + "}", **batch})
    body = {
        "experiment_ids": ["{experiment}"],
        "filter": f"({text}) AND run_name != ''",
        "order_by": ["run_name"],
    }
    plain = both.ask("POST", "runs/search", {**body, "filter": text})
    assert plain[0].status == 400, plain[0]
    found = both.ask("POST", "runs/search", body)[1].body.get("runs", [])
    names = "".join(run["info"]["run_name"] for run in found if run["info"]["run_name"] in "abc")
    assert names == wanted
