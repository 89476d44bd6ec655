"""What a script logs through `runyard://` reads back as it was logged."""

from __future__ import annotations

import math
from pathlib import Path

from tests.client.proxy import Proxy
from tests.client.scripts import left_in, run_script, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, history


def address_of(server: Server) -> str:
    return server.address.replace("http://", "runyard://")


def test_every_kind_of_call_reads_back_and_leaves_no_spool(server: Server, spool: Path) -> None:
    code = """
        mlflow.set_experiment("plugin")
        with mlflow.start_run(run_name="first") as run:
            for synchronous in (True, False):
                kind = "sync" if synchronous else "async"
                mlflow.log_metric(f"{kind}/one", 0.5, step=3, synchronous=synchronous)
                mlflow.log_metrics({f"{kind}/a": 1, f"{kind}/b": 2}, step=4, synchronous=synchronous)
                mlflow.log_param(f"{kind}/p", "v", synchronous=synchronous)
                mlflow.log_params({f"{kind}/q": 1, f"{kind}/r": None}, synchronous=synchronous)
                mlflow.set_tag(f"{kind}/t", "w", synchronous=synchronous)
                mlflow.set_tags({f"{kind}/u": 1}, synchronous=synchronous)
                client.log_batch(
                    run.info.run_id,
                    metrics=[Metric(f"{kind}/batch", float(i), 7, i) for i in range(2500)],
                    params=[Param(f"{kind}/s", "x")],
                    tags=[RunTag(f"{kind}/v", "y")],
                    synchronous=synchronous,
                )
            mlflow.set_tag("gone", "x")
            mlflow.delete_tag("gone")
            mlflow.log_text("text", "notes/a.txt")
        run = mlflow.get_run(run.info.run_id)
        say(run.info.status, run.info.run_name, mlflow.get_experiment(run.info.experiment_id).name)
        say(mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a.txt"))
        say(run.data.metrics)
        say(run.data.params)
        say({key: value for key, value in run.data.tags.items() if not key.startswith(("mlflow.", "runyard."))})
        for kind in ("sync", "async"):
            found = client.get_metric_history(run.info.run_id, f"{kind}/batch")
            say([point.step for point in found] == list(range(2500)))
        say(len(mlflow.search_runs(filter_string="params.`sync/p` = 'v'", experiment_names=["plugin"])))
    """
    said, _ = run_script(address_of(server), spool, code)
    found = [line for line in said if not line.startswith(("🏃", "🧪"))]
    kinds = ("sync", "async")
    metrics = {
        f"{kind}/{name}": value
        for kind in kinds
        for name, value in (("one", 0.5), ("a", 1.0), ("b", 2.0), ("batch", 2499.0))
    }
    params = {
        f"{kind}/{name}": value
        for kind in kinds
        for name, value in (("p", "v"), ("q", "1"), ("r", "None"), ("s", "x"))
    }
    tags = {f"{kind}/{name}": value for kind in kinds for name, value in (("t", "w"), ("u", "1"), ("v", "y"))}
    assert found[:2] == ["FINISHED first plugin", "text"]
    assert [eval(line) for line in found[2:5]] == [metrics, params, tags]
    assert found[5:] == ["True", "True", "1"]
    assert left_in(spool) == []


def test_what_breaks_a_rule_is_told_as_the_stock_client_tells_it(server: Server, spool: Path) -> None:
    code = """
        def told(call):
            try:
                call()
            except mlflow.exceptions.MlflowException as error:
                say(error.error_code, "|", str(error).splitlines()[0])

        with mlflow.start_run() as run:
            mlflow.log_param("p", 1)
            told(lambda: mlflow.log_param("p", 2))
            told(lambda: client.log_param(run.info.run_id, "p", 3, synchronous=False).wait())
            told(lambda: client.log_metric("no-such-run", "m", 1))
            told(lambda: client.log_metric("no-such-run", "m", 1, synchronous=False).wait())
            told(lambda: mlflow.log_metric("m", "no number"))
            told(lambda: mlflow.log_metric("m", 1, step=2**70))
            told(lambda: mlflow.log_metric("a//b", 1))
            told(lambda: client.get_run("no-such-run"))
            mlflow.log_metric("m", 1)
    """
    said, errors = run_script(address_of(server), spool, code)
    found = [line for line in said if "|" in line]
    codes = [line.split(" | ")[0] for line in found]
    assert codes == [
        *("INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE"),
        *("RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST"),
        *("INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE", "INVALID_PARAMETER_VALUE"),
        "RESOURCE_DOES_NOT_EXIST",
    ]
    assert "Changing param values is not allowed" in found[0]
    # An exception tells it; a warning besides would tell it twice.
    assert "Changing param" not in errors


