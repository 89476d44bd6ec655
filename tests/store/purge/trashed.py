"""Runs that own something of every kind, and ways to look at all that is stored."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, NamedTuple

from runyard.entities import Dataset, DatasetInput, KeyValue, ModelOutput
from runyard.store.metadata import datasets, experiments, logged_models, runs
from runyard.store.metadata.datasets import Inputs
from runyard.store.metadata.logged_models import NewLoggedModel
from runyard.store.metadata.schema import metadata
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.operation import Batch
from runyard.store.purge.plan import Choice
from runyard.store.registry import models as registered
from runyard.store.registry import versions
from runyard.store.store import Store

POINTS = 300
LOG = b"a line\n" * 20
WEIGHTS = bytes(1000)


class Score(NamedTuple):
    """A metric of a logged model as a request brings it."""

    model_id: str | None
    key: str | None = "score"
    value: float | None = 0.5
    timestamp: int | None = 1
    step: int | None = 1
    dataset_name: str | None = None
    dataset_digest: str | None = None


class Made(NamedTuple):
    """A run, and the logged model that it made."""

    run_id: str
    model_id: str


def now() -> int:
    return time.time_ns() // 1_000_000


def everything(store: Store) -> Choice:
    del store
    return Choice(now())


def create_run(store: Store, run_id: str, experiment: str = "0") -> str:
    new = runs.NewRun(run_id, experiment, f"name of {run_id}", "ada", None, [KeyValue("tag", run_id)])
    return store.write(lambda tx: runs.create(tx, new))


def log(store: Store, run_id: str, first: int = 0, count: int = POINTS) -> None:
    """Points of two series, and a parameter."""
    steps = range(first, first + count)
    series = [SeriesPoints(name, steps, steps, [step / 8 for step in steps]) for name in ("loss", "accuracy")]
    batch = Batch(run_id, series, [KeyValue("lr", "0.1")], [])
    store.write(lambda tx: runs.log_batch(tx, batch))


def put(store: Store, key: str, content: bytes) -> None:
    upload = store.artifacts.upload(key)
    upload.write([content])
    upload.publish()


def full_run(store: Store, run_id: str, experiment: str = "0", shared: str = "shared") -> Made:
    """A run with points in chunks and in the tail, datasets, files, and a logged model with metrics."""
    create_run(store, run_id, experiment)
    log(store, run_id)
    key = store.read(lambda session: session.one("SELECT id FROM run WHERE run_id = ?", (run_id,)))
    assert key is not None
    store.compactor.compact_now(key[0])
    log(store, run_id, POINTS)
    model = store.write(
        lambda tx: logged_models.create(
            tx, NewLoggedModel(experiment, "net", "", run_id, [KeyValue("p", "1")], [KeyValue("t", "1")])
        )
    )
    inputs = [
        DatasetInput(Dataset(name, "d", "local", "{}", "schema", "profile"), []) for name in (shared, run_id)
    ]
    store.write(lambda tx: datasets.log_inputs(tx, Inputs(run_id, inputs, ())))
    store.write(lambda tx: datasets.log_outputs(tx, run_id, [ModelOutput(model, 1)]))
    measure_model(store, run_id, model)
    put(store, f"{experiment}/{run_id}/artifacts/user_logs/std_log.txt", LOG)
    put(store, f"{experiment}/{run_id}/artifacts/deep/er/notes.txt", b"notes")
    put(store, f"{experiment}/models/{model}/artifacts/weights.bin", WEIGHTS)
    return Made(run_id, model)


def measure_model(store: Store, run_id: str, model_id: str) -> None:
    """A metric of a logged model, logged by a run, which reads the model."""
    metric = Score(model_id)
    store.write(lambda tx: logged_models.record_model_metrics(tx, run_id, [metric]))
    store.write(lambda tx: datasets.log_inputs(tx, Inputs(run_id, (), (model_id,))))


def register(store: Store, name: str, source: str, run_id: str = "", model_id: str = "") -> None:
    """A registered model with one version."""
    store.write(lambda tx: registered.create(tx, name, None, []))
    store.write(lambda tx: versions.create(tx, versions.NewVersion(name, source, run_id, model_id=model_id)))


def delete(store: Store, *run_ids: str) -> None:
    for run_id in run_ids:
        store.write(lambda tx, run_id=run_id: runs.delete(tx, run_id))  # type: ignore[misc]  # mypy can't infer it


def delete_experiment(store: Store, experiment: str) -> None:
    store.write(lambda tx: experiments.delete(tx, experiment))


def purge(store: Store, choice: Choice | None = None) -> Any:
    """Purge on this thread."""
    return store.purge.run(choice or everything(store), lambda progress: None)


def all_rows(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table, but for what belongs to the process and not to what was logged."""
    session = store.session()
    tables = [table for table in metadata.tables.values() if table.name not in ("receipt",)]
    return {table.name: set(session.all(f"SELECT * FROM {table.name}")) for table in tables}


def files(store: Store) -> set[str]:
    """All files and folders of the artifact store, without those that are being swept."""
    root = store.folder / "artifacts"
    return {
        str(path.relative_to(root))
        for path in Path(root).rglob("*")
        if ".runyard" not in path.relative_to(root).parts
    }
