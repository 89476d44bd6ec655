"""However a script ends, its exit code is its own, the end takes a bounded time, and what it logged is kept."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.client.forking import Interpreter
from tests.client.proxy import Proxy
from tests.client.scripts import left_in, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, history

pytestmark = pytest.mark.faults

# What waits for longer than the second of these does not end within a test's time.
BOUNDS = {"RUNYARD_AWAY_TIMEOUT": "0.5", "RUNYARD_REQUEST_TIMEOUT": "1", "RUNYARD_DRAIN_TIMEOUT": "1000"}

BEGIN = """
    import signal, threading
    run = mlflow.start_run(run_name="ends")
    say(run.info.run_id)
    sys.stdin.readline()
    for step in range(100):
        mlflow.log_metric("m", step, step=step, synchronous=False)
"""
# By name: the end, and the exit code.
ENDS = {
    "end": ("", 0),
    "sys.exit": ("sys.exit(3)", 3),
    "exception": ("raise RuntimeError('of the script')", 1),
    "os._exit": ("os._exit(4)", 4),
    "ctrl-c": ("os.kill(os.getpid(), signal.SIGINT); time.sleep(60)", -signal.SIGINT),
    "sigterm": ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)", -signal.SIGTERM),
}
# Those that let nothing run any more.
SUDDEN = ("os._exit", "sigterm")


@pytest.mark.parametrize("away", [False, True], ids=["there", "away"])
@pytest.mark.parametrize("how", ENDS)
def test_a_script_ends(
    python: Interpreter, server: Server, proxy: Proxy, spool: Path, how: str, away: bool
) -> None:
    code, exit_code = ENDS[how]
    script = python.run(f"runyard://{proxy.address}", spool, f"{BEGIN}\n    {code}\n", **BOUNDS)
    run_id = script.hear()
    proxy.down = away
    script.tell()
    _, errors = script.end(exit_code)
    told = "runyard-sync" in errors
    assert told == (away and how not in SUDDEN), errors
    assert ("of the script" in errors) == (how == "exception")
    assert bool(left_in(spool)) == (away or how in SUDDEN)
    proxy.down = False
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(step, step) for step in range(100)]
        status = connection.get("runs/get", run_id=run_id).json()["run"]["info"]["status"]
    # mlflow ends the run at the interpreter's exit, if there is one.
    assert (status == "RUNNING") == (how in SUDDEN), status


def test_ctrl_c_while_the_end_waits(python: Interpreter, server: Server, proxy: Proxy, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        sys.stdin.readline()
        client.log_metric(run_id, "m", 1, synchronous=False)
        import atexit
        atexit.register(say, "ending")
    """
    bounds = {**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "1000"}
    script = python.run(f"runyard://{proxy.address}", spool, code, **bounds)
    run_id = script.hear()
    proxy.down = True
    script.tell()
    assert script.hear() == "ending"
    script.interrupt_until_it_ends()
    _, errors = script.end()
    assert "runyard-sync" in errors
    assert "Traceback" not in errors
    proxy.down = False
    assert sync(spool).exit_code == 0
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(0, 1)]


def test_a_signals_handler_that_raises_costs_one_call_at_most(
    python: Interpreter, server: Server, spool: Path
) -> None:
    code = """
        import signal
        run_id = client.create_run("0").info.run_id
        say(run_id)

        def late(*_):
            raise KeyboardInterrupt

        signal.signal(signal.SIGALRM, late)
        returned = interrupted = number = 0
        while interrupted < 60:
            # At a moment that the machine's load decides.
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.0005)
                while True:
                    number += 1
                    client.log_metric(run_id, "m", number, timestamp=1, step=0, synchronous=number % 100 == 0)
                    returned += 1
            except KeyboardInterrupt:
                interrupted += 1
        say(number, returned)
    """
    said, _ = python.run(server.address.replace("http://", "runyard://"), spool, code).end()
    run_id, counts = said[:2]
    number, returned = map(int, counts.split())
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        values = [value for _, value in history(connection, run_id, "m")]
    assert values == sorted(set(values))
    # An interrupted call may have been written.
    assert returned <= len(values) <= number
    assert number - len(values) <= 60


def test_exceptions_in_threads_end_those_threads_alone(
    python: Interpreter, server: Server, spool: Path
) -> None:
    code = """
        import threading
        run_id = client.create_run("0").info.run_id
        say(run_id)

        def log(name, fails):
            for step in range(300):
                client.log_metric(run_id, name, step, step=step, synchronous=step % 10 == 0)
                if fails and step == 99:
                    raise RuntimeError("of the thread")

        threads = [threading.Thread(target=log, args=(f"thread-{number}", number % 2)) for number in range(16)]
        # Not waited for when the script's own code is over, as a loader's thread.
        threads.append(threading.Thread(target=log, args=("daemon", False), daemon=True))
        for each in threads:
            each.start()
        for each in threads[:-1]:
            each.join()
    """
    (run_id, *_), errors = python.run(server.address.replace("http://", "runyard://"), spool, code).end()
    assert errors.count("RuntimeError: of the thread") == 8
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        for number in range(16):
            length = 100 if number % 2 else 300
            assert history(connection, run_id, f"thread-{number}") == [(step, step) for step in range(length)]
        daemon = history(connection, run_id, "daemon")
    assert daemon == [(step, step) for step in range(len(daemon))]


def test_python_with_warnings_as_errors(python: Interpreter, server: Server, spool: Path) -> None:
    code = """
        import gc, warnings
        warnings.simplefilter("error")
        with mlflow.start_run() as run:
            say(run.info.run_id)
            mlflow.log_metric("m", 1)
            mlflow.log_metric("m", 2, synchronous=False)
            mlflow.flush_async_logging()
        gc.collect()
    """
    (run_id, *_), errors = python.run(server.address.replace("http://", "runyard://"), spool, code).end()
    assert errors == ""
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(0, 1), (0, 2)]


def test_a_clock_that_goes_backwards(python: Interpreter, server: Server, proxy: Proxy, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        sys.stdin.readline()
        now = time.time
        for number in range(200):
            # An hour for each call, and times before that of the server's last answer.
            time.time = lambda number=number: now() - 3600 * number
            client.log_metric(run_id, "m", number, step=number, synchronous=False)
            client.log_metric(run_id, "given", number, timestamp=5, step=number, synchronous=number % 50 == 0)
        say("logged")
        sys.stdin.readline()
    """
    script = python.run(f"runyard://{proxy.address}", spool, code, **{**BOUNDS, "RUNYARD_AWAY_TIMEOUT": "60"})
    run_id = script.hear()
    proxy.down = True
    script.tell()
    assert script.hear() == "logged"
    proxy.down = False
    script.tell()
    script.end()
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        # The history is ordered by time, as MLflow's is.
        assert history(connection, run_id, "m") == [(step, step) for step in reversed(range(200))]
        assert history(connection, run_id, "given") == [(step, step) for step in range(200)]
