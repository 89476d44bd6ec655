"""Metrics of logged models: those that a client logs to a run and to a model at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from runyard.errors import LoggedModelNotFound
from runyard.store.metadata.session import Session
from runyard.store.transaction import Transaction

# As late a step, and as late a time: then what arrived last stays.
_PUT = """
    INSERT INTO logged_model_metric (model_id, name, dataset_name, dataset_digest, run_id, step, timestamp,
                                     value, value_nan)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (model_id, name, dataset_name, dataset_digest, run_id) DO UPDATE SET
        step = excluded.step, timestamp = excluded.timestamp,
        value = excluded.value, value_nan = excluded.value_nan
    WHERE (excluded.step, excluded.timestamp) >= (logged_model_metric.step, logged_model_metric.timestamp)
"""


class ModelMetric(Protocol):
    """A checked point of a metric; `key`, `value`, `timestamp` and `model_id` are there."""

    @property
    def key(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def timestamp(self) -> int | None: ...
    @property
    def step(self) -> int | None: ...
    @property
    def model_id(self) -> str | None: ...
    @property
    def dataset_name(self) -> str | None: ...
    @property
    def dataset_digest(self) -> str | None: ...


def record_model_metrics(transaction: Transaction, run_id: str, metrics: Sequence[ModelMetric]) -> None:
    """Keep the latest of each metric of a logged model, per run and dataset.

    Those of `metrics` that name no model are passed over. Raises LoggedModelNotFound before it writes anything.
    """
    named = [metric for metric in metrics if metric.model_id]
    models = {metric.model_id or "": 0 for metric in named}
    for model_id in models:
        models[model_id] = _key(transaction.session, model_id)
    transaction.session.many(
        _PUT,
        [
            (
                models[metric.model_id or ""],
                metric.key,
                metric.dataset_name or "",
                metric.dataset_digest or "",
                run_id,
                metric.step or 0,
                metric.timestamp,
                metric.value,
                # SQLite stores a NaN as NULL.
                int(metric.value != metric.value),
            )
            for metric in named
        ],
    )


def _key(session: Session, model_id: str) -> int:
    row = session.one("SELECT id FROM logged_model WHERE model_id = ?", (model_id,))
    if row is None:
        raise LoggedModelNotFound(model_id)
    return int(row[0])
