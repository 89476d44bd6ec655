"""What runs read and made: datasets and models as inputs, models as outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from runyard.entities import (
    Dataset,
    DatasetInput,
    Entity,
    KeyValue,
    ModelInput,
    ModelOutput,
    RunInputs,
    RunOutputs,
)
from runyard.errors import InvalidParameter, MissingParameter
from runyard.rules import MAX_STEP, MIN_STEP, check_length, check_text
from runyard.store.metadata.experiments import key_of
from runyard.store.metadata.session import Session, marks
from runyard.store.transaction import Transaction

# Limits of MLflow 3.17.
MAX_DATASETS = 1000
MAX_NAME = 500
MAX_DIGEST = 36
MAX_SOURCE = 65_535
MAX_SCHEMA = 1_048_575
MAX_PROFILE = 16_777_215
MAX_TAG_KEY = 255
MAX_TAG_VALUE = 500
MAX_SUMMARIES = 1000
CONTEXT_TAG = "mlflow.data.context"

_tags = msgspec.json.Decoder(list[KeyValue])


class DatasetSummary(Entity):
    """A dataset of an experiment, and what it was used for."""

    experiment_id: str
    name: str
    digest: str
    context: str | None = None


class Inputs(NamedTuple):
    """What one request logs as the inputs of a run."""

    run_id: str
    datasets: Sequence[DatasetInput]
    models: Sequence[str]


def check_inputs(inputs: Inputs) -> None:
    """Check names and lengths; raises MissingParameter or InvalidParameter."""
    if len(inputs.datasets) > MAX_DATASETS:
        raise InvalidParameter(
            f"A request may log at most {MAX_DATASETS} datasets; this one has {len(inputs.datasets)}."
        )
    for given in inputs.datasets:
        _check_dataset(given.dataset)
        for tag in given.tags:
            if not tag.key:
                raise MissingParameter("key")
            _check(tag.key, "key", MAX_TAG_KEY)
            _check(tag.value, f"tag '{tag.key}'", MAX_TAG_VALUE)
    for model_id in inputs.models:
        _check_model_id(model_id)


def _check_dataset(dataset: Dataset) -> None:
    for field, value in (("name", dataset.name), ("digest", dataset.digest)):
        if not value:
            raise MissingParameter(field)
    for field, text, limit in (
        ("name", dataset.name, MAX_NAME),
        ("digest", dataset.digest, MAX_DIGEST),
        ("source_type", dataset.source_type, MAX_DIGEST),
        ("source", dataset.source, MAX_SOURCE),
        ("schema", dataset.schema or "", MAX_SCHEMA),
        ("profile", dataset.profile or "", MAX_PROFILE),
    ):
        _check(text, field, limit)


def _check(value: str, field: str, limit: int) -> None:
    check_length(value, field, limit)
    check_text(value, field)


def _check_model_id(model_id: str) -> None:
    if not model_id:
        raise MissingParameter("model_id")
    _check(model_id, "model_id", MAX_TAG_KEY)


def log_inputs(transaction: Transaction, inputs: Inputs) -> None:
    """Log datasets and models that a run read.

    A dataset is known by its name and digest within the experiment, and is an input of a run once: what was
    logged first stays, as in MLflow.
    """
    check_inputs(inputs)
    run = transaction.runs.active(inputs.run_id)
    session = transaction.session
    position = _count(session, "run_dataset", run.key)
    for offset, given in enumerate(inputs.datasets):
        dataset = _dataset_key(session, run.experiment_id, given.dataset)
        session.run(
            "INSERT INTO run_dataset (run_id, dataset_id, position, tags, context) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (run_id, dataset_id) DO NOTHING",
            (run.key, dataset, position + offset, msgspec.json.encode(given.tags).decode(), _context(given)),
        )
    _put_models(transaction, run.key, "input", [ModelOutput(model_id) for model_id in inputs.models])
    transaction.announce(run.run_id, run.experiment_id, "tags")


def _context(given: DatasetInput) -> str | None:
    return {tag.key: tag.value for tag in given.tags}.get(CONTEXT_TAG)


def _dataset_key(session: Session, experiment: int, dataset: Dataset) -> int:
    known = session.one(
        "SELECT id FROM dataset WHERE experiment_id = ? AND name = ? AND digest = ?",
        (experiment, dataset.name, dataset.digest),
    )
    if known is not None:
        return int(known[0])
    return session.insert(
        "INSERT INTO dataset (experiment_id, name, digest, source_type, source, schema, profile) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            experiment,
            dataset.name,
            dataset.digest,
            dataset.source_type,
            dataset.source,
            dataset.schema,
            dataset.profile,
        ),
    )


def log_outputs(transaction: Transaction, run_id: str, models: Sequence[ModelOutput]) -> None:
    """Log models that a run made; one that is logged again takes the new step."""
    for model in models:
        _check_model_id(model.model_id)
        if not MIN_STEP <= model.step <= MAX_STEP:
            raise InvalidParameter(
                f"Invalid value {model.step} for parameter 'step': it must be from {MIN_STEP} to {MAX_STEP}."
            )
    run = transaction.runs.active(run_id)
    _put_models(transaction, run.key, "output", models)
    transaction.announce(run.run_id, run.experiment_id, "artifacts")


def _put_models(transaction: Transaction, run: int, direction: str, models: Sequence[ModelOutput]) -> None:
    if not models:
        return
    session = transaction.session
    position = _count(session, "run_model", run)
    session.many(
        "INSERT INTO run_model (run_id, direction, model_id, step, position) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (run_id, direction, model_id) DO UPDATE SET step = excluded.step",
        [
            (run, direction, model.model_id, model.step, position + offset)
            for offset, model in enumerate(models)
        ],
    )


def _count(session: Session, table: str, run: int) -> int:
    row = session.one(f"SELECT COUNT(*) FROM {table} WHERE run_id = ?", (run,))
    return 0 if row is None else int(row[0])


def load_inputs(session: Session, runs: Sequence[int]) -> dict[int, RunInputs]:
    """The inputs of those of these runs (row ids, at most some thousands) that have any."""
    found: dict[int, RunInputs] = {}
    listed = marks(runs)
    datasets = (
        "SELECT r.run_id, r.tags, d.name, d.digest, d.source_type, d.source, d.schema, d.profile "
        f"FROM run_dataset r JOIN dataset d ON d.id = r.dataset_id WHERE r.run_id IN ({listed}) "
        "ORDER BY r.run_id, r.position"
    )
    for run, tags, *dataset in session.iterate(datasets, runs):
        inputs = found.setdefault(run, RunInputs([], []))
        inputs.dataset_inputs.append(DatasetInput(Dataset(*dataset), _tags.decode(tags)))
    models = (
        f"SELECT run_id, model_id FROM run_model WHERE run_id IN ({listed}) AND direction = 'input' "
        "ORDER BY run_id, position"
    )
    for run, model_id in session.iterate(models, runs):
        found.setdefault(run, RunInputs([], [])).model_inputs.append(ModelInput(model_id))
    return found


def load_outputs(session: Session, runs: Sequence[int]) -> dict[int, RunOutputs]:
    """The outputs of those of these runs (row ids, at most some thousands) that have any."""
    found: dict[int, RunOutputs] = {}
    listed = marks(runs)
    models = (
        f"SELECT run_id, model_id, step FROM run_model WHERE run_id IN ({listed}) AND direction = 'output' "
        "ORDER BY run_id, position"
    )
    for run, model_id, step in session.iterate(models, runs):
        found.setdefault(run, RunOutputs([])).model_outputs.append(ModelOutput(model_id, step))
    return found


def summarize(session: Session, experiment_ids: Sequence[str]) -> list[DatasetSummary]:
    """The datasets of these experiments with what they were used for, at most MAX_SUMMARIES."""
    keys = [key_of(experiment_id) for experiment_id in experiment_ids]
    rows = session.all(
        "SELECT DISTINCT d.experiment_id, d.name, d.digest, r.context FROM dataset d "
        f"JOIN run_dataset r ON r.dataset_id = d.id WHERE d.experiment_id IN ({marks(keys)}) "
        f"ORDER BY d.experiment_id, d.name, d.digest, r.context LIMIT {MAX_SUMMARIES}",
        keys,
    )
    return [DatasetSummary(str(experiment), *rest) for experiment, *rest in rows]
