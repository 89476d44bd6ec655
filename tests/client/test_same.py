"""A script that logs through `http://` with the stock client, and through `runyard://`, makes the same runs.

One thing differs on purpose and is left out: a metric's value that is no number is the stock client's TypeError, and
the plugin's MlflowException, which names the metric (`test_logging.py`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.client.reading import Stored, files_below, stored_runs
from tests.client.scripts import run_script
from tests.faults.server import Server
from tests.faults.wire import Connection

SCRIPT = """
    import json, warnings
    import numpy as np
    import pandas as pd
    from sklearn.linear_model import LogisticRegression
    from mlflow.exceptions import MlflowException

    def told(call):
        try:
            call()
        except Exception as error:
            say(json.dumps([type(error).__name__, getattr(error, "error_code", ""), str(error).splitlines()[0]]))
        else:
            say(json.dumps("nothing"))

    def log(run_id, synchronous):
        # Times are given, so that the stock client's ten threads keep an order, too.
        for number, value in enumerate([3.0, 1.0, float("nan"), float("inf"), -0.0, 1e-320, 1, True]):
            client.log_metric(run_id, "given", value, timestamp=1000 + number, step=-number, synchronous=synchronous)
        points = [Metric(f"batch/{number % 7}", number / 3, 5000 + number, number) for number in range(2100)]
        params = [Param(f"p{number}", str(number)) for number in range(130)]
        client.log_batch(run_id, points, params, [RunTag("in", "batch")], synchronous=synchronous)
        for call in (
            mlflow.log_param("one", {"a": [1, None]}, synchronous=synchronous),
            mlflow.log_params({"ü ñ": "é", "empty": "", "long": "x" * 7000}, synchronous=synchronous),
            mlflow.set_tag("tag", 5, synchronous=synchronous),
            mlflow.set_tags({"many": "1", "text": "line\\n😀" + "y" * 9000}, synchronous=synchronous),
            mlflow.log_metric("fluent", 0.25, step=7, synchronous=synchronous),
            mlflow.log_metrics({"several/a": 1, "several/b": np.float32(0.1)}, step=8, synchronous=synchronous),
        ):
            if call is not None and not hasattr(call, "key") and hasattr(call, "wait"):
                call.wait()

    mlflow.set_experiment(os.environ["EXPERIMENT"])
    experiment_id = mlflow.get_experiment_by_name(os.environ["EXPERIMENT"]).experiment_id
    for synchronous in (True, False):
        with mlflow.start_run(run_name=f"fluent-{synchronous}", tags={"begun": "1"}, description="what it is") as run:
            log(run.info.run_id, synchronous)
            mlflow.set_tag("gone", "x")
            mlflow.delete_tag("gone")
            mlflow.log_text("text", "notes/a.txt")
            mlflow.log_dict({"a": 1}, "a.json")
            mlflow.log_table({"x": [1, 2]}, "table.json")
            mlflow.log_artifact(__import__("sklearn").__file__, "code")
            dataset = mlflow.data.from_pandas(pd.DataFrame({"x": [1.0, 2.0]}), name="frame")
            mlflow.log_input(dataset, context="training", tags={"of": "it"})

    mlflow.config.enable_async_logging()
    with mlflow.start_run(run_name="switched"):
        for step in range(200):
            mlflow.log_metric("m", step * 0.5, step=step)
        mlflow.log_param("p", 1)
        mlflow.set_tag("t", "w")
        mlflow.flush_async_logging()
        say(json.dumps(len(client.get_metric_history(mlflow.active_run().info.run_id, "m"))))
    mlflow.config.enable_async_logging(False)

    run = client.create_run(experiment_id, start_time=123, tags={"a": "b"}, run_name="client")
    client.log_param(run.info.run_id, "p", 1)
    client.update_run(run.info.run_id, name="renamed")
    client.set_terminated(run.info.run_id, "KILLED", end_time=456)
    client.log_metric(run.info.run_id, "late", 1, timestamp=9)

    mlflow.sklearn.autolog()
    with mlflow.start_run(run_name="autolog"):
        x = np.random.default_rng(1).normal(size=(80, 3))
        model = LogisticRegression().fit(x, x[:, 0] > 0)
        model.score(x, x[:, 1] > 0)
    mlflow.sklearn.autolog(disable=True)

    with mlflow.start_run(run_name="parent"):
        for number in range(2):
            with mlflow.start_run(run_name=f"child-{number}", nested=True):
                mlflow.log_metric("m", number, step=1)
        mlflow.log_metric("m", 9)

    def fail():
        with mlflow.start_run(run_name="failing"):
            mlflow.log_metric("m", 1, synchronous=False)
            raise KeyError("of the script")

    told(fail)
    deleted = client.create_run(experiment_id, run_name="deleted").info.run_id
    client.delete_run(deleted)
    told(lambda: client.log_metric(deleted, "m", 1))
    told(lambda: client.set_tag(deleted, "m", 1))
    restored = client.create_run(experiment_id, run_name="restored").info.run_id
    client.delete_run(restored)
    client.restore_run(restored)
    client.log_metric(restored, "m", 1, timestamp=1)

    with mlflow.start_run(run_name="refused") as run:
        mlflow.log_param("p", 1)
        told(lambda: mlflow.log_param("p", 2))
        told(lambda: mlflow.log_params({"q": 1, "p": 2}))
        told(lambda: mlflow.log_metric("a//b", 1))
        told(lambda: mlflow.log_metric("a(b)", 1))
        told(lambda: mlflow.log_metric("x" * 300, 1))
        told(lambda: mlflow.log_metric("", 1))
        told(lambda: client.log_metric(run.info.run_id, "m", 1, timestamp=-1))
        told(lambda: mlflow.log_metrics({"fine": 1, "not//fine": 2}))
        told(lambda: mlflow.log_metrics({"fine": 1, "at.": 2, "also//not": 3}))
        told(lambda: mlflow.set_tag("a//b", 1))
        told(lambda: mlflow.delete_tag("never"))
        told(lambda: client.get_run("0" * 32))
        told(lambda: client.log_param("0" * 32, "p", 1))
        told(lambda: client.update_run("0" * 32, name="x"))
        told(lambda: client.set_terminated(run.info.run_id, "NOPE"))
        told(lambda: mlflow.log_artifact("/no/such/file"))
        told(lambda: mlflow.start_run(run_id="0" * 32))
        mlflow.log_metric("after", 1)

    def names(**wanted):
        say(json.dumps([each.info.run_name for each in client.search_runs([experiment_id], **wanted)]))

    names(order_by=["attributes.run_name"])
    names(filter_string="metrics.m > 0", order_by=["metrics.m DESC", "attributes.run_name"])
    names(filter_string="params.p = '1' and tags.t = 'w'")
    names(filter_string="attributes.status = 'FAILED'")
    names(filter_string="datasets.name = 'frame'", order_by=["attributes.run_name"])
    frame = mlflow.search_runs([experiment_id], order_by=["attributes.run_name"])
    say(json.dumps([sorted(column for column in frame if "runyard" not in column), len(frame)]))
