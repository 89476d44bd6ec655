"""What a script logs into a folder, with no server, is there for every reader: other scripts, and servers."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from runyard_mlflow.spool.producer import OWNER, Producer

from tests.client.scripts import Script, run_script, sync
from tests.client.test_kill import KILL
from tests.client.test_sync import points
from tests.faults.server import PROGRAM, Server, check
from tests.faults.wire import Connection, history
from tests.http.test_live import Stream


def left_in(folder: Path) -> list[Path]:
    """The segments in the spool of a workspace folder."""
    try:
        return sorted(folder.glob("spool/*/*/*.spool"))
    except FileNotFoundError:  # a folder was removed meanwhile
        return left_in(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my runs"


def test_every_kind_of_call_reads_back_and_a_server_shows_the_same(folder: Path) -> None:
    code = """
        os.chdir(os.environ["PLACE"])
        mlflow.set_tracking_uri("runyard:./my runs")
        client = mlflow.MlflowClient()
        mlflow.set_experiment("local")
        with mlflow.start_run(run_name="first") as run:
            for synchronous in (True, False):
                kind = "sync" if synchronous else "async"
                mlflow.log_metrics({f"{kind}/a": 1, f"{kind}/b": 2}, step=4, synchronous=synchronous)
                mlflow.log_param(f"{kind}/p", "v", synchronous=synchronous)
                mlflow.set_tag(f"{kind}/t", "w", synchronous=synchronous)
                client.log_batch(
                    run.info.run_id,
                    metrics=[Metric(f"{kind}/batch", float(i), 7, i) for i in range(2500)],
                    synchronous=synchronous,
                )
            os.chdir("/")
            mlflow.log_text("text", "notes/a.txt")
            mlflow.log_metric("later", 1.0)
        client.create_registered_model("iris")
        source = run.info.artifact_uri + "/notes"
        version = client.create_model_version("iris", source, run.info.run_id)
        client.set_registered_model_alias("iris", "best", version.version)
        found = client.get_model_version_by_alias("iris", "best")
        say(run.info.run_id)
        say(found.source == source, found.run_id == run.info.run_id)
        say(mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a.txt"))
        say([each.path for each in client.list_artifacts(run.info.run_id, "notes")])
        say(len(client.get_metric_history(run.info.run_id, "async/batch")))
        say(len(mlflow.search_runs(filter_string="params.`sync/p` = 'v'", experiment_names=["local"])))
        try:
            client.get_run("no-such-run")
        except mlflow.exceptions.MlflowException as error:
            say(error.error_code)
        try:
            client.get_registered_model("no-such-model")
        except mlflow.exceptions.MlflowException as error:
            say(error.error_code)
    """
    place = folder.parent
    said, errors = run_script("http://unused", place / "unused", code, PLACE=str(place))
    run_id, *said = [line for line in said if not line.startswith(("🏃", "🧪"))]
    assert said == [
        *("True True", "text", "['notes/a.txt']", "2500", "1"),
        *("RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST"),
    ], errors
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE((folder / "spool").stat().st_mode) == 0o700
    assert left_in(folder) == []
    assert not (place / "unused").exists()
    assert check(folder).returncode == 0
    with Server(folder) as server, Connection(server.address) as connection:
        run = connection.get("runs/get", run_id=run_id).json()["run"]
        assert run["info"]["status"] == "FINISHED"
        assert run["info"]["artifact_uri"] == f"mlflow-artifacts:/1/{run_id}/artifacts"
        assert {entry["key"]: entry["value"] for entry in run["data"]["metrics"]}["later"] == 1.0
        assert len(history(connection, run_id, "sync/batch")) == 2500
        found = connection.get("model-versions/get", name="iris", version="1").json()["model_version"]
        assert found["source"] == f"mlflow-artifacts:/1/{run_id}/artifacts/notes"
        files = connection.get("artifacts/list", run_id=run_id).json()["files"]
        assert [(entry["path"], entry["is_dir"]) for entry in files] == [("notes", True)]


def test_processes_threads_and_forks_log_into_one_run_beside_a_server(folder: Path) -> None:
    address = f"runyard://{folder}"
    code = """
        import multiprocessing, threading

        def log(name, count=300):
            for number in range(count):
                client.log_metric(run_id, name, number, timestamp=1, step=0, synchronous=number % 50 == 49)
            client.log_param(run_id, name, "x", synchronous=False)

        run_id = os.environ["RUN"]
        log("before")
        threads = [threading.Thread(target=log, args=(f"thread-{index}",)) for index in range(3)]
        for thread in threads:
            thread.start()
        # Forked while the threads log, and the folder is open.
        fork = multiprocessing.get_context("fork")
        ranks = [fork.Process(target=log, args=(f"rank-{number}",)) for number in range(10)]
        for rank in ranks:
            rank.start()
        child = os.fork()
        if child == 0:
            log("left")
            os._exit(0)
        for each in (*threads, *ranks):
            each.join()
        os.waitpid(child, 0)
        log("after")
        say([rank.exitcode for rank in ranks])
    """
    with Server(folder) as server, Connection(server.address) as connection:
        (run_id,), _ = run_script(address, folder, "say(client.create_run('0').info.run_id)")
        said, errors = run_script(address, folder, code, RUN=run_id)
        assert said == [str([0] * 10)]
        names = ["before", "after", "left"]
        names += [f"thread-{index}" for index in range(3)] + [f"rank-{number}" for number in range(10)]
        # What `os._exit` left is taken by the server.
        wait_until(lambda: left_in(folder) == [])
        for name in names:
            assert [value for _, value in history(connection, run_id, name)] == list(range(300)), name
        data = connection.get("runs/get", run_id=run_id).json()["run"]["data"]
        assert sorted(entry["key"] for entry in data["params"]) == sorted(names)
        assert "Traceback" not in errors
    assert check(folder).returncode == 0


# A process that logs for the first time opens the folder: every second one is killed after that.
KILL_OPENED = KILL.replace(
    "        time.sleep(chance",
    "        while kill % 2 and returned[:8] == bytes(8):\n"
    "            time.sleep(0.001)\n"
    "        time.sleep(chance",
)


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.faults
@pytest.mark.parametrize("taker", ["server", "running server", "sync", "script"])
def test_kills_lose_nothing_whoever_takes_what_is_left(folder: Path, taker: str) -> None:
    address = f"runyard:{folder}"
    running = Server(folder) if taker == "running server" else None
    (run_id, *counts), _ = run_script(address, folder, KILL_OPENED, KILLS="20")
    if taker == "sync":
        assert sync(folder).exit_code == 0
    elif taker == "script":
        run_script(address, folder, "client.create_run('0')\nmlflow.flush_async_logging()\ntime.sleep(1)")
    returned = [int(count) for count in counts]
    assert sum(1 for count in returned if count) >= 10
    with running or Server(folder) as server, Connection(server.address) as connection:
        wait_until(lambda: left_in(folder) == [])
        for kill, count in enumerate(returned):
            values = [value for _, value in history(connection, run_id, f"kill-{kill}")]
            # The call under way may have been written, too.
            assert values in (list(range(count)), list(range(count + 1))), kill
    assert check(folder).returncode == 0


def test_another_script_reads_what_one_has_logged(folder: Path) -> None:
    writes = """
        run_id = client.create_run("0").info.run_id
        say(run_id)
        for number in range(20):
            sys.stdin.readline()
            client.log_metric(run_id, "m", number, step=number)
            say("logged")
        sys.stdin.readline()
    """
    reads = """
        while True:
            sys.stdin.readline()
            say(len(client.get_metric_history(os.environ["RUN"], "m")), client.get_run(os.environ["RUN"]).data.metrics)
    """
    writer = Script(f"runyard:{folder}", folder, writes)
    run_id = writer.hear()
    reader = Script(f"runyard:{folder}", folder, reads, RUN=run_id)
    for number in range(20):
        writer.tell()
        assert writer.hear() == "logged"
        reader.tell()
        assert reader.hear() == f"{number + 1} {{'m': {float(number)}}}"
    reader.kill()
    writer.tell()
    writer.end()


def test_pages_of_a_server_hear_of_what_a_script_logs(folder: Path) -> None:
    code = """
        with mlflow.start_run() as run:
            say(run.info.run_id)
            sys.stdin.readline()
            mlflow.log_metric("loss", 0.5)
            say("logged")
            sys.stdin.readline()
            mlflow.log_text("text", "notes/deep/a.txt")
            say("filed")
            sys.stdin.readline()
            mlflow.log_metrics({"a": 1, "b": 2}, synchronous=False)
            mlflow.set_tag("t", "v")
        client.create_registered_model("iris")
    """
    script = Script(f"runyard:{folder}", folder, code)
    run_id = script.hear()
    with Server(folder) as server:
        runs, models = Stream(server, f"run_id={run_id}"), Stream(server, "models=1")
        script.tell()
        assert script.hear() == "logged"
        (run,) = runs.next_runs()
        while not run["metrics"]:
            # The page may have been loaded before a file came.
            (run,) = runs.next_runs()
        assert (run["run_id"], run["metrics"]) == (run_id, ["loss"])
        files = run["kinds"]
        while "artifacts" not in files:
            files = runs.next_runs()[0]["kinds"]
        script.tell()
        assert script.hear() == "filed"
        assert runs.next_runs()[0]["kinds"] == ["artifacts"]
        script.tell()
        script.end()
        kinds: set[str] = set()
        metrics: set[str] = set()
        while not (kinds >= {"metrics", "tags", "status"} and metrics >= {"a", "b"}):
            for run in runs.next_runs():
                kinds |= set(run["kinds"])
                metrics |= set(run["metrics"])
        assert models.next() == ("models", {"names": ["iris"]})
        # What was told is removed when it was heard.
        wait_until(lambda: list(folder.glob("live/*.changes")) == [])
        runs.close()
        models.close()
        assert server.stop() == 0
    assert list(folder.glob("live/*")) == []


def test_a_folder_that_can_not_be_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "train.py").touch()
    (tmp_path / "file").touch()
    with Server(tmp_path / "newer"):
        pass
    with sqlite3.connect(tmp_path / "newer" / "runyard.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "runyard.db").write_bytes(b"this is no database" * 100)
    code = """
        for name in ("project", "file", "newer", "damaged", ""):
            mlflow.set_tracking_uri("runyard:" + (os.environ["PLACE"] + "/" + name if name else ""))
            try:
                mlflow.start_run()
            except mlflow.exceptions.MlflowException as error:
                say(error.error_code, str(error))
    """
    said, _ = run_script("runyard:x", tmp_path, code, PLACE=str(tmp_path))
    wrong = "INVALID_PARAMETER_VALUE Invalid tracking URI"
    refused = "the folder is no workspace of Runyard:"
    for line, words in zip(
        said,
        (
            f"{wrong} 'runyard:{tmp_path}/project': {refused} it holds other files, as 'train.py'",
            f"{wrong} 'runyard:{tmp_path}/file': {refused} it can't be made",
            f"INVALID_STATE The database in {tmp_path}/newer has schema revision 9999",
            f"{wrong} 'runyard:{tmp_path}/damaged': {refused} its runyard.db",
            f"{wrong} 'runyard:': a folder must follow",
        ),
        strict=True,
    ):
        assert line.startswith(words)
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == ["train.py"]


def test_the_missing_package_is_named(folder: Path) -> None:
    code = """
        sys.modules["runyard"] = None
        try:
            mlflow.start_run()
        except mlflow.exceptions.MlflowException as error:
            say(error)
    """
    (said,), _ = run_script(f"runyard:{folder}", folder, code)
    assert said.startswith(f"Logging into the folder {folder} needs Runyard itself: pip install runyard")


def test_a_script_that_sends_nothing_leaves_it_to_the_server(folder: Path) -> None:
    code = """
        mlflow.set_experiment("offline")
        with mlflow.start_run() as run:
            for number in range(100):
                mlflow.log_metric("m", number, step=number)
            say(run.info.run_id)
    """
    said, errors = run_script(f"runyard:{folder}", folder, code, RUNYARD_OFFLINE="true")
    run_id = said[0]
    assert "They are safe in" in errors
    # What another process logged to the run, and which comes first by chance, waits for it.
    target = folder / "spool" / "folder"
    written(target, points(run_id, range(5)), "0" * 32)
    written(target, points("f" * 32, range(5)), "f" * 32)
    with Server(folder) as server, Connection(server.address) as connection:
        wait_until(lambda: len(left_in(folder)) == 1)
        assert left_in(folder)[0].parent.name == "f" * 32
        run = connection.get("runs/get", run_id=run_id).json()["run"]
        assert run["info"]["status"] == "FINISHED"
        assert len(history(connection, run_id, "m")) == 105


def written(target: Path, frames: list[bytes], producer: str) -> None:
    """What a process wrote that is gone."""
    writer = Producer(target, 1 << 30)
    writer.id, writer.folder = producer, target / producer
    for frame in frames:
        writer.add(frame)
    writer.close()
    owner = writer.folder / OWNER
    # No process has this number: Linux gives none above 2**22.
    owner.write_text(json.dumps(json.loads(owner.read_text()) | {"pid": 2**22 + 1}))


def test_the_page_opens_on_a_free_port(folder: Path) -> None:
    environment = {**os.environ, "BROWSER": "echo opened %s"}
    command = [PROGRAM, "ui", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        lines = {program.stdout.readline(), program.stdout.readline()}
        program.terminate()
    (address,) = (line.split(" at ")[1] for line in lines if " at " in line)
    assert f"opened {address}" in lines


def test_files_and_output_that_wait_outlive_what_a_server_takes(folder: Path) -> None:
    code = """
        with mlflow.start_run() as run:
            mlflow.log_metric("m", 1)
            mlflow.log_text("kept", "notes/a.txt")
            print(f"a line for {run.info.run_id}\\n", end="", flush=True)
            os.write(2, b"ready\\n")
            time.sleep(60)
    """
    script = Script(f"runyard:{folder}", folder, code, RUNYARD_OFFLINE="true", RUNYARD_CONSOLE="true")
    run_id = script.hear().split()[-1]
    script.kill()
    with Server(folder) as server:
        deadline = time.monotonic() + 30
        while left_in(folder):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        with Connection(server.address) as connection:
            assert history(connection, run_id, "m") == [(0, 1)]
    for _ in range(2):
        done = sync(folder)
        assert done.exit_code == 0, done.stderr
    kept = next(folder.glob(f"artifacts/*/{run_id}/artifacts"))
    assert (kept / "notes" / "a.txt").read_text() == "kept"
    assert f"a line for {run_id}\n" in (kept / "user_logs" / "std_log.txt").read_text()
    assert list(folder.glob(f"spool/*/*/{OWNER}")) == []
