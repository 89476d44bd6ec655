"""A store with a few runs in it."""

from __future__ import annotations

import math

from runyard.entities import KeyValue
from runyard.store.metadata import experiments, runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.store import Store

START = 1_700_000_000_000


def create_experiment(store: Store, name: str) -> str:
    return store.write(lambda transaction: experiments.create(transaction, name, None, []))


def create_run(store: Store, run_id: str, experiment: str = "0", start: int = START, **tags: str) -> str:
    """A running run of the user ada whose name is `name of <run_id>`."""
    pairs = [KeyValue(f"mlflow.{key}", value) for key, value in tags.items()]
    new = runs.NewRun(run_id, experiment, f"name of {run_id}", "ada", start, pairs)
    return store.write(lambda transaction: runs.create(transaction, new))


def log(
    store: Store,
    run_id: str,
    metrics: dict[str, list[float]] | None = None,
    params: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    """Log series with a step and a second between points, parameters and tags."""
    series = [
        SeriesPoints(name, range(len(values)), [START + 1000 * step for step in range(len(values))], values)
        for name, values in (metrics or {}).items()
    ]
    batch = Batch(
        run_id,
        series,
        [KeyValue(key, value) for key, value in (params or {}).items()],
        [KeyValue(key, value) for key, value in (tags or {}).items()],
    )
    store.write(lambda transaction: runs.log_batch(transaction, batch))


def finish(store: Store, run_id: str, end: int) -> None:
    change = runs.RunUpdate("FINISHED", end, None)
    store.write(lambda transaction: runs.update(transaction, run_id, change))


def fill(store: Store) -> None:
    """Runs a, b and c: c is the newest and has no metrics, b's loss is NaN and a's the least."""
    other = create_experiment(store, "digits")
    create_run(store, "a", other, START)
    log(
        store,
        "a",
        {"loss": [2.0, 1.0, 0.5], "val/acc %_": [0.1], "system/cpu": [5.0]},
        {"lr": "0.1", "depth": "3"},
    )
    finish(store, "a", START + 60_000)
    create_run(store, "b", other, START + 1, parentRunId="a")
    log(store, "b", {"loss": [math.nan], "rising": [-1.0, math.inf]}, {"lr": "0.2"})
    create_run(store, "c", "0", START + 2)
    log(store, "c", tags={"team": "vision"})
