"""Cells of a notebook: run again, interrupted, and left with their kernel."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from tests.client.scripts import Script, left_in, run_script
from tests.faults.server import Server
from tests.faults.wire import Connection, history

# A real shell; the plugin's store is made in a cell, as in a notebook.
SHELL = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import mlflow, os; mlflow.set_tracking_uri(os.environ['ADDRESS'])")
"""


def test_a_cell_that_runs_again_is_told_what_to_do(server: Server, spool: Path) -> None:
    code = """
        shell.run_cell("run = mlflow.start_run(); mlflow.log_metric('m', 1); print(run.info.run_id)")
        shell.run_cell("mlflow.set_experiment('another')")
        for _ in range(2):
            say("REPEATED")
            shell.run_cell("mlflow.start_run()")
        say("OTHER")
        shell.run_cell("1 / 0")
        shell.run_cell("mlflow.end_run()")
        shell.run_cell("with mlflow.start_run(): print('started')")
    """
    said, _ = run_script(
        server.address, spool, SHELL + _lines(code), ADDRESS=server.address.replace("http", "runyard")
    )
    text = "\n".join(said)
    run_id = next(line for line in said if len(line) == 32)
    _, first, second = text.split("REPEATED\n")
    second, other = second.split("OTHER\n")
    for told in (first, second):
        assert told.count(f"Run {run_id} is still active") == 1
        for way in ("mlflow.end_run()", "with mlflow.start_run():", "nested=True"):
            assert way in told
    assert "still active" not in other
    assert "started" in other


def test_interrupted_calls_leave_a_sound_spool(server: Server, spool: Path) -> None:
    code = """
        import random, signal
        chance = random.Random(5)
        shell.run_cell("run_id = mlflow.MlflowClient().create_run('0').info.run_id; returned = []")

        def interrupt(*_):
            raise KeyboardInterrupt

        signal.signal(signal.SIGALRM, interrupt)
        # At any place of a call: now and then, one that waits for the server.
        shell.run_cell('''
        def log(cell):
            client = mlflow.MlflowClient()
            number = 0
            while True:
                value = cell * 1_000_000 + number
                number += 1
                client.log_metric(run_id, "m", value, timestamp=5, step=0, synchronous=number % 40 == 0)
                returned.append(value)
        ''')
        for cell in range(150):
            signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.001, 0.02))
            try:
                shell.user_ns["log"](cell)
            except KeyboardInterrupt:
                pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        shell.run_cell("mlflow.flush_async_logging()")
        say("run", shell.user_ns["run_id"])
        say("returned", *shell.user_ns["returned"])
    """
    said, _ = run_script(
        server.address, spool, SHELL + _lines(code), ADDRESS=server.address.replace("http", "runyard")
    )
    words = {line.split()[0]: line.split()[1:] for line in said if line.startswith(("run ", "returned "))}
    (run_id,), returned = words["run"], [int(value) for value in words["returned"]]
    assert len(returned) > 1000
    with Connection(server.address) as connection:
        arrived = [int(value) for _, value in history(connection, run_id, "m")]
    # In order and once; besides what returned, at most the call that was interrupted.
    assert arrived == sorted(set(arrived))
    assert set(returned) <= set(arrived)
    extra = sorted(set(arrived) - set(returned))
    assert all(len(list(each)) == 1 for _, each in groupby(extra, lambda value: value // 1_000_000))
    assert left_in(spool) == []


@pytest.mark.faults
def test_a_kernel_that_starts_again_sends_what_was_left(server: Server, spool: Path) -> None:
    address = server.address.replace("http", "runyard")
    code = """
        shell.run_cell("run = mlflow.start_run()")
        shell.run_cell("for step in range(100): mlflow.log_metric('m', step, step=step, synchronous=False)")
        say("run", shell.user_ns["run"].info.run_id)
        time.sleep(60)
    """
    script = Script(server.address, spool, SHELL + _lines(code), ADDRESS=address, RUNYARD_OFFLINE="true")
    run_id = script.hear().split()[1]
    script.kill()
    code = """
        shell.run_cell("mlflow.MlflowClient().create_run('0')")
        deadline = time.monotonic() + 60
        while len(os.listdir(os.environ["TARGET"])) > 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    """
    (target,) = spool.iterdir()
    run_script(server.address, spool, SHELL + _lines(code), ADDRESS=address, TARGET=str(target))
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(step, step) for step in range(100)]


def _lines(code: str) -> str:
    """A script without its indentation."""
    return "\n".join(line[8:] for line in code.splitlines())
