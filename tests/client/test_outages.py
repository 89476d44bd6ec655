"""A server that is away, slow, silent or refusing costs no run and loses nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.client.forking import Interpreter
from tests.client.proxy import FAULTS, Proxy
from tests.client.scripts import Script, left_in, run_script, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, history

pytestmark = pytest.mark.faults

# Short bounds, so that tests do not wait for what the defaults allow.
BOUNDS = {"RUNYARD_AWAY_TIMEOUT": "0.5", "RUNYARD_REQUEST_TIMEOUT": "1", "RUNYARD_DRAIN_TIMEOUT": "20"}

TRAIN = """
    mlflow.set_experiment("outage")
    began = time.monotonic()
    with mlflow.start_run(run_name="away") as run:
        mlflow.log_params({"a": 1, "b": 2})
        for step in range(50):
            mlflow.log_metric("sync", step, step=step)
            mlflow.log_metric("async", step, step=step, synchronous=False)
        mlflow.set_tag("t", "v")
    say(run.info.run_id)
    say("seconds", time.monotonic() - began)
"""


def check_trained(server: Server, run_id: str) -> None:
    """Everything that TRAIN logs is there, once and in order."""
    with Connection(server.address) as connection:
        run = connection.get("runs/get", run_id=run_id).json()["run"]
        for name in ("sync", "async"):
            assert history(connection, run_id, name) == [(step, step) for step in range(50)]
        experiment = connection.get("experiments/get", experiment_id=run["info"]["experiment_id"]).json()
    assert experiment["experiment"]["name"] == "outage"
    assert (run["info"]["status"], run["info"]["run_name"]) == ("FINISHED", "away")
    assert {param["key"]: param["value"] for param in run["data"]["params"]} == {"a": "1", "b": "2"}
    assert {"key": "t", "value": "v"} in run["data"]["tags"]


def warnings_in(errors: str) -> list[str]:
    return [line for line in errors.splitlines() if "can't be reached" in line]


@pytest.mark.parametrize("trouble", ["down", "black hole", "500", "429", "401", "404"])
def test_training_goes_on_and_exits_with_0_while_the_server_is_away(
    server: Server, proxy: Proxy, spool: Path, trouble: str
) -> None:
    proxy.down = trouble == "down"
    proxy.black_hole = trouble == "black hole"
    proxy.status = int(trouble) if trouble.isdigit() else None
    said, errors = run_script(f"runyard://{proxy.address}", spool, TRAIN, **BOUNDS)
    run_id = next(line for line in said if len(line) == 32)
    assert len(warnings_in(errors)) == 1, errors
    assert "runyard-sync" in errors
    proxy.down = proxy.black_hole = False
    proxy.status = None
    for _ in range(2):
        done = sync(spool)
        assert done.exit_code == 0, done.stderr
        check_trained(server, run_id)
    assert left_in(spool) == []


def test_an_outage_in_the_middle_ends_with_everything_there(
    server: Server, proxy: Proxy, spool: Path
) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        for step in range(300):
            if step in (100, 200):
                say(step)
                sys.stdin.readline()
            client.log_metric(run_id, "sync", step, step=step, synchronous=step % 50 == 0)
            client.log_metric(run_id, "async", step, step=step, synchronous=False)
        say(run_id)
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **{**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "30"})
    assert script.hear() == "100"
    server.kill()
    proxy.down = True
    script.tell()
    assert script.hear() == "200"
    server.start()
    proxy.target = server.address
    proxy.down = False
    script.tell()
    run_id = script.hear()
    _, errors = script.end()
    assert len(warnings_in(errors)) == 1, errors
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        for name in ("sync", "async"):
            assert history(connection, run_id, name) == [(step, step) for step in range(300)]


def test_a_bad_network_changes_nothing(server: Server, proxy: Proxy, spool: Path) -> None:
    proxy.every = 2
    code = """
        run_id = client.create_run("0").info.run_id
        for step in range(400):
            client.log_metric(run_id, "m", step, timestamp=1, step=0, synchronous=step % 20 == 0)
            if step % 10 == 0:
                client.log_param(run_id, f"p{step}", step, synchronous=False)
            time.sleep(0.02)
        say(run_id)
        client.set_terminated(run_id)
    """
    bounds = {**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "30"}
    (run_id, *_), _ = run_script(f"runyard://{proxy.address}", spool, code, **bounds)
    assert set(proxy.befell) == set(FAULTS)
    with Connection(server.address) as connection:
        assert [value for _, value in history(connection, run_id, "m")] == list(range(400))
        run = connection.get("runs/get", run_id=run_id).json()["run"]
    assert len(run["data"]["params"]) == 40
    assert run["info"]["status"] == "FINISHED"


def test_nothing_is_sent_when_that_is_asked_for(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://")
    said, errors = run_script(address, spool, TRAIN, RUNYARD_OFFLINE="true")
    run_id = next(line for line in said if len(line) == 32)
    with Connection(server.address) as connection:
        assert connection.get("runs/get", run_id=run_id).status == 404
    assert "runyard-sync" in errors
    assert sync(spool).exit_code == 0
    check_trained(server, run_id)


def test_runs_that_end_during_an_outage_wait_for_it_once(
    python: Interpreter, server: Server, proxy: Proxy, spool: Path
) -> None:
    code = """
        for number in range(150):
            with mlflow.start_run(run_name=str(number)):
                mlflow.log_metric("m", number, synchronous=False)
    """
    proxy.down = True
    # If each waited, they would take longer than a test may.
    bounds = {**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "3"}
    _, errors = python.run(f"runyard://{proxy.address}", spool, code, **bounds).end()
    assert len(warnings_in(errors)) == 1, errors
    proxy.down = False
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        runs = connection.post("runs/search", {"experiment_ids": ["0"], "max_results": 1000}).json()["runs"]
    found = [
        (run["info"]["run_name"], run["info"]["status"], run["data"]["metrics"][0]["value"]) for run in runs
    ]
    assert sorted(found) == sorted((str(number), "FINISHED", number) for number in range(150))


def test_a_call_takes_no_longer_while_the_server_is_silent(proxy: Proxy, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say("created")
        sys.stdin.readline()
        slowest = 0.0
        for step in range(3000):
            began = time.perf_counter()
            client.log_metric(run_id, "m", step, step=step, synchronous=False)
            slowest = max(slowest, time.perf_counter() - began)
            time.sleep(0.0005)
        say(slowest)
    """
    script = Script(f"runyard://{proxy.address}", spool, code, **BOUNDS)
    assert script.hear() == "created"
    proxy.black_hole = True
    script.tell()
    # A machine that does other things at the same time takes a turn of its scheduler.
    assert float(script.hear()) < 0.5
    script.end()


def test_the_next_process_sends_what_a_killed_one_left(server: Server, spool: Path) -> None:
    address = server.address.replace("http://", "runyard://")
    code = """
        run_id = client.create_run("0").info.run_id
        for step in range(1000):
            client.log_metric(run_id, "m", step, step=step, synchronous=False)
        say(run_id)
        time.sleep(60)
    """
    script = Script(address, spool, code, RUNYARD_OFFLINE="true")
    run_id = script.hear()
    script.kill()
    assert len(left_in(spool)) == 1
    run_script(address, spool, "client.create_run('0')\nsay('done')\ntime.sleep(1)")
    deadline = time.monotonic() + 20
    while left_in(spool):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(step, step) for step in range(1000)]
