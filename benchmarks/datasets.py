"""Data that several workloads read: loaded once into each storage, through the server's own API."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import bodies, wire
from benchmarks.load import LoadProcess, Operation, Plan, drive
from benchmarks.servers import API, Server, checkpoint, database_bytes

CURVE = "train/loss"
LOAD_SECONDS = 900.0
# Long enough for the compaction of a run that has ended.
SETTLE_SECONDS = 3.0
SETTLE_AT_MOST = 60.0


def create_experiment(server: Server) -> str:
    with server.connect() as connection:
        body = {"name": f"bench {uuid.uuid4().hex}"}
        answer = connection.call(wire.post_json(f"{API}/experiments/create", body))
    experiment_id: str = answer["experiment_id"]
    return experiment_id


def create_run(server: Server, experiment_id: str) -> dict[str, Any]:
    """The new run's info."""
    with server.connect() as connection:
        body = {"experiment_id": experiment_id, "start_time": bodies.START_MS, "run_name": "bench"}
        answer = connection.call(wire.post_json(f"{API}/runs/create", body))
    info: dict[str, Any] = answer["run"]["info"]
    return info


def create_runs(server: Server, number: int) -> list[str]:
    """Ids of new runs in an experiment of their own."""
    experiment_id = create_experiment(server)
    return [str(create_run(server, experiment_id)["run_id"]) for _ in range(number)]


def _curve(run_id: str, points: int, single_precision: bool) -> Sequence[Iterator[Operation]]:
    values = bodies.random_walk(points, 1, single_precision)
    return [bodies.curve_batches(run_id, CURVE, values, bodies.clock(points, 2))]


def load_curve(server: Server, load: LoadProcess, points: int, single_precision: bool = False) -> str:
    """A finished run with one curve; its id."""
    (run_id,) = create_runs(server, 1)
    load.run(drive, Plan(server.port, partial(_curve, run_id, points, single_precision), LOAD_SECONDS))
    with server.connect() as connection:
        body = {"run_id": run_id, "status": "FINISHED", "end_time": bodies.START_MS + 100 * points}
        connection.call(wire.post_json(f"{API}/runs/update", body))
    return run_id


def insert_mlflow_curve(server: Server, points: int) -> str:
    """The same curve put straight into MLflow's database: its API takes three minutes for a million points."""
    (run_id,) = create_runs(server, 1)
    values, times = bodies.random_walk(points, 1), bodies.clock(points, 2)
    with closing(sqlite3.connect(server.folder / "mlflow.db", timeout=60)) as database, database:
        database.executemany(
            "insert into metrics (key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, 0)",
            (
                (CURVE, value, time, run_id, step)
                for step, (value, time) in enumerate(zip(values, times, strict=True))
            ),
        )
        database.execute(
            "insert into latest_metrics (key, value, timestamp, run_uuid, step, is_nan) values (?, ?, ?, ?, ?, 0)",
            (CURVE, values[-1], times[-1], run_id, points - 1),
        )
    return run_id


def _small_runs(experiment_id: str, runs: int, connections: int) -> Sequence[Iterator[Operation]]:
    return [
        bodies.create_runs(experiment_id, range(first, runs, connections)) for first in range(connections)
    ]


def load_small_runs(server: Server, load: LoadProcess, runs: int) -> str:
    """An experiment of small runs (10 parameters, 10 metrics, 5 tags each); its id."""
    experiment_id = create_experiment(server)
    load.run(drive, Plan(server.port, partial(_small_runs, experiment_id, runs, 4), LOAD_SECONDS))
    return experiment_id


def load_wide_run(server: Server, metrics: int) -> str:
    """A run with one point each of many metrics; its id."""
    (run_id,) = create_runs(server, 1)
    with server.connect() as connection:
        connection.call(bodies.wide_batch(run_id, metrics))
    return run_id


def settled_bytes(folder: Path, quiet_seconds: float = SETTLE_SECONDS) -> int:
    """Size of a server's databases once its background work has stopped changing them."""
    began = unchanged_since = time.monotonic()
    size = -1
    while time.monotonic() - unchanged_since < quiet_seconds and time.monotonic() - began < SETTLE_AT_MOST:
        time.sleep(0.25)
        checkpoint(folder)
        if (now := database_bytes(folder)) != size:
            size, unchanged_since = now, time.monotonic()
    return size


class Datasets:
    """Remembers what was loaded into which storage, so that each is loaded once."""

    def __init__(self) -> None:
        self._loaded: dict[tuple[str, str], str] = {}

    def get(self, server: Server, name: str, load: Callable[[], str]) -> str:
        key = (server.kind.storage, name)
        if key not in self._loaded:
            began = time.monotonic()
            self._loaded[key] = load()
            print(f"  loaded {name} into {key[0]} in {time.monotonic() - began:.1f} s", flush=True)
        return self._loaded[key]
