"""What the tests of the journal share: a store, its runs, and points that may be journaled."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from runyard.store.metadata import runs
from runyard.store.metadata.database import FILE_NAME
from runyard.store.metadata.run_data import find
from runyard.store.metadata.session import Session
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.metrics.history import history_page
from runyard.store.metrics.points import Points
from runyard.store.operation import Batch, Operation
from runyard.store.receipts import Receipt
from runyard.store.store import Store

RUN = "a" * 32


def create_run(store: Store, run_id: str = RUN) -> str:
    new = runs.NewRun(run_id, "0", "name", "user", 1, [])
    return store.write(lambda transaction: runs.create(transaction, new))


def point(name: str, value: float, step: int = 0, time: int = 1) -> SeriesPoints:
    return SeriesPoints(name, [step], [time], [value])


def operation(
    *batch: SeriesPoints, run_id: str = RUN, receipt: Receipt | None = None
) -> tuple[Operation, Future[None]]:
    """A write of points alone, as the API makes it."""
    work = partial(runs.log_batch, batch=Batch(run_id, batch, [], []))
    future: Future[None] = Future()
    return Operation(work, False, receipt, future, Batch(run_id, batch, [], [])), future


def log(store: Store, *batch: SeriesPoints, run_id: str = RUN, receipt: Receipt | None = None) -> None:
    """Log points and wait until they are durable."""
    queued, future = operation(*batch, run_id=run_id, receipt=receipt)
    store.writer.put(queued)
    future.result(10)


def values(store: Store, name: str, run_id: str = RUN) -> list[float]:
    """A metric's whole history, through a reading connection."""
    found: list[float] = history(store, name, run_id).values.tolist()
    return found


def history(store: Store, name: str, run_id: str = RUN) -> Points:
    """The points of a metric by time, step and arrival."""

    def read(session: Session) -> Points:
        return history_page(session, store.series_cache, find(session, run_id), name).points

    return store.read(read)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """What the database has, seen from outside."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def killed_copy(folder: Path, target: Path) -> Path:
    """The folder as a process leaves it that is killed now: nobody holds the locks of the copy."""
    shutil.copytree(folder, target)
    return target


def waiting(store: Store) -> int:
    return len(store.writer._transaction.journal.waiting)


def hold(store: Store) -> threading.Event:
    """Keep the writer busy until the event is set, so that what follows becomes one group."""
    busy, go_on = threading.Event(), threading.Event()

    def work(transaction: object) -> None:
        busy.set()
        assert go_on.wait(10)

    store.submit(work)
    assert busy.wait(10)
    return go_on
