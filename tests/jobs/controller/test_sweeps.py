"""Sweeps for real: trials are jobs of a server, and log their metric to it."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from runyard.job_entities import JobInfo
from runyard.jobs.client import Client
from runyard.jobs.controller.answers import History, Point, RunAnswer
from runyard.jobs.entities import Command, Distributed, EarlyTermination, Objective, Sampling, SweepJob
from runyard.jobs.link import Link
from runyard.jobs.supervisor.order import STOP, Stop, read_status, write
from tests.faults.server import Server
from tests.jobs.running.jobs import LONG, artifact, get, is_in, node_folder, until

# Logs each of its arguments as a value of `loss`; waits for a server that is away.
LOG = """
import json, os, sys, time, urllib.request

def post(body):
    address = os.environ["MLFLOW_TRACKING_URI"].replace("runyard://", "http://") + "/api/2.0/mlflow/runs/log-metric"
    request = urllib.request.Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
    while True:
        try:
            return urllib.request.urlopen(request).read()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)

for step, value in enumerate(sys.argv[2:]):
    run = os.environ["MLFLOW_RUN_ID"]
    post({"run_id": run, "key": "loss", "value": float(value), "timestamp": step, "step": step})
    time.sleep(float(sys.argv[1]))
"""


def sweep(values: str, pause: float = 0.0, **more: Any) -> SweepJob:
    more.setdefault("sampling_algorithm", Sampling(type="random", seed=1))
    more.setdefault("search_space", {"x": Distributed(type="uniform", min_value=0, max_value=1)})
    return SweepJob(
        trial=Command(command=f"python - {pause} {values} <<'END'\n{LOG}\nEND"),
        objective=Objective(primary_metric="loss", goal=more.pop("goal", "minimize")),
        experiment_name="sweeps",
        **more,
    )


def trials(server: Server, name: str) -> dict[int, JobInfo]:
    found = Client(server.address).listed(parent=name, most=1000)
    return {int(job.name.removeprefix(f"{name}_")): job for job in found}


def values_of(server: Server, name: str, metric: str) -> dict[int, float]:
    query: dict[str, str | int | list[str]] = {"run_id": name, "metric_key": metric}
    points = Link(server.address).get("/api/2.0/mlflow/metrics/get-history", History, query).metrics
    assert all(isinstance(point, Point) for point in points)
    assert len({point.step for point in points}) == len(points)
    return {point.step: float(point.value) for point in points}


def data(server: Server, name: str) -> tuple[dict[str, str], dict[str, str]]:
    found = Link(server.address).get("/api/2.0/mlflow/runs/get", RunAnswer, {"run_id": name}).run.data
    return {each.key: each.value for each in found.params}, {each.key: each.value for each in found.tags}


def test_twenty_trials_and_the_best_of_them(server: Server) -> None:
    job = sweep("9 ${{search_space.x}}", max_total_trials=20, max_concurrent_trials=4)
    name = Client(server.address).submit(job).name
    most = 0
    while not get(server, name).is_final:
        most = max(most, sum(not each.is_final for each in trials(server, name).values()))
    done = get(server, name)
    assert (done.state, done.message) == ("Completed", "")
    found = trials(server, name)
    assert sorted(found) == list(range(20))
    assert 1 < most <= 4
    values = values_of(server, name, "loss")
    assert sorted(values) == list(range(20))
    best = min(values, key=lambda number: values[number])
    _, tags = data(server, name)
    assert tags["runyard.best_trial"] == f"{name}_{best}"
    assert float(tags["runyard.best_value"]) == values[best]
    params, _ = data(server, f"{name}_{best}")
    assert float(params["x"]) == values[best]
    assert values_of(server, name, "best_loss")[19] <= values[0]
    assert b"The best of 20 trials is" in artifact(server, done, "system_logs/controller.log")


def test_a_sweep_whose_trials_fail(server: Server) -> None:
    job = sweep("1", max_total_trials=2)
    job.trial.command = "exit 1"
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    assert (done.state, done.reason) == ("Failed", "trials")
    assert done.message == "None of 2 trials completed with the metric 'loss'."


def test_bad_trials_are_stopped_early(server: Server) -> None:
    space = {"x": Distributed(type="choice", values=[1, 100])}
    rule = EarlyTermination(type="bandit", slack_amount=10, delay_evaluation=3)
    values = " ".join(["${{search_space.x}}"] * 8)
    job = sweep(
        values,
        pause=0.3,
        sampling_algorithm=Sampling(type="grid"),
        search_space=space,
        early_termination=rule,
    )
    name = Client(server.address).submit(job).name
    done = Client(server.address).wait(name, LONG)
    found = trials(server, name)
    assert done.state == "Completed"
    assert [found[0].state, found[1].state] == ["Completed", "Canceled"]
    assert found[1].message.startswith("Stopped early at interval ")
    assert "by bandit: its best value, 100, is beyond 11; the best has 1." in found[1].message
    _, tags = data(server, f"{name}_1")
    assert tags["runyard.stopped_early"].startswith("bandit: its best value, 100, is beyond 11;")


@pytest.mark.faults
def test_a_controller_and_a_server_that_are_killed(own_server: Server) -> None:
    server = own_server
    job = sweep("${{search_space.x}}", pause=0.1, max_total_trials=10, max_concurrent_trials=2)
    job.sampling_algorithm = Sampling(type="bayesian", seed=1)
    name = Client(server.address).submit(job).name
    for count in (2, 5):
        until(lambda: sum(each.is_final for each in trials(server, name).values()) >= count)  # noqa: B023
        status = read_status(node_folder(server, name))
        assert status is not None
        os.kill(status.pid, signal.SIGKILL)
    until(lambda: sum(each.is_final for each in trials(server, name).values()) >= 7)
    server.kill()
    server.start()
    done = Client(server.address).wait(name, LONG)
    assert (done.state, done.message) == ("Completed", "")
    found = trials(server, name)
    assert sorted(found) == list(range(10))
    assert {each.state for each in found.values()} == {"Completed"}
    xs = [data(server, each.name)[0]["x"] for each in found.values()]
    assert len(set(xs)) == 10
    assert sorted(values_of(server, name, "loss")) == list(range(10))


def test_cancel_ends_the_trials_first(server: Server) -> None:
    job = sweep("1 2 3", pause=60, max_total_trials=2)
    name = Client(server.address).submit(job).name
    until(lambda: len(trials(server, name)) == 2)
    for trial in trials(server, name).values():
        until(lambda: is_in(server, trial.name, "Running"))  # noqa: B023
    Client(server.address).cancel(name)
    done = Client(server.address).wait(name, LONG)
    assert (done.state, done.reason) == ("Canceled", "canceled")
    assert {each.state for each in trials(server, name).values()} == {"Canceled"}


def test_a_sweep_has_a_limit_of_time(server: Server) -> None:
    job = sweep("1 2", pause=60, max_total_trials=2, timeout=1.0)
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    message = "The sweep ran for longer than its limit of 1 seconds."
    assert (done.state, done.reason) == ("Canceled", "timeout")
    assert done.message == f"{message} No trial had completed."
    assert {(each.state, each.message) for each in trials(server, done.name).values()} == {
        ("Canceled", message)
    }


def test_what_has_completed_in_time_counts(server: Server) -> None:
    job = sweep("1", pause=0, max_total_trials=2, timeout=2.0)
    job.sampling_algorithm = Sampling(type="grid")
    job.search_space = {"seconds": Distributed(type="choice", values=[0, 60])}
    job.trial.command += "\nsleep ${{search_space.seconds}}"
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    assert (done.state, done.message) == ("Completed", "")
    _, tags = data(server, done.name)
    assert tags["runyard.best_trial"] == f"{done.name}_0"
    # What they were given is known of all of them.
    assert [data(server, f"{done.name}_{number}")[0]["seconds"] for number in (0, 1)] == ["0", "60"]


def test_a_choice_brings_values_of_its_own(server: Server) -> None:
    inner = {"type": "choice", "values": [2, 4]}
    space = {"model": Distributed(type="choice", values=[{"name": "net", "layers": inner}, {"name": "tree"}])}
    job = sweep("${{search_space.layers}}", sampling_algorithm=Sampling(type="grid"), search_space=space)
    job.trial.command += "\necho ${{search_space.name}}, layers=${{search_space.layers}}"
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    assert values_of(server, done.name, "loss") == {0: 2.0, 1: 4.0}
    params, _ = data(server, f"{done.name}_1")
    assert params == {"model": '{"name": "net", "layers": 4}', "name": "net", "layers": "4"}
    log = artifact(server, get(server, f"{done.name}_2"), "user_logs/std_log.txt")
    assert log == b"tree, layers=\n"


def test_a_sweep_that_no_sampler_takes(server: Server) -> None:
    job = sweep("1", sampling_algorithm=Sampling(type="grid"))
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    assert (done.state, done.reason) == ("Failed", "sweep")
    assert done.message == "search_space.x: a grid takes choice alone, and this is uniform."


def test_a_trial_in_the_trash_is_waited_for(server: Server) -> None:
    job = sweep("1", pause=1.0, max_total_trials=1)
    name = Client(server.address).submit(job).name
    until(lambda: trials(server, name))
    until(lambda: values_of(server, f"{name}_0", "loss"))
    Link(server.address).post("/api/2.0/mlflow/runs/delete", {"run_id": f"{name}_0"}, dict)
    done = Client(server.address).wait(name, LONG)
    assert (done.state, done.message) == ("Completed", "")


@pytest.mark.faults
def test_a_cancellation_while_the_server_is_away(own_server: Server) -> None:
    server = own_server
    job = sweep("", max_total_trials=1)
    job.trial.command = "sleep 60"
    name = Client(server.address).submit(job).name
    until(lambda: trials(server, name))
    until(lambda: is_in(server, f"{name}_0", "Running"))
    folder = node_folder(server, name)
    server.kill()
    status = read_status(folder)
    assert status is not None
    write(folder / STOP, Stop("canceled", "Canceled on request."))
    for state in ("Running", "Finalizing"):
        # A runner asks again and again.
        until(lambda: read_status(folder).node.state == state)  # type: ignore[union-attr]  # noqa: B023
        os.kill(status.pid, signal.SIGTERM)
    server.start()
    done = Client(server.address).wait(name, LONG)
    assert (done.state, done.message) == ("Canceled", "Canceled on request.")
    trial = get(server, f"{name}_0")
    assert (trial.state, trial.message) == ("Canceled", f"Canceled with '{name}', which began it.")
    assert done.nodes[0].pid == status.pid