def test_points_of_one_moment_keep_their_number_order_and_bits(server: Server, spool: Path) -> None:
    code = """
        run = client.create_run("0")
        for value in [1.0, 1.0, float("nan"), float("inf"), float("-inf"), 5e-324, 2.0, 1.0]:
            client.log_metric(run.info.run_id, "m", value, timestamp=5, step=0, synchronous=False)
        for number in range(500, 0, -1):
            client.log_metric(run.info.run_id, "down", number, timestamp=5, synchronous=False)
        client.log_batch(run.info.run_id, [Metric("down", 0.0, 5, 0)] * 3, synchronous=False).wait()
        say(run.info.run_id)
        say(client.get_run(run.info.run_id).data.metrics["down"])
    """
    (run_id, latest), _ = run_script(address_of(server), spool, code)
    with Connection(server.address) as connection:
        points = [float(value) for _, value in history(connection, run_id, "m")]
        down = [value for _, value in history(connection, run_id, "down")]
    assert math.isnan(points.pop(2))
    assert points == [1.0, 1.0, math.inf, -math.inf, 5e-324, 2.0, 1.0]
    assert down == [float(number) for number in range(500, 0, -1)] + [0.0] * 3
    assert latest == "0.0"


def test_threads_forks_and_processes_each_keep_their_order(server: Server, spool: Path) -> None:
    code = """
        import multiprocessing, threading
        run_id = client.create_run("0").info.run_id

        def log(name):
            for number in range(1000):
                client.log_metric(run_id, name, number, timestamp=1, step=0, synchronous=False)

        threads = [threading.Thread(target=log, args=(f"thread-{index}",)) for index in range(4)]
        for thread in threads:
            thread.start()
        # Forked while the threads log.
        forked = multiprocessing.get_context("fork").Process(target=log, args=("forked",))
        forked.start()
        child = os.fork()
        if child == 0:
            log("left")
            os._exit(0)
        for each in (*threads, forked):
            each.join()
        os.waitpid(child, 0)
        client.log_metric(run_id, "parent", 1)
        say(run_id)
    """
    (run_id,), _ = run_script(address_of(server), spool, code)
    # `os._exit` skips everything, and leaves what was logged in the spool.
    assert len(left_in(spool)) == 1
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    with Connection(server.address) as connection:
        for name in (*(f"thread-{index}" for index in range(4)), "forked", "left"):
            assert [value for _, value in history(connection, run_id, name)] == list(range(1000)), name


def test_ten_processes_log_into_one_run(server: Server, spool: Path) -> None:
    (run_id,), _ = run_script(address_of(server), spool, "say(client.create_run('0').info.run_id)")
    code = """
        import multiprocessing

        def rank(number):
            for step in range(300):
                client.log_metric(run_id, f"rank-{number}", step, step=step, synchronous=False)
                client.log_metric(run_id, "shared", number, step=step, synchronous=False)
            client.log_param(run_id, f"rank-{number}", number, synchronous=False)

        run_id = os.environ["RUN"]
        ranks = [multiprocessing.get_context("fork").Process(target=rank, args=(number,)) for number in range(10)]
        for each in ranks:
            each.start()
        for each in ranks:
            each.join()
            say(each.exitcode)
    """
    said, _ = run_script(address_of(server), spool, code, RUN=run_id)
    assert said == ["0"] * 10
    with Connection(server.address) as connection:
        for number in range(10):
            assert history(connection, run_id, f"rank-{number}") == [(step, step) for step in range(300)]
        shared = history(connection, run_id, "shared")
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
    assert sorted(shared) == sorted((step, number) for step in range(300) for number in range(10))
    assert len(data["params"]) == 10


def test_the_stock_address_carries_an_idempotency_key(server: Server, proxy: Proxy, spool: Path) -> None:
    proxy.faults, proxy.every = ("twice",), 1
    code = """
        run_id = client.create_run("0").info.run_id
        for number in range(20):
            client.log_metric(run_id, "m", 1.0, timestamp=5, step=0)
        say(run_id)
    """
    (run_id,), _ = run_script(f"http://{proxy.address}", spool, code)
    with Connection(server.address) as connection:
        assert history(connection, run_id, "m") == [(0, 1.0)] * 20
