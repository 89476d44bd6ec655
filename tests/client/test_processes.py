"""Ways in which processes begin: each keeps an order of its own, and all that they logged is there at their end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.scripts import left_in
from tests.compat.servers import plain_environment
from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, history

# A program in a file: `spawn` and `forkserver` import it in their children.
PROGRAM = """
import multiprocessing, os, signal, sys
import mlflow

def log(run_id, name):
    client = mlflow.MlflowClient()
    for step in range(200):
        client.log_metric(run_id, name, step, step=step, synchronous=step % 50 == 0)

def started(run_id, method):
    context = multiprocessing.get_context(method)
    children = [context.Process(target=log, args=(run_id, f"{method}-{number}")) for number in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        assert child.exitcode == 0, child.exitcode

def prefork(run_id, method):
    # As gunicorn: imported once, forked before the first call, ended by a signal that exits.
    workers = []
    for number in range(2):
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            log(run_id, f"{method}-{number}")
            signal.pause()
        workers.append(worker)
    for worker in workers:
        os.kill(worker, 0)
    import time
    client = mlflow.MlflowClient()
    for number in range(2):
        while len(client.get_metric_history(run_id, f"{method}-{number}")) < 151:
            time.sleep(0.05)
    for worker in workers:
        os.kill(worker, signal.SIGTERM)
        assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0

def resume(run_id, method):
    # MLFLOW_RUN_ID: the fluent calls of each rank resume the same run, and each ends it.
    rank = os.environ["RANK"]
    for step in range(200):
        mlflow.log_metric(f"{method}-{rank}", step, step=step, synchronous=step % 50 == 0)

if __name__ == "__main__":
    method, run_id = sys.argv[1:]
    {"prefork": prefork, "resume": resume}.get(method, started)(run_id, method)
"""


@pytest.fixture
def run_id(server: Server) -> str:
    with Connection(server.address) as connection:
        return create_run(connection)


def start(
    server: Server, spool: Path, folder: Path, method: str, run_id: str, **settings: str
) -> subprocess.Popen[str]:
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = plain_environment() | {
        "MLFLOW_TRACKING_URI": server.address.replace("http://", "runyard://"),
        "RUNYARD_SPOOL": str(spool),
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, str(program), method, run_id], env=environment, stderr=subprocess.PIPE, text=True
    )


def check(server: Server, run_id: str, method: str) -> None:
    with Connection(server.address) as connection:
        for number in range(2):
            points = history(connection, run_id, f"{method}-{number}")
            assert points == [(step, step) for step in range(200)], number


@pytest.mark.parametrize("method", ["spawn", "forkserver", "prefork"])
def test_children(server: Server, spool: Path, tmp_path: Path, run_id: str, method: str) -> None:
    process = start(server, spool, tmp_path, method, run_id)
    _, errors = process.communicate(timeout=200)
    assert process.returncode == 0, errors
    check(server, run_id, method)
    assert left_in(spool) == []


def test_ranks_resume_one_run(server: Server, spool: Path, tmp_path: Path, run_id: str) -> None:
    # mlflow's settings of its own queue change nothing.
    settings = {
        "MLFLOW_RUN_ID": run_id,
        "MLFLOW_ENABLE_ASYNC_LOGGING": "true",
        "MLFLOW_ASYNC_LOGGING_THREADPOOL_SIZE": "3",
        "MLFLOW_ASYNC_LOGGING_BUFFERING_SECONDS": "2",
    }
    ranks = [
        start(server, spool, tmp_path, "resume", run_id, RANK=str(rank), **settings) for rank in range(2)
    ]
    for rank in ranks:
        _, errors = rank.communicate(timeout=200)
        assert rank.returncode == 0, errors
    # What a rank logs after another one has ended the run is there, too.
    check(server, run_id, "resume")
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        info = connection.get("runs/get", run_id=run_id).json()["run"]["info"]
    assert info["status"] == "FINISHED"
    assert info["end_time"] > 0
