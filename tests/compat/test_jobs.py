"""The examples of jobs, with the real libraries: a hosted service's file as it is, and PyTorch on two nodes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.jobs.client import Client
from runyard.jobs.entities import CommandJob, Environment
from runyard.jobs.spec import load_job
from tests.client.reading import stored_runs
from tests.compat.environments import ENVIRONMENTS, REPOSITORY, interpreter, plugin_folder
from tests.faults.server import Server
from tests.jobs.running.jobs import artifact

pytestmark = [pytest.mark.compat, pytest.mark.timeout(600)]
EXAMPLES = REPOSITORY / "examples" / "jobs"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


def test_a_file_of_the_hosted_service_runs_unmodified(server: Server) -> None:
    loaded = load_job(EXAMPLES / "sklearn" / "job.yml")
    client = Client(server.address)
    job = client.wait(client.submit(loaded.job).name, 500)
    assert (job.state, job.message) == ("Completed", "")
    (run,) = stored_runs(server.address, "sklearn-digits-example")
    assert run.info["status"] == "FINISHED"
    assert run.metrics["accuracy"][-1][1] > 0.9
    # Autologging's.
    assert run.pairs("params")["max_depth"] == "8"
    assert {"named-outputs/model/MLmodel", "azureml-logs/20_image_build_log.txt"} <= set(run.artifacts)
    assert b"\naccuracy 0.9" in artifact(server, job, "user_logs/std_log.txt")
    said = artifact(server, job, "system_logs/environment.log").decode()
    assert "For the environment 'azureml://registries/azureml/environments/sklearn-1.5/labels/latest'" in said
    assert "There is no compute 'cpu-cluster' here" in artifact(server, job, "system_logs/queue.log").decode()
    # The environment is there now.
    loaded = load_job(
        EXAMPLES / "sklearn" / "job.yml", ["command=python -c 'import sklearn'", "outputs={}", "inputs={}"]
    )
    again = client.wait(client.submit(loaded.job).name, 500)
    assert again.state == "Completed"
    assert ", built before" in artifact(server, again, "system_logs/environment.log").decode()


def test_pytorch_on_two_nodes_with_two_processes_each(server: Server) -> None:
    job = load_job(EXAMPLES / "ddp" / "job.yml").job
    assert isinstance(job, CommandJob)
    # The environment that other tests have built, with PyTorch from where this machine has it.
    python = interpreter(ENVIRONMENTS[0])
    job.task.environment = Environment(reference="current")
    job.task.command = job.task.command.replace("python ", f"{python} ", 1)
    job.task.environment_variables = {"PYTHONPATH": str(plugin_folder()), "OMP_NUM_THREADS": "1"}
    client = Client(server.address)
    done = client.wait(client.submit(job).name, 300)
    assert (done.state, done.message) == ("Completed", "")
    (run,) = stored_runs(server.address, "ddp")
    assert run.info["status"] == "FINISHED"
    steps = 3 * 15
    for rank in range(4):
        points = run.metrics[f"rank-{rank}/loss"]
        assert [step for step, _ in points] == list(range(steps))
    losses = [value for _, value in run.metrics["loss"]]
    assert len(losses) == 3 and losses[-1] < losses[0]
    assert artifact(server, done, "node_0/user_logs/std_log_process_00.txt").startswith(b"epoch 0: loss")
    assert artifact(server, done, "node_1/system_logs/supervisor.log")
