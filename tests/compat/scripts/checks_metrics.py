"""Metrics: every point kept exactly, in order, with the latest on the run."""

import math
import time

import mlflow
from checks import client, equal, history, new_run, refused, same_float, since, true, values
from mlflow.entities import Metric, Param, RunTag

LARGEST_STEP = 2**63 - 1


def check_number_types() -> None:
    import numpy

    logged = {
        "int": 1,
        "float": 0.1,
        "bool true": True,
        "bool false": False,
        "numpy float32": numpy.float32(0.5),
        "numpy int64": numpy.int64(7),
        "numpy 0-d": numpy.array(2.25),
        "text": "1.5",
        "tiny": 5e-324,
        "huge": 1.7976931348623157e308,
        "negative zero": -0.0,
        "pi": math.pi,
    }
    with mlflow.start_run() as run:
        for key, value in logged.items():
            mlflow.log_metric(key, value)
    kept = client().get_run(run.info.run_id).data.metrics
    equal(kept, {key: float(value) for key, value in logged.items()})
    (zero,) = values(run.info.run_id, "negative zero")
    equal(math.copysign(1, zero), -1.0, "the sign of zero")


def check_non_finite_values_are_exact() -> None:
    run_id = new_run()
    for value in (math.nan, math.inf, -math.inf):
        client().log_metric(run_id, "single", value)
        client().log_batch(run_id, metrics=[Metric("batch", value, int(time.time() * 1000), 0)])
    for key in ("single", "batch"):
        for actual, wanted in zip(values(run_id, key), (math.nan, math.inf, -math.inf), strict=True):
            same_float(actual, wanted, key)
    equal(client().get_run(run_id).data.metrics, {"single": -math.inf, "batch": -math.inf})
    client().log_metric(run_id, "nan", math.nan)
    same_float(client().get_run(run_id).data.metrics["nan"], math.nan, "latest")


def check_steps_of_all_sizes() -> None:
    run_id = new_run()
    steps = [0, -1, 7, LARGEST_STEP, -(2**63), 2**53 + 1]
    for index, step in enumerate(steps):
        client().log_metric(run_id, "m", float(index), timestamp=1000 + index, step=step)
    equal([point.step for point in history(run_id, "m")], steps)
    equal(client().get_run(run_id).data.metrics, {"m": 3.0}, "the value at the largest step")


def check_timestamps() -> None:
    run_id = new_run()
    before = int(time.time() * 1000)
    client().log_metric(run_id, "now", 1.0)
    true(before <= history(run_id, "now")[0].timestamp <= int(time.time() * 1000), "the time of the call")
    client().log_metric(run_id, "given", 1.0, timestamp=1)
    equal(history(run_id, "given")[0].timestamp, 1)
    refused(
        lambda: client().log_metric(run_id, "bad", 1.0, timestamp=-1), "INVALID_PARAMETER_VALUE", "timestamp"
    )


def check_over_time() -> None:
    with mlflow.start_run() as run:
        for step in range(20):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
    points = history(run.info.run_id, "loss")
    equal([(point.step, point.value) for point in points], [(step, 1 / (step + 1)) for step in range(20)])
    equal(client().get_run(run.info.run_id).data.metrics, {"loss": 1 / 20})


def check_most_recent_of_one_step() -> None:
    with mlflow.start_run() as run:
        for value in (4, 3, 2, 1):
            mlflow.log_metric("iteration", value)
    equal(client().get_run(run.info.run_id).data.metrics, {"iteration": 1.0})
    equal(values(run.info.run_id, "iteration"), [4.0, 3.0, 2.0, 1.0])


def check_curve_in_one_millisecond() -> None:
    run_id = new_run()
    curve = [1, 2, 3, 2, 1, 2, 3, 2, 1]
    now = int(time.time() * 1000)
    client().log_batch(run_id, metrics=[Metric("sample_list", value, now, 0) for value in curve])
    equal(values(run_id, "sample_list"), [float(value) for value in curve])
    equal(client().get_run(run_id).data.metrics, {"sample_list": 1.0})


def check_order_is_timestamp_then_step_then_arrival() -> None:
    run_id = new_run()
    points = [(30, 0, 1.0), (10, 5, 2.0), (10, 1, 3.0), (10, 1, 0.5), (20, 0, 4.0), (10, 1, 3.0)]
    for timestamp, step, value in points:
        client().log_metric(run_id, "m", value, timestamp=timestamp, step=step)
    kept = [(point.timestamp, point.step, point.value) for point in history(run_id, "m")]
    equal(kept, sorted(points, key=lambda point: point[:2]))
    equal(client().get_run(run_id).data.metrics, {"m": 2.0}, "the value at the largest step")


