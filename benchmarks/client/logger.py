"""Logs points with one library, in an interpreter that has it.

`python logger.py LIBRARY MODE FOLDER ADDRESS NUMBER`, where MODE is `log` (prints JSON with the seconds of the loop,
and those until everything can be read), `kill` (ends by SIGKILL right after the last call), or `count` (prints how many
points can be read back). Points go to one series of one run. Imports stand in functions: each interpreter has one
library.
"""

from __future__ import annotations

import glob
import json
import os
import signal
import sqlite3
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

# What is logged is the same for all.
NAME = "loss"
RUN = "run.txt"

# A loop's body, and what waits until everything can be read.
Logging = tuple[Callable[[int], object], Callable[[], object]]


def _value(number: int) -> float:
    return number * 0.5


def _client(address: str) -> Any:
    import mlflow

    mlflow.set_tracking_uri(address)
    return mlflow.MlflowClient()


def _run_of(client: Any, folder: str) -> str:
    run_id: str = client.create_run("0").info.run_id
    with open(f"{folder}/{RUN}", "w") as file:
        file.write(run_id)
    return run_id


def mlflow_client(folder: str, address: str) -> Logging:
    """Asynchronous calls of MlflowClient, whatever store is behind them."""
    client = _client(address)
    run_id = _run_of(client, folder)

    def log(number: int) -> None:
        client.log_metric(run_id, NAME, _value(number), step=number, synchronous=False)

    return log, client._tracking_client.store.flush_async_logging


def mlflow_fluent(folder: str, address: str) -> Logging:
    """Asynchronous calls of mlflow's fluent functions."""
    import mlflow

    client = _client(address)
    run_id = _run_of(client, folder)
    mlflow.start_run(run_id=run_id)

    def log(number: int) -> None:
        mlflow.log_metric(NAME, _value(number), step=number, synchronous=False)

    def finish() -> None:
        client._tracking_client.store.flush_async_logging()
        # Here, since mlflow says something at the end of a run, and the measure is to be the last line.
        mlflow.end_run()

    return log, finish


def mlflow_nothing(folder: str, address: str) -> Logging:
    """MlflowClient with a store that does nothing: what mlflow itself costs."""
    client = _client(address)
    client._tracking_client.store.log_metric_async = lambda run_id, metric: None

    def log(number: int) -> None:
        client.log_metric("run", NAME, _value(number), step=number, synchronous=False)

    return log, lambda: None


def mlflow_fluent_nothing(folder: str, address: str) -> Logging:
    """The fluent function with a store that does nothing."""
    import mlflow
    from mlflow.tracking._tracking_service.utils import _get_store

    log, finish = mlflow_fluent(folder, address)
    store: Any = _get_store(mlflow.get_tracking_uri())
    store.log_metric_async = lambda run_id, metric: None
    return log, finish


def mlflow_batches(folder: str, address: str) -> Logging:
    """A thousand points a call; the loop's turns are calls."""
    from mlflow.entities import Metric

    client = _client(address)
    run_id = _run_of(client, folder)

    def log(number: int) -> None:
        first = number * 1000
        points = [
            Metric(NAME, _value(step), 1_700_000_000_000 + step, step) for step in range(first, first + 1000)
        ]
        client.log_batch(run_id, metrics=points, synchronous=False)

    return log, client._tracking_client.store.flush_async_logging


def mlflow_sqlite(folder: str, address: str) -> Logging:
    """Synchronous calls into mlflow's SQLite store."""
    client = _client(f"sqlite:///{folder}/mlflow.db")
    run_id = _run_of(client, folder)

    def log(number: int) -> None:
        client.log_metric(run_id, NAME, _value(number), step=number)

    return log, lambda: None


def tensorboard(folder: str, address: str) -> Logging:
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(folder)
    return (lambda number: writer.add_scalar(NAME, _value(number), number)), writer.flush


def wandb(folder: str, address: str) -> Logging:
    os.environ |= {"WANDB_MODE": "offline", "WANDB_SILENT": "true", "WANDB_DIR": folder}
    import wandb as library

    run = library.init(project="bench", dir=folder)
    return (lambda number: run.log({NAME: _value(number)}, step=number)), run.finish


def aim(folder: str, address: str) -> Logging:
    from aim import Run

    run = Run(
        repo=folder, system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False
    )
    with open(f"{folder}/{RUN}", "w") as file:
        file.write(run.hash)
    return (lambda number: run.track(_value(number), name=NAME, step=number)), run.close


