"""Asynchronous logging with the stock client: nothing lost, order by timestamp, wait() means readable.

The stock client sends from ten threads, so calls of one millisecond may arrive in any order: their order among
themselves is promised here only where a step or a single sender tells it.
"""

import os
import subprocess
import sys
import time

import mlflow
from checks import client, equal, history, new_run, since, true, values
from mlflow.entities import Metric, Param, RunTag
from mlflow.utils.async_logging.run_operations import RunOperations


def settle(operations: list[RunOperations]) -> None:
    """Wait for all: the end of a run does so too in later versions of the client, but not in the oldest."""
    for operation in operations:
        operation.wait()


def check_count_order_and_latest_by_step() -> None:
    with mlflow.start_run() as run:
        settle([mlflow.log_metric("m", 500 - step, step=step, synchronous=False) for step in range(500)])
    points = sorted(history(run.info.run_id, "m"), key=lambda point: point.step)
    equal([point.value for point in points], [float(500 - step) for step in range(500)])
    equal(client().get_run(run.info.run_id).data.metrics, {"m": 1.0}, "latest")
    times = [point.timestamp for point in history(run.info.run_id, "m")]
    equal(times, sorted(times), "order of the history")
    equal([point.step for point in history(run.info.run_id, "m")], list(range(500)), "steps in the history")


def check_count_and_order_on_one_step() -> None:
    with mlflow.start_run() as run:
        settle([mlflow.log_metric("m", value, synchronous=False) for value in range(500, 0, -1)])
        time.sleep(0.01)  # the last one gets a millisecond of its own
        settle([mlflow.log_metric("m", 0, synchronous=False)])
    points = history(run.info.run_id, "m")
    equal(sorted((point.value for point in points), reverse=True), [float(v) for v in range(500, -1, -1)])
    by_time = sorted(points, key=lambda point: point.timestamp)
    equal([point.value for point in points], [point.value for point in by_time], "order of timestamps")
    ordered = sorted(points, key=lambda point: (point.timestamp, -point.value))
    equal([point.value for point in ordered], [float(v) for v in range(500, -1, -1)], "times of the calls")
    equal(client().get_run(run.info.run_id).data.metrics, {"m": 0.0}, "latest")


def check_equal_values_are_all_kept() -> None:
    with mlflow.start_run() as run:
        settle([mlflow.log_metric("m", 1.0, synchronous=False) for _ in range(500)])
    equal(values(run.info.run_id, "m"), [1.0] * 500)


@since("2.12")
def check_one_sender_keeps_the_exact_order() -> None:
    script = (
        "import mlflow\n"
        "with mlflow.start_run() as run:\n"
        "    for value in range(300, 0, -1):\n"
        "        mlflow.log_metric('m', value, synchronous=False)\n"
        "print(run.info.run_id)\n"
    )
    environment = {**os.environ, "MLFLOW_ASYNC_LOGGING_THREADPOOL_SIZE": "1"}
    environment["MLFLOW_EXPERIMENT_ID"] = os.environ["CHECK_EXPERIMENT_ID"]
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    equal(done.returncode, 0, done.stderr)
    (run,) = client().search_runs([os.environ["CHECK_EXPERIMENT_ID"]])
    equal(values(run.info.run_id, "m"), [float(value) for value in range(300, 0, -1)])
    equal(run.data.metrics, {"m": 1.0})


def check_wait_means_readable() -> None:
    with mlflow.start_run() as run:
        operation = mlflow.log_metric("metric1", 9.42, synchronous=False)
        operation.wait()
        equal(client().get_run(run.info.run_id).data.metrics, {"metric1": 9.42})


def check_batch_with_wait() -> None:
    with mlflow.start_run() as run:
        now = int(time.time() * 1000)
        metrics = [Metric(key, value, now, 0) for key, value in {"metric-0": 3.14, "metric-1": 6.28}.items()]
        operation = client().log_batch(
            run_id=run.info.run_id,
            metrics=metrics,
            params=[Param("p", "1")],
            tags=[RunTag("t", "1")],
            synchronous=False,
        )
        operation.wait()
        data = client().get_run(run.info.run_id).data
    equal(
        (data.metrics, data.params, data.tags["t"]), ({"metric-0": 3.14, "metric-1": 6.28}, {"p": "1"}, "1")
    )


