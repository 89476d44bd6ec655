"""The life of experiments, runs and what is logged to them, answer by answer."""

from typing import Any

from tests.differential.both import Both

DELETED = ("runs/log-metric", "runs/log-parameter", "runs/set-tag", "runs/delete-tag", "runs/log-batch")


def metric(key: str, value: object, timestamp: int = 1, step: int = 0) -> dict[str, object]:
    return {"key": key, "value": value, "timestamp": timestamp, "step": step}


def test_life_of_an_experiment(both: Both) -> None:
    created = {"name": "life {unique}", "tags": [{"key": "b", "value": "2"}, {"key": "a", "value": ""}]}
    both.same("POST", "experiments/create", created, remember={"life": "experiment_id"})
    one = {"experiment_id": "{life}"}
    both.same("GET", "experiments/get", one)
    both.same("POST", "experiments/update", {**one, "new_name": "renamed {unique}"})
    both.same("POST", "experiments/set-experiment-tag", {**one, "key": "a", "value": "changed"})
    both.same("POST", "experiments/delete-experiment-tag", {**one, "key": "b"})
    both.same("GET", "experiments/get", one)
    both.same("POST", "experiments/delete", one)
    both.same("GET", "experiments/get", one)
    both.same("POST", "experiments/delete", one)
    both.same("POST", "experiments/update", {**one, "new_name": "other {unique}"}, allow=("D-09",))
    both.same("POST", "experiments/set-experiment-tag", {**one, "key": "a", "value": "late"})
    both.same("POST", "runs/create", one)
    both.same("POST", "experiments/restore", one)
    both.same("GET", "experiments/get", one)
    both.same("POST", "experiments/restore", one)


def test_experiment_names(both: Both) -> None:
    both.same("POST", "experiments/create", {"name": "Default"})
    both.same("POST", "experiments/create", {"name": "x" * 501})
    both.same("POST", "experiments/create", {"name": " spaces {unique} "})
    both.same("POST", "experiments/create", {"name": "опыт/実験 {unique} ✓"})
    both.same("POST", "experiments/update", {"experiment_id": "{experiment}", "new_name": "x" * 501})
    both.same("GET", "experiments/get-by-name", {"experiment_name": "default"})


def test_experiment_tags(both: Both) -> None:
    one = {"experiment_id": "{experiment}"}
    for key, value in (
        ("k" * 250, "v"),
        ("k" * 251, "v"),
        ("k", "v" * 5000),
        ("k", "v" * 20001),
        ("../k", "v"),
    ):
        both.same("POST", "experiments/set-experiment-tag", {**one, "key": key, "value": value})
    both.same("POST", "experiments/set-experiment-tag", {**one, "key": "no value"})
    both.same("POST", "experiments/delete-experiment-tag", {**one, "key": "never there"})


def test_artifact_location(both: Both) -> None:
    location = {"name": "located {unique}", "artifact_location": "mlflow-artifacts:/elsewhere"}
    both.same("POST", "experiments/create", location, remember={"located": "experiment_id"})
    both.same("GET", "experiments/get", {"experiment_id": "{located}"})
    both.same("POST", "runs/create", {"experiment_id": "{located}", "start_time": 1})


def test_life_of_a_run(both: Both) -> None:
    tags = [{"key": "mlflow.user", "value": "ann"}, {"key": "t", "value": "1"}]
    both.new_run("life", run_name="first", user_id="ann", tags=tags)
    one = {"run_id": "{life}"}
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/log-metric", {**one, **metric("m", 1.5, 7, 3)})
    both.same("POST", "runs/log-parameter", {**one, "key": "p", "value": "v"})
    both.same("POST", "runs/set-tag", {**one, "key": "t", "value": "2"})
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/update", {**one, "status": "FINISHED", "end_time": 99, "run_name": "second"})
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/update", {**one, "status": "RUNNING"})
    both.same("POST", "runs/update", {**one, "run_name": ""})
    both.same("POST", "runs/update", one)
    both.same("POST", "runs/update", {**one, "status": "NONSENSE"}, allow=("D-10",))
    both.same("POST", "runs/set-tag", {**one, "key": "mlflow.runName", "value": "third"})
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/delete-tag", {**one, "key": "t"})
    both.same("POST", "runs/delete-tag", {**one, "key": "t"})
    both.same("GET", "runs/get", one)


