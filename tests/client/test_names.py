"""Names of metrics: odd ones, those that no frame can hold, and very many."""

from __future__ import annotations

from pathlib import Path

from tests.client.forking import Interpreter
from tests.client.scripts import left_in
from tests.faults.server import Server
from tests.faults.wire import Connection, history


def test_what_no_frame_can_hold_is_told_by_each_kind_of_call(
    python: Interpreter, server: Server, spool: Path
) -> None:
    code = """
        with mlflow.start_run() as run:
            say(run.info.run_id)
            for name in ("\\ud800", "x" * 70_000):
                for call in (
                    lambda: mlflow.log_metric(name, 1),
                    lambda: mlflow.log_metrics({name: 1, "fine": 2}),
                    lambda: mlflow.log_metric(name, 1, synchronous=False),
                    lambda: mlflow.log_metrics({name: 1, "fine": 2}, synchronous=False),
                ):
                    try:
                        call()
                    except mlflow.exceptions.MlflowException as error:
                        say(error.error_code, len(str(error)) < 200, "65535 bytes in UTF-8" in str(error))
            for number, name in enumerate((" ", "é/ü b", "a.b-c_d:e", "数字", "m" * 250)):
                mlflow.log_metric(name, number)
                mlflow.log_metric(name, number, step=1, synchronous=False)
    """
    (run_id, *said), _ = python.run(server.address.replace("http://", "runyard://"), spool, code).end()
    assert said[:8] == ["INVALID_PARAMETER_VALUE True True"] * 8
    with Connection(server.address) as connection:
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
    found = {metric["key"]: metric["value"] for metric in data["metrics"]}
    assert found == {" ": 0, "é/ü b": 1, "a.b-c_d:e": 2, "数字": 3, "m" * 250: 4}
    assert {metric["step"] for metric in data["metrics"]} == {1}


def test_a_hundred_thousand_names(python: Interpreter, server: Server, spool: Path) -> None:
    code = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        for step, names in enumerate((100_000, 1000)):
            for number in range(names):
                client.log_metric(run_id, f"m/{number}", number, step=step, synchronous=False)
    """
    (run_id, *_), _ = python.run(server.address.replace("http://", "runyard://"), spool, code).end()
    assert left_in(spool) == []
    with Connection(server.address, timeout=120) as connection:
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
        assert history(connection, run_id, "m/999") == [(0, 999), (1, 999)]
        assert history(connection, run_id, "m/77777") == [(0, 77777)]
    latest = {metric["key"]: metric["value"] for metric in data["metrics"]}
    assert latest == {f"m/{number}": number for number in range(100_000)}