def trackio(folder: str, address: str) -> Logging:
    os.environ |= {"TRACKIO_DIR": folder, "GRADIO_ANALYTICS_ENABLED": "False"}
    import trackio as library

    library.init(project="bench", name="run")
    return (lambda number: library.log({NAME: _value(number)}, step=number)), library.finish


LIBRARIES: dict[str, Callable[[str, str], Logging]] = {
    each.__name__: each
    for each in (
        mlflow_client,
        mlflow_fluent,
        mlflow_nothing,
        mlflow_fluent_nothing,
        mlflow_batches,
        mlflow_sqlite,
        tensorboard,
        wandb,
        aim,
        trackio,
    )
}


def _count_history(folder: str, address: str) -> int:
    with open(f"{folder}/{RUN}") as file:
        run_id = file.read()
    client = _client(address)
    return len(client.get_metric_history(run_id, NAME))


def _count_sqlite(folder: str, address: str) -> int:
    with sqlite3.connect(f"{folder}/mlflow.db") as connection:
        return int(connection.execute("SELECT count(*) FROM metrics").fetchone()[0])


def _count_tensorboard(folder: str, address: str) -> int:
    """Records of the event files but the first of each, which says the version."""
    found = 0
    for path in glob.glob(f"{folder}/events*"):
        with open(path, "rb") as file:
            data = file.read()
        at = 0
        while at + 12 <= len(data):
            (length,) = struct.unpack_from("<Q", data, at)
            at += 16 + length
            found += at <= len(data)
        found -= 1
    return found


def _count_wandb(folder: str, address: str) -> int:
    """History records of the run's file: LevelDB's log format, after a header of 7 bytes."""
    from wandb.proto import wandb_internal_pb2

    found = 0
    for path in glob.glob(f"{folder}/wandb/offline-*/*.wandb"):
        for data in _log_records(path, header=7):
            record = wandb_internal_pb2.Record()
            record.ParseFromString(data)
            found += record.WhichOneof("record_type") == "history"
    return found


def _log_records(path: str, header: int, block: int = 32768) -> Iterator[bytes]:
    """Whole records: pieces of a checksum, a length and a kind (1 whole, 2 first, 3 middle, 4 last)."""
    with open(path, "rb") as file:
        data = file.read()
    at, pieces = header, b""
    while at + 7 <= len(data):
        if block - at % block < 7:
            at += block - at % block
            continue
        length, kind = struct.unpack_from("<HB", data, at + 4)
        end = at + 7 + length
        if kind not in (1, 2, 3, 4) or end > len(data):
            return
        pieces = data[at + 7 : end] if kind in (1, 2) else pieces + data[at + 7 : end]
        if kind in (1, 4):
            yield pieces
        at = end


def _count_aim(folder: str, address: str) -> int:
    from aim import Run

    with open(f"{folder}/{RUN}") as file:
        identity = file.read()
    # The way in which Aim reads a run whose process was killed.
    run = Run(
        identity,
        repo=folder,
        force_resume=True,
        system_tracking_interval=None,
        log_system_params=False,
        capture_terminal_logs=False,
    )
    return sum(len(metric.values.sparse_list()[0]) for metric in run.metrics() if metric.name == NAME)


def _count_trackio(folder: str, address: str) -> int:
    found = 0
    for path in glob.glob(f"{folder}/**/*.db", recursive=True):
        with sqlite3.connect(path) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if "metrics" in tables:
                found += connection.execute("SELECT count(*) FROM metrics").fetchone()[0]
    return found


COUNTS = {
    "mlflow_sqlite": _count_sqlite,
    "tensorboard": _count_tensorboard,
    "wandb": _count_wandb,
    "aim": _count_aim,
    "trackio": _count_trackio,
}


def main(library: str, mode: str, folder: str, address: str, number: int) -> None:
    if mode == "count":
        print(COUNTS.get(library, _count_history)(folder, address))
        return
    log, finish = LIBRARIES[library](folder, address)
    # What a first call sets up is no cost of a point.
    log(0)
    began = time.perf_counter()
    for step in range(1, number):
        log(step)
    ended = time.perf_counter()
    if mode == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    finish()
    print(json.dumps({"loop": ended - began, "all": time.perf_counter() - began}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