def test_deleted_runs(both: Both) -> None:
    one = {"run_id": "{run}"}
    both.same("POST", "runs/set-tag", {**one, "key": "k", "value": "v"})
    both.same("POST", "runs/delete", one)
    both.same("GET", "runs/get", one)
    for path in DELETED:
        both.same("POST", path, {**one, "key": "k", "value": 1 if "metric" in path else "v", "timestamp": 1})
    both.same("POST", "runs/log-batch", {**one, "metrics": [metric("m", 1)]})
    both.same("POST", "runs/update", {**one, "status": "FINISHED"})
    both.same("POST", "runs/delete", one)
    both.same("GET", "metrics/get-history", {**one, "metric_key": "m"})
    both.same("GET", "artifacts/list", one)
    both.same("POST", "runs/restore", one)
    both.same("POST", "runs/restore", one)
    both.same("GET", "runs/get", one)


def test_names_and_tags_of_a_new_run(both: Both) -> None:
    named = [{"key": "mlflow.runName", "value": "by tag"}]
    for fields in (
        {},
        {"run_name": "by field"},
        {"tags": named},
        {"tags": named, "run_name": "by field"},
        {"tags": named, "run_name": "by tag"},
        {"tags": [{"key": "k" * 251, "value": "v"}]},
        {"tags": [{"key": "", "value": "v"}]},
        {"tags": [{"value": "v"}]},
        {"run_name": "n" * 2000},
        {"status": "FINISHED"},
    ):
        new = {"experiment_id": "{experiment}", "start_time": 1, **fields}
        both.same("POST", "runs/create", new, allow=("D-10",))


def test_metric_keys(both: Both) -> None:
    for key in (
        *(
            "a/b",
            "a.b",
            "a-b",
            "a b",
            "a:b",
            "é",
            "метрика",
            "k" * 250,
            "k" * 251,
            "a(b",
            "a@b",
            "a%b",
            "a+b",
            "a,b",
        ),
        *(
            "a\nb",
            ".",
            "..",
            "../a",
            "/a",
            "a//b",
            "a/../b",
            "a/.",
            "a/",
            "./a",
            "",
            "...",
            "a..b",
            " ",
            "a\tb",
            "a#b",
        ),
    ):
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric(key, 1)})
        both.same("POST", "runs/log-batch", {"run_id": "{run}", "metrics": [metric(key, 1)]})
        both.same("POST", "runs/log-parameter", {"run_id": "{run}", "key": key, "value": "v"})
        both.same("POST", "runs/set-tag", {"run_id": "{run}", "key": key, "value": "v"})
    both.same("GET", "runs/get", {"run_id": "{run}"})


def test_metric_values_and_places(both: Both) -> None:
    for timestamp, value in enumerate((0, -1.5, 1e308, "NaN", "1.5", 5e-324, 1)):
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric("values", value, timestamp)})
    for timestamp, step in enumerate((-1, 2**63 - 1, -(2**63), 1.0, "7", None)):
        both.same(
            "POST", "runs/log-metric", {"run_id": "{run}", **metric("steps", 1, timestamp), "step": step}
        )
    for time in (0, 2**63 - 1, 1.0, "7"):
        both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric("times", 1), "timestamp": time})
    for key in ("values", "steps", "times"):
        both.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": key})
    both.same("GET", "runs/get", {"run_id": "{run}"})


def test_metric_values_and_places_that_cannot_be(both: Both) -> None:
    values: list[Any] = [True, 10**400, "text", "", [], {}, None]
    places: list[Any] = [2**63, -(2**63) - 1, 1.5, "x", "", [], True]
    for value in values:
        given = {"run_id": "{run}", **metric("m", value)}
        both.same("POST", "runs/log-metric", given, allow=("D-09", "D-10"))
    for place in places:
        for field in ("step", "timestamp"):
            given = {"run_id": "{run}", **metric("m", 1), field: place}
            both.same("POST", "runs/log-metric", given, allow=("D-09", "D-10"))
    both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric("m", 1, -1)})


