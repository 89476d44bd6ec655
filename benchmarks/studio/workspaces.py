"""The folders that are measured: made once for each server, and kept below `.cache/bench/studio`."""

import hashlib
import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from benchmarks.environments import CACHE, MLFLOW, ROOT
from benchmarks.servers import Kind, Server
from benchmarks.studio.content import EXPERIMENTS, Run, Sizes, runs
from runyard.entities import KeyValue
from runyard.settings import Settings
from runyard.store.metadata import experiments
from runyard.store.metadata import runs as store_runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store
from runyard.store.transaction import Transaction

# What one transaction writes at most, roughly.
RUNS_TOGETHER = 1000
POINTS_TOGETHER = 200_000
USER = "ada"
_SOURCES = {
    "runyard": [ROOT / "runyard/store/metadata/schema.sql", ROOT / "runyard/store/metrics/chunk.py"],
    "mlflow": [],
}
_TABLES = {
    "runs": "run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id",
    "params": "run_uuid, key, value",
    "tags": "run_uuid, key, value",
    "latest_metrics": "run_uuid, key, value, timestamp, step, is_nan",
    "metrics": "run_uuid, key, value, timestamp, step, is_nan",
}


def prepared(kind: Kind, sizes: Sizes) -> Path:
    """The folder of a server with everything in it; made if it is missing, or was made by another version of this."""
    folder = CACHE / "studio" / f"{kind.storage}-{'full' if sizes == Sizes() else 'quick'}"
    marker = folder / "complete.txt"
    wanted = _fingerprint(kind, sizes)
    if marker.exists() and marker.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"filling a workspace for {kind.title}", flush=True)
    began = time.monotonic()
    fill = {"runyard": _fill_runyard, "mlflow": _fill_mlflow}[kind.family]
    fill(kind, folder, sizes)
    marker.write_text(wanted)
    print(f"  filled in {time.monotonic() - began:.0f} s", flush=True)
    return folder


def _fingerprint(kind: Kind, sizes: Sizes) -> str:
    """Changes with what is written, and with the format in which it is kept."""
    own = [Path(__file__), Path(__file__).with_name("content.py"), *_SOURCES[kind.family]]
    version = MLFLOW if kind.family == "mlflow" else ""
    text = json.dumps(asdict(sizes)) + version
    return hashlib.sha256(text.encode() + b"".join(path.read_bytes() for path in own)).hexdigest()


def _fill_runyard(_kind: Kind, folder: Path, sizes: Sizes) -> None:
    """Through the store, as requests would, but many runs in one transaction."""
    with Store(folder, Settings(durability="relaxed")) as store:
        ids = {
            name: store.write(lambda tx, name=name: experiments.create(tx, name, None, []))  # type: ignore[misc]  # mypy can't infer it
            for name in EXPERIMENTS
        }
        for some in _transactions(runs(sizes)):
            store.write(lambda tx, some=some: _write_runs(tx, some, ids))  # type: ignore[misc]  # as above
        store.compactor.compact_now()


def _write_runs(transaction: Transaction, some: list[Run], ids: dict[str, str]) -> None:
    for run in some:
        new = store_runs.NewRun(run.run_id, ids[run.experiment], run.name, USER, run.start_time, [])
        store_runs.create(transaction, new)
        points = [
            SeriesPoints(series.name, range(len(series.times)), series.times.tolist(), series.values.tolist())
            for series in run.series
        ]
        params = [KeyValue(key, value) for key, value in run.params.items()]
        store_runs.log_batch(transaction, Batch(run.run_id, points, params, []))
        store_runs.update(transaction, run.run_id, store_runs.RunUpdate("FINISHED", run.end_time, None))


def _fill_mlflow(kind: Kind, folder: Path, sizes: Sizes) -> None:
    """Straight into the database that a server made: its API would take hours for ten million points."""
    server = Server(kind, folder)
    server.stop()
    with closing(sqlite3.connect(folder / "mlflow.db", isolation_level=None)) as database:
        # A folder that was not filled to its end is made anew.
        database.executescript(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000"
        )
        database.execute("begin")
        ids = {}
        for name in EXPERIMENTS:
            cursor = database.execute(
                "insert into experiments (name, workspace, lifecycle_stage, creation_time, last_update_time)"
                " values (?, 'default', 'active', 0, 0)",
                (name,),
            )
            ids[name] = cursor.lastrowid or 0
        database.execute("update experiments set artifact_location = 'mlflow-artifacts:/' || experiment_id")
        for run in runs(sizes):
            _insert_run(database, run, ids[run.experiment])
        database.execute("commit")
        database.execute("pragma journal_mode = delete")


def _insert_run(database: sqlite3.Connection, run: Run, experiment: int) -> None:
    key = run.run_id
    uri = f"mlflow-artifacts:/{experiment}/{key}/artifacts"
    head = (key, run.name, USER, "FINISHED", run.start_time, run.end_time, "active", uri, experiment)
    tags = {"mlflow.runName": run.name, "mlflow.user": USER}
    _insert(database, "runs", [head])
    _insert(database, "params", [(key, *param) for param in run.params.items()])
    _insert(database, "tags", [(key, *tag) for tag in tags.items()])
    for series in run.series:
        columns = (series.values.tolist(), series.times.tolist(), range(len(series.times)))
        rows = [(key, series.name, value, time, step, 0) for value, time, step in zip(*columns, strict=True)]
        _insert(database, "metrics", rows)
        _insert(database, "latest_metrics", rows[-1:])


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    columns = _TABLES[table]
    marks = ", ".join("?" for _ in columns.split(","))
    database.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def _transactions(found: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs whose points one transaction can hold, a thousand at most."""
    some: list[Run] = []
    points = 0
    for run in found:
        some.append(run)
        points += sum(len(series.times) for series in run.series)
        if points >= POINTS_TOGETHER or len(some) == RUNS_TOGETHER:
            yield some
            some, points = [], 0
    if some:
        yield some