def check_equal_points_are_kept() -> None:
    run_id = new_run()
    point = Metric("m", 1.0, 1_700_000_000_000, 3)
    client().log_batch(run_id, metrics=[point] * 10)
    client().log_batch(run_id, metrics=[point] * 5)
    equal(values(run_id, "m"), [1.0] * 15)


def check_keys() -> None:
    run_id = new_run()
    good = ["a/b", "a.b", "a-b", "a_b", "a b", "метрика", "é", "0", "a/b/c.d", "k" * 250]
    for key in good:
        client().log_metric(run_id, key, 1.0)
    equal(sorted(client().get_run(run_id).data.metrics), sorted(good))
    for key in ("a(b", "a)b", "a@b", "a%b", "a+b", "a,b", "..", ".", "../b", "/b", "a//b"):
        refused(lambda key=key: client().log_metric(run_id, key, 1.0), "INVALID_PARAMETER_VALUE", key)
    refused(lambda: client().log_metric(run_id, "a\nb", 1.0), "INVALID_PARAMETER_VALUE")
    refused(lambda: client().log_metric(run_id, "k" * 251, 1.0), "INVALID_PARAMETER_VALUE", "250")
    equal(sorted(client().get_run(run_id).data.metrics), sorted(good))


@since("2.16")
def check_keys_with_a_colon() -> None:
    run_id = new_run()
    client().log_metric(run_id, "GPU:0/memory", 1.0)
    equal(values(run_id, "GPU:0/memory"), [1.0])


def check_several_at_once() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metrics({"a": 1, "b": 2.5}, step=3)
    equal(client().get_run(run.info.run_id).data.metrics, {"a": 1.0, "b": 2.5})
    equal([point.step for point in history(run.info.run_id, "b")], [3])


def check_largest_batch() -> None:
    run_id = new_run()
    metrics = [Metric("m", float(index), 1_700_000_000_000 + index, index) for index in range(800)]
    params = [Param(f"p{index}", str(index)) for index in range(100)]
    tags = [RunTag(f"t{index}", str(index)) for index in range(100)]
    client().log_batch(run_id, metrics=metrics, params=params, tags=tags)
    data = client().get_run(run_id).data
    equal((data.metrics, len(data.params), data.tags["t99"]), ({"m": 799.0}, 100, "99"))
    equal(values(run_id, "m"), [float(index) for index in range(800)])


def check_a_bad_metric_leaves_nothing_of_the_batch() -> None:
    run_id = new_run()
    metrics = [Metric("good", 1.0, 1, 0), Metric("bad(", 1.0, 1, 0)]
    batch = {"metrics": metrics, "params": [Param("p", "1")], "tags": [RunTag("t", "1")]}
    refused(lambda: client().log_batch(run_id, **batch), "INVALID_PARAMETER_VALUE", "bad(")
    data = client().get_run(run_id).data
    equal((data.metrics, data.params, "t" in data.tags), ({}, {}, False))


def check_more_than_a_page_of_history() -> None:
    run_id = new_run()
    count = 26_000
    for start in range(0, count, 1000):
        batch = [
            Metric("m", float(i % 97), 1_700_000_000_000 + i // 10, i) for i in range(start, start + 1000)
        ]
        client().log_batch(run_id, metrics=batch)
    points = history(run_id, "m")
    equal(len(points), count)
    equal([point.step for point in points], list(range(count)))
    equal([point.value for point in points], [float(index % 97) for index in range(count)])


def check_history_of_an_unknown_metric() -> None:
    equal(history(new_run(), "never logged"), [])


def check_reads_its_own_writes() -> None:
    run_id = new_run()
    experiment = client().get_run(run_id).info.experiment_id
    for index in range(20):
        client().log_metric(run_id, "m", float(index), step=index)
        equal(client().get_run(run_id).data.metrics, {"m": float(index)})
        equal(len(history(run_id, "m")), index + 1)
        found = client().search_runs([experiment], f"metrics.m = {index}")
        equal([run.info.run_id for run in found], [run_id])


@since("3.0")
def check_metrics_of_a_model_and_a_dataset() -> None:
    import numpy

    dataset = mlflow.data.from_numpy(numpy.zeros((2, 2)), name="validation")
    with mlflow.start_run() as run:
        model = mlflow.create_external_model(name="external")
        mlflow.log_metric("accuracy", 0.75, model_id=model.model_id, dataset=dataset)
        mlflow.log_metric("accuracy", 0.5, step=1, model_id=model.model_id, dataset=dataset)
    equal(client().get_run(run.info.run_id).data.metrics, {"accuracy": 0.5})
    kept = mlflow.get_logged_model(model.model_id).metrics
    found = [(metric.step, metric.value, metric.dataset_name, metric.dataset_digest) for metric in kept]
    equal(found[-1:], [(1, 0.5, "validation", dataset.digest)], "the latest")
    equal({metric.run_id for metric in kept}, {run.info.run_id})