def test_params(both: Both) -> None:
    one = {"run_id": "{run}"}
    for key, value in (
        ("p", "1"),
        ("p", "1"),
        ("p", "2"),
        ("empty", ""),
        ("long", "v" * 6000),
        ("long2", "v" * 6001),
    ):
        both.same("POST", "runs/log-parameter", {**one, "key": key, "value": value})
    both.same("POST", "runs/log-batch", {**one, "params": [{"key": "p", "value": "2"}]})
    both.same("POST", "runs/log-batch", {**one, "params": [{"key": "p", "value": "1"}]})
    both.same(
        "POST", "runs/log-batch", {**one, "params": [{"key": "d", "value": "1"}, {"key": "d", "value": "1"}]}
    )
    both.same(
        "POST", "runs/log-batch", {**one, "params": [{"key": "e", "value": "1"}, {"key": "e", "value": "2"}]}
    )
    both.same("POST", "runs/log-batch", {**one, "params": [{"key": "big", "value": "v" * 6001}]})
    both.same("GET", "runs/get", one)


def test_tags(both: Both) -> None:
    one = {"run_id": "{run}"}
    for key, value in (("t", "1"), ("t", "2"), ("empty", ""), ("long", "v" * 8000), ("long2", "v" * 8001)):
        both.same("POST", "runs/set-tag", {**one, "key": key, "value": value})
    both.same("POST", "runs/set-tag", {**one, "key": "no value"})
    both.same(
        "POST", "runs/log-batch", {**one, "tags": [{"key": "d", "value": "1"}, {"key": "d", "value": "2"}]}
    )
    both.same("GET", "runs/get", one)


def test_batches_are_bounded(both: Both) -> None:
    one = {"run_id": "{run}"}
    metrics = [metric(f"m{index}", index) for index in range(1001)]
    params = [{"key": f"p{index}", "value": "v"} for index in range(101)]
    tags = [{"key": f"t{index}", "value": "v"} for index in range(101)]
    both.same("POST", "runs/log-batch", {**one, "metrics": metrics})
    both.same("POST", "runs/log-batch", {**one, "params": params})
    both.same("POST", "runs/log-batch", {**one, "tags": tags})
    both.same("POST", "runs/log-batch", {**one, "metrics": metrics[:901], "params": params[:100]})
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/log-batch", {**one, "metrics": metrics[:1000]})
    both.same("POST", "runs/log-batch", {**one, "params": params[:100], "tags": tags[:100]})
    both.same("GET", "runs/get", one)
    both.same("POST", "runs/log-batch", one)


def test_batches_are_atomic(both: Both) -> None:
    good: dict[str, list[Any]] = {
        "metrics": [metric("m", 1)],
        "params": [{"key": "p", "value": "1"}],
        "tags": [{"key": "t", "value": "1"}],
    }
    cases: tuple[tuple[str, Any], ...] = (
        ("metrics", metric("bad(", 1)),
        ("metrics", {"key": "m", "value": 1}),
        ("metrics", {"value": 1, "timestamp": 1}),
        ("metrics", metric("m", 1, -1)),
        ("metrics", 7),
        ("params", {"key": "bad(", "value": "1"}),
        ("params", {"value": "1"}),
        ("params", {"key": "only"}),
        ("tags", {"key": "bad(", "value": "1"}),
        ("tags", {"value": "1"}),
        ("tags", "text"),
    )
    for name, bad in cases:
        given = {"run_id": "{run}", **good, name: [*good[name], bad]}
        both.same("POST", "runs/log-batch", given, allow=("D-09",))
        both.same("GET", "runs/get", {"run_id": "{run}"})


def test_latest_value(both: Both) -> None:
    curves: dict[str, list[tuple[int, int, Any]]] = {
        "rising": [(1, 0, 1.0), (2, 1, 2.0)],
        "step wins": [(9, 0, 1.0), (2, 5, 2.0), (7, 3, 3.0)],
        "then time": [(9, 0, 1.0), (2, 0, 2.0)],
        "negative steps": [(1, -5, 1.0), (2, -7, 2.0)],
        "nan is a value": [(1, 0, 1.0), (1, 1, "NaN")],
        "ascending ties": [(1, 0, 1.0), (1, 0, 2.0)],
    }
    for key, points in curves.items():
        for timestamp, step, value in points:
            both.same("POST", "runs/log-metric", {"run_id": "{run}", **metric(key, value, timestamp, step)})
        both.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": key})
    both.same("GET", "runs/get", {"run_id": "{run}"})