def check_params_and_tags() -> None:
    with mlflow.start_run() as run:
        waiting = [
            mlflow.log_param("a", 1, synchronous=False),
            mlflow.log_params({"b": 2}, synchronous=False),
        ]
        waiting += [
            mlflow.set_tag("c", "3", synchronous=False),
            mlflow.set_tags({"d": "4"}, synchronous=False),
        ]
        waiting += [mlflow.log_metrics({"e": 5}, step=1, synchronous=False)]
        for operation in waiting:
            operation.wait()
        data = client().get_run(run.info.run_id).data
    equal((data.params, data.metrics), ({"a": "1", "b": "2"}, {"e": 5.0}))
    equal((data.tags["c"], data.tags["d"]), ("3", "4"))


def check_a_failure_shows_at_wait() -> None:
    run_id = new_run()
    client().log_param(run_id, "p", 1)
    operation = client().log_batch(run_id, params=[Param("p", "2")], synchronous=False)
    try:
        operation.wait()
    except Exception as error:  # which class depends on the version of the client
        true("p" in str(error), f"the error names the parameter: {error}")
    else:
        raise AssertionError("a changed parameter was accepted")
    equal(client().get_run(run_id).data.params, {"p": "1"})


@since("2.22")
def check_everything_is_there_when_the_process_has_ended() -> None:
    """The script ends its run: when Python itself ends it, the stock client's threads are gone before."""
    script = (
        "import mlflow\n"
        "for step in range(200):\n"
        "    mlflow.log_metric('m', step, step=step, synchronous=False)\n"
        "mlflow.end_run()\n"
    )
    environment = {**os.environ, "MLFLOW_EXPERIMENT_ID": os.environ["CHECK_EXPERIMENT_ID"]}
    equal(subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode, 0)
    (run,) = client().search_runs([os.environ["CHECK_EXPERIMENT_ID"]])
    equal((run.info.status, run.data.metrics), ("FINISHED", {"m": 199.0}))
    equal(len(values(run.info.run_id, "m")), 200)


@since("2.12")
def check_switched_on_for_all_calls() -> None:
    mlflow.config.enable_async_logging()
    try:
        with mlflow.start_run() as run:
            for step in range(50):
                mlflow.log_metric("m", step, step=step)
            mlflow.log_param("p", "x")
    finally:
        mlflow.config.enable_async_logging(False)
    data = client().get_run(run.info.run_id).data
    equal((data.metrics, data.params), ({"m": 49.0}, {"p": "x"}))
    equal(values(run.info.run_id, "m"), [float(step) for step in range(50)])


@since("2.14")
def check_buffered_sending() -> None:
    script = (
        "import mlflow\n"
        "with mlflow.start_run():\n"
        "    for step in range(2500):\n"
        "        mlflow.log_metric('m', -step, step=step, synchronous=False)\n"
    )
    environment = {**os.environ, "MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS": "1"}
    environment["MLFLOW_EXPERIMENT_ID"] = os.environ["CHECK_EXPERIMENT_ID"]
    equal(subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode, 0)
    (run,) = client().search_runs([os.environ["CHECK_EXPERIMENT_ID"]])
    equal(values(run.info.run_id, "m"), [float(-step) for step in range(2500)])
    equal(run.data.metrics, {"m": -2499.0})


@since("2.22")
def check_the_end_of_a_run_waits() -> None:
    with mlflow.start_run() as run:
        for step in range(300):
            mlflow.log_metric("m", step, step=step, synchronous=False)
    equal(values(run.info.run_id, "m"), [float(step) for step in range(300)])
    equal(client().get_run(run.info.run_id).data.metrics, {"m": 299.0})
