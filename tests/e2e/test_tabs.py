"""Drives the tabs of a run's page in a real browser; scenarios/tabs.mjs holds what is done and seen there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.pages import PAGE
from tests.e2e.studio import START, create_run, log, play, points, post, put_artifact, put_file
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


class ImageLog:
    """A script that logs images with the stock client, a step each time that it is told to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._told, self._says = process.stdin, process.stdout
        self.run = self._says.readline().strip()

    def log(self) -> None:
        """Log one more step."""
        self._told.write("\n")
        self._told.flush()
        assert self._says.readline() == "logged\n"


@contextmanager
def image_log(address: str, every: int = 1) -> Iterator[ImageLog]:
    script = Path(__file__).with_name("log_images.py")
    pipe = subprocess.PIPE
    command = [sys.executable, str(script), address, str(every)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield ImageLog(process)
        finally:
            process.kill()


def test_images_figures_and_tables_are_shown_as_they_are_logged(server: Server) -> None:
    with image_log(server.address) as logging:
        play("images", {"address": server.address, "run": logging.run}, {"log": logging.log})


def test_figures_in_html_are_shown_where_they_reach_nothing(server: Server) -> None:
    run = create_run(server.address, "interactive")
    for step in (2, 10):
        put_artifact(server.address, run, f"plots/roc_{step}.html", f"{PAGE}<p>page {step}</p>".encode())
    put_artifact(server.address, run, "report.html", b"<p>a report</p>")
    play("pageFigures", {"address": server.address, "run": run})


def test_images_of_runs_are_compared_at_one_step(server: Server) -> None:
    with image_log(server.address) as each, image_log(server.address, every=3) as third:
        play("compareImages", {"address": server.address, "runs": [each.run, third.run]})


def child_of(address: str, parent: str, name: str, start: int = START) -> str:
    run = create_run(address, name, start=start)
    log(address, run, tags=[{"key": "mlflow.parentRunId", "value": parent}])
    return run


def test_child_jobs_are_listed_and_compared(server: Server) -> None:
    parent = create_run(server.address, "sweep")
    for number in range(2):
        child = child_of(server.address, parent, f"trial-{number}", START + number)
        params = [{"key": "lr", "value": str(number)}, {"key": "seed", "value": "7"}]
        log(server.address, child, metrics=points("loss", [1.0, number + 0.5]), params=params)
        if number == 0:
            child_of(server.address, child, "retry")
    play(
        "childJobs",
        {"address": server.address, "parent": parent},
        {"start": lambda: start_child(server.address, parent)},
    )


def start_child(address: str, parent: str) -> None:
    child_of(address, parent, "trial-2", START + 2)


def test_machines_are_monitored_by_node_and_device(server: Server) -> None:
    run = create_run(server.address, "training")
    names = [
        "loss",
        "system/node-a/gpu_0_utilization_percentage",
        "system/node-a/gpu_1_utilization_percentage",
        "system/node-a/network_receive_megabytes",
        "system/node-b/cpu_utilization_percentage",
    ]
    for name in names:
        log(server.address, run, metrics=points(name, [1.0, 2.0, 3.0]))
    other = create_run(server.address, "without")
    play("monitoring", {"address": server.address, "run": run, "other": other})


def test_the_overview_tells_where_a_run_came_from_and_what_it_made(server: Server) -> None:
    address = server.address
    commit = "0123456789abcdef0123456789abcdef01234567"
    run = create_run(address, "training")
    source = {
        "mlflow.source.git.commit": commit,
        "mlflow.source.git.repoURL": "https://user:secret@github.com/acme/vision.git",
    }
    log(address, run, tags=[{"key": key, "value": value} for key, value in source.items()])
    dataset = {
        "name": "train-set",
        "digest": "d1g3st",
        "source_type": "local",
        "source": "/data/train.csv",
        "schema": '{"mlflow_colspec": [{"type": "double", "name": "x"}]}',
        "profile": '{"num_rows": 50}',
    }
    used = {"dataset": dataset, "tags": [{"key": "mlflow.data.context", "value": "training"}]}
    post(address, "runs/log-inputs", {"run_id": run, "datasets": [used]})
    new = {"experiment_id": "0", "name": "net", "source_run_id": run}
    model = post(address, "logged-models", new)["model"]["info"]
    put_file(address, f"0/models/{model['model_id']}/artifacts/MLmodel", b"flavors: {}")
    post(address, "runs/outputs", {"run_id": run, "models": [{"model_id": model["model_id"], "step": 7}]})
    log(address, run, metrics=[{**point, "model_id": model["model_id"]} for point in points("acc", [0.5])])
    post(address, "registered-models/create", {"name": "digits"})
    post(address, "model-versions/create", {"name": "digits", "source": "s3://bucket/net", "run_id": run})
    post(address, "registered-models/alias", {"name": "digits", "alias": "champion", "version": "1"})
    play("lineage", {"address": address, "run": run, "commit": commit, "model": model["model_id"]})


def test_thousands_of_params_are_drawn_as_one_scrolls(server: Server) -> None:
    run = create_run(server.address, "wide")
    params = [{"key": f"layer.{number}.width", "value": "1"} for number in range(1000)]
    for start in range(0, len(params), 100):
        log(server.address, run, params=params[start : start + 100])
    play("manyParams", {"address": server.address, "run": run, "params": len(params)})