def test_history_in_pages(both: Both) -> None:
    points = [metric("m", index / 4, index, index) for index in range(10)]
    both.same("POST", "runs/log-batch", {"run_id": "{run}", "metrics": points})
    for size in (1, 3, 9, 10, 11, 25000):
        query = {"run_id": "{run}", "metric_key": "m", "max_results": size}
        answers = both.same("GET", "metrics/get-history", query)
        while answers[0].body.get("next_page_token") and answers[1].body.get("next_page_token"):
            both.remember("page", (answers[0].body["next_page_token"], answers[1].body["next_page_token"]))
            answers = both.same("GET", "metrics/get-history", {**query, "page_token": "{page}"})
    both.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": "m", "page_token": "invented"})
    both.same("GET", "metrics/get-history", {"run_id": "{run}", "metric_key": "never"})


def test_history_of_many_runs(both: Both) -> None:
    both.new_run("second")
    for run in ("{run}", "{second}"):
        points = [metric("m", (index * 7) % 50, index, index) for index in range(50)]
        both.same("POST", "runs/log-batch", {"run_id": run, "metrics": points})
    bulk = "/ajax-api/2.0/mlflow/metrics/get-history-bulk"
    # Runs have ids of their own on each server, so only one at a time comes back in an order that both share.
    both.same("GET", bulk, {"run_id": ["{run}"], "metric_key": "m"})
    both.same("GET", bulk, {"run_id": ["{run}"], "metric_key": "m", "max_results": 7})
    both.same("GET", bulk, {"metric_key": "m"})
    both.same("GET", bulk, {"run_id": ["{run}"]})
    both.same("GET", bulk, {"run_id": ["{run}"] * 101, "metric_key": "m"})
    interval = "metrics/get-history-bulk-interval"
    queries: tuple[dict[str, int], ...] = (
        {"max_results": 10},
        {"max_results": 10, "start_step": 5, "end_step": 30},
        {"max_results": 100},
        {"max_results": 1},
        {"max_results": 0},
        {"max_results": 2501},
        {"start_step": 5},
        {"end_step": 5},
        {"start_step": 9, "end_step": 5},
        {},
    )
    for query in queries:
        both.same("GET", interval, {"run_ids": ["{run}"], "metric_key": "m", **query})
        both.same(
            "GET", "/ajax-api/2.0/mlflow/" + interval, {"run_ids": ["{run}"], "metric_key": "m", **query}
        )
    both.same("GET", interval, {"run_ids": ["{run}"] * 101, "metric_key": "m"})
    both.same("GET", interval, {"run_ids": ["{run}"], "metric_key": "never"})


def test_dataset_inputs(both: Both) -> None:
    dataset = {
        "name": "d",
        "digest": "1",
        "source_type": "local",
        "source": "{}",
        "schema": "s",
        "profile": "p",
    }
    tags = [{"key": "mlflow.data.context", "value": "train"}]
    one = {"run_id": "{run}"}
    both.same("POST", "runs/log-inputs", {**one, "datasets": [{"dataset": dataset, "tags": tags}]})
    both.same("POST", "runs/log-inputs", {**one, "datasets": [{"dataset": dataset, "tags": tags}]})
    both.same("GET", "runs/get", one)
    for bad in (
        {"dataset": {key: value for key, value in dataset.items() if key != "name"}},
        {"dataset": {key: value for key, value in dataset.items() if key != "digest"}},
        {"dataset": {**dataset, "name": "n" * 501}},
        {"dataset": {**dataset, "digest": "n" * 37}},
        {"tags": tags},
        {"dataset": dataset, "tags": [{"value": "no key"}]},
    ):
        both.same("POST", "runs/log-inputs", {**one, "datasets": [bad]}, allow=("D-10",))
    both.same("POST", "runs/log-inputs", one)


def test_under_the_browsers_prefix(both: Both) -> None:
    both.same("GET", "/ajax-api/2.0/mlflow/runs/get", {"run_id": "{run}"})
    both.same("POST", "/ajax-api/2.0/mlflow/runs/search", {"experiment_ids": ["{experiment}"]})
    both.same(
        "POST", "/ajax-api/2.0/mlflow/experiments/search", {"max_results": 1, "filter": "name = 'Default'"}
    )