"""

# They name the process, or a moment, and not what was logged.
OWN = re.compile(r"runyard\.|mlflow\.(user|source\.|git|log-model\.history)")

# With which the plugin has mlflow's tags of a new run marked, and so those in the source of a dataset.
MARK = re.compile(r', ?\\"runyard\.context\\": ?\\"true\\"')


@dataclass(frozen=True)
class Made:
    """What a script left on the server, and what it said; ids stand as the names of what they belong to."""

    said: list[Any]
    runs: dict[str, dict[str, Any]]
    artifacts: dict[str, dict[str, bytes]]


def made(server: Server, spool: Path, scheme: str) -> Made:
    experiment = f"by-{scheme}"
    address = server.address.replace("http://", f"{scheme}://")
    lines, _ = run_script(address, spool, SCRIPT, EXPERIMENT=experiment)
    # A single tag or parameter travels as a batch of one, and is named as its first.
    said = [re.sub(r"\w+\[0\]\.", "", line) for line in lines if not line.startswith(("🏃", "🧪"))]
    stored = stored_runs(server.address, experiment)
    names = {run.info["run_id"]: run.info["run_name"] for run in stored}
    models: dict[str, dict[str, bytes]] = {}
    with Connection(server.address) as connection:
        for run in stored:
            for output in run.run.get("outputs", {}).get("model_outputs", []):
                model = output["model_id"]
                names[model] = f"model of {run.info['run_name']}"
                folder = f"{run.info['experiment_id']}/models/{model}/artifacts"
                models[names[model]] = files_below(connection, folder)
    ids = re.compile("|".join(names))

    def named(value: Any) -> Any:
        return json.loads(ids.sub(lambda found: names[found.group()], json.dumps(value)))

    runs = {run.info["run_name"]: named(comparable(run)) for run in stored}
    artifacts = {run.info["run_name"]: run.artifacts for run in stored}
    return Made([named(json.loads(line)) for line in said], runs, artifacts | models)


def comparable(run: Stored) -> dict[str, Any]:
    """What must not depend on the way that it was logged."""
    given = run.info["run_name"] == "renamed"
    times = {name: run.info.get(name) for name in ("start_time", "end_time")} if given else {}
    tags = {key: value for key, value in run.pairs("tags").items() if not OWN.match(key)}
    points = {
        name: [
            (
                point.step,
                str(point.value),
                point.time if name.startswith(("given", "batch/", "late")) else None,
            )
            for point in found
        ]
        for name, found in run.points.items()
    }
    status = {name: run.info.get(name) for name in ("status", "run_name", "lifecycle_stage", "user_id")}
    return {
        "info": {**status, **times, "ended": "end_time" in run.info},
        "params": run.pairs("params"),
        "tags": tags,
        "points": points,
        "latest": [
            {key: str(value) for key, value in sorted(metric.items()) if key in ("key", "value", "step")}
            for metric in sorted(run.run["data"].get("metrics", []), key=lambda metric: str(metric["key"]))
        ],
        "inputs": json.loads(MARK.sub("", json.dumps(run.run.get("inputs", {})))),
        "outputs": run.run.get("outputs", {}),
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    folder = tmp_path_factory.mktemp("same")
    with Server(folder / "data") as server:
        return made(server, folder / "spool", "http"), made(server, folder / "spool", "runyard")


def test_what_the_script_is_told_is_the_same(both: tuple[Made, Made]) -> None:
    stock, plugin = both
    assert len(stock.said) > 25
    assert plugin.said == stock.said


def test_runs_are_the_same(both: tuple[Made, Made]) -> None:
    stock, plugin = both
    assert len(stock.runs) == 12
    assert plugin.runs.keys() == stock.runs.keys()
    for name, run in stock.runs.items():
        for part, value in run.items():
            assert plugin.runs[name][part] == value, (name, part)
    # It was compared with something.
    assert len(stock.runs["fluent-False"]["points"]["batch/0"]) == 300
    assert stock.runs["failing"]["info"]["status"] == "FAILED"
    assert stock.runs["autolog"]["outputs"]
    assert stock.runs["fluent-True"]["inputs"]


def test_artifacts_are_the_same(both: tuple[Made, Made]) -> None:
    stock, plugin = both
    assert {"fluent-True", "autolog", "model of autolog"} <= {
        name for name, files in stock.artifacts.items() if files
    }
    for name, files in stock.artifacts.items():
        assert plugin.artifacts[name].keys() == files.keys(), name
        for path, data in files.items():
            # This one names the run and the moment.
            if path.rpartition("/")[2] != "MLmodel":
                assert plugin.artifacts[name][path] == data, (name, path)
