"""Faults with each mlflow version, logging through the plugin: what was logged is there, once and in order.

The scripts are forks of one process per version. What fails here and not in `tests/client` is a matter of the version.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.forking import Interpreter
from tests.client.proxy import FAULTS, Proxy
from tests.client.scripts import left_in, sync
from tests.client.test_outages import BOUNDS, TRAIN, check_trained, warnings_in
from tests.compat.environments import WITH_PLUGIN, Environment, interpreter, plugin_folder
from tests.faults.server import Server
from tests.faults.wire import Connection, history

pytestmark = [pytest.mark.compat, pytest.mark.timeout(900)]

PATIENT = {**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "30"}


@pytest.fixture(scope="module", params=WITH_PLUGIN, ids=lambda environment: environment.name)
def mlflow(request: pytest.FixtureRequest) -> Iterator[Interpreter]:
    environment: Environment = request.param
    with Interpreter(str(interpreter(environment)), str(plugin_folder())) as started:
        yield started


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    with Proxy(server.address) as started:
        yield started


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.mark.parametrize("trouble", ["down", "black hole", "503"])
def test_the_server_is_away_all_the_time(
    mlflow: Interpreter, server: Server, proxy: Proxy, spool: Path, trouble: str
) -> None:
    proxy.down, proxy.black_hole = trouble == "down", trouble == "black hole"
    proxy.status = int(trouble) if trouble.isdigit() else None
    said, errors = mlflow.run(f"runyard://{proxy.address}", spool, TRAIN, **BOUNDS).end()
    assert len(warnings_in(errors)) == 1, errors
    assert "runyard-sync" in errors
    proxy.down = proxy.black_hole = False
    proxy.status = None
    done = sync(spool)
    assert done.exit_code == 0, done.stderr
    check_trained(server, next(line for line in said if len(line) == 32))
    assert left_in(spool) == []


STEPS = """
    run_id = client.create_run("0").info.run_id
    say(run_id)
    for step in range(300):
        if step in (100, 200):
            say(step)
            sys.stdin.readline()
        client.log_metric(run_id, "sync", step, step=step, synchronous=step % 50 == 0)
        client.log_metric(run_id, "async", step, step=step, synchronous=False)
    client.set_terminated(run_id)
"""


def check_steps(server: Server, run_id: str) -> None:
    """Everything that STEPS logs is there."""
    with Connection(server.address) as connection:
        for name in ("sync", "async"):
            assert history(connection, run_id, name) == [(step, step) for step in range(300)]
        run = connection.get("runs/get", run_id=run_id).json()["run"]
    assert run["info"]["status"] == "FINISHED"


def test_the_server_is_away_in_the_middle(
    mlflow: Interpreter, server: Server, proxy: Proxy, spool: Path
) -> None:
    script = mlflow.run(f"runyard://{proxy.address}", spool, STEPS, **PATIENT)
    run_id = script.hear()
    assert script.hear() == "100"
    server.kill()
    proxy.down = True
    script.tell()
    assert script.hear() == "200"
    server.start()
    proxy.target = server.address
    proxy.down = False
    script.tell()
    _, errors = script.end()
    assert len(warnings_in(errors)) == 1, errors
    assert left_in(spool) == []
    check_steps(server, run_id)


def test_the_server_is_away_at_the_end(
    mlflow: Interpreter, server: Server, proxy: Proxy, spool: Path
) -> None:
    script = mlflow.run(f"runyard://{proxy.address}", spool, STEPS, **BOUNDS)
    run_id = script.hear()
    assert script.hear() == "100"
    script.tell()
    assert script.hear() == "200"
    proxy.down = True
    script.tell()
    _, errors = script.end()
    assert len(warnings_in(errors)) == 1, errors
    proxy.down = False
    for _ in range(2):
        assert sync(spool).exit_code == 0
        check_steps(server, run_id)
    assert left_in(spool) == []


def test_the_network_cuts_delays_doubles_and_reorders(
    mlflow: Interpreter, server: Server, proxy: Proxy, spool: Path
) -> None:
    proxy.every = 2
    code = """
        import threading
        run_id = client.create_run("0").info.run_id
        say(run_id)

        def rank(number):
            for step in range(150):
                client.log_metric(run_id, f"m{number}", step, timestamp=1, step=0, synchronous=step % 10 == 0)
                if step % 10 == 0:
                    client.log_param(run_id, f"p{number}/{step}", step, synchronous=False)
                time.sleep(0.01)

        # Another process, so that there are requests of another connection.
        child = os.fork()
        rank(1 if child else 0)
        if child:
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    script = mlflow.run(f"runyard://{proxy.address}", spool, code, **PATIENT)
    run_id = script.hear()
    script.end()
    proxy.settle()
    assert set(proxy.befell) == set(FAULTS)
    assert proxy.reordered > 2
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        for number in range(2):
            values = [value for _, value in history(connection, run_id, f"m{number}")]
            assert values == list(range(150)), number
        run = connection.get("runs/get", run_id=run_id).json()["run"]
    assert len(run["data"]["params"]) == 2 * 15


def test_it_is_killed(mlflow: Interpreter, server: Server, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        for number in range(10**6):
            client.log_metric(run_id, "m", number, timestamp=1, step=0, synchronous=number % 50 == 49)
            say(number)
    """
    address = server.address.replace("http://", "runyard://")
    for last in (7, 120):
        script = mlflow.run(address, spool, code)
        run_id = script.hear()
        while int(script.hear()) < last:
            pass
        said = script.kill()
        returned = last + 1 + len([line for line in said if line.isdigit()])
        assert sync(spool).exit_code == 0
        with Connection(server.address) as connection:
            values = [value for _, value in history(connection, run_id, "m")]
        assert values == list(range(len(values)))
        # The call under way, and one whose line was not written whole.
        assert returned <= len(values) <= returned + 2
    assert left_in(spool) == []


def test_ten_processes_log_into_one_run(mlflow: Interpreter, server: Server, spool: Path) -> None:
    code = """
        import multiprocessing

        def rank(number):
            for step in range(200):
                client.log_metric(run_id, f"rank-{number}", step, step=step, synchronous=False)
                client.log_metric(run_id, "shared", number, step=step, synchronous=False)
            client.log_param(run_id, f"rank-{number}", number)

        run_id = client.create_run("0").info.run_id
        say(run_id)
        ranks = [multiprocessing.get_context("fork").Process(target=rank, args=(each,)) for each in range(10)]
        for each in ranks:
            each.start()
        for each in ranks:
            each.join()
            say(each.exitcode)
    """
    (run_id, *codes), _ = mlflow.run(server.address.replace("http://", "runyard://"), spool, code).end()
    assert codes == ["0"] * 10
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        for number in range(10):
            assert history(connection, run_id, f"rank-{number}") == [(step, step) for step in range(200)]
        shared = history(connection, run_id, "shared")
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
    assert sorted(shared) == sorted((step, number) for step in range(200) for number in range(10))
    assert len(data["params"]) == 10
