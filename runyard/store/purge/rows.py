"""Takes runs and logged models out of the database, in writes that are short each.

`mark_runs` makes runs vanish: from then on nobody finds them, and their rows are *tombs*, which say what is still to be
removed. Their ids become `purged:<random>:<id that they had>`, so that no client can name them. `delete_rows` empties
tombs slice by slice, and `bury_runs` removes them when their files are gone, too. Whatever happens between, tombs are
found again.

A series' chunks go before its row: a series id may be given again as soon as no row has it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from typing import NamedTuple

from runyard.store.metadata.session import Session, in_list
from runyard.store.purge.plan import (
    AFTER_TOMB,
    TOMB,
    TrashedModel,
    TrashedRun,
    model_holders,
    run_holders,
)
from runyard.store.transaction import Transaction

PURGED = "purged"
# What one write may take, but for its last statement.
SLICE_SECONDS = 0.004
# Rows per statement: chunks have pages of their own beside the row.
_CHUNKS = 32
_ROWS = 256
_DATASETS = 8


class Tomb(NamedTuple):
    """A run or a logged model that nobody finds any more; `id` is what it was called, `tomb_id` what it is now."""

    key: int
    tomb_id: str
    artifact_uri: str

    @property
    def id(self) -> str:
        """The id that it had."""
        return self.tomb_id.split(":", 2)[2]


def _tomb_id(identity: str) -> str:
    return f"{TOMB}{secrets.token_hex(16)}:{identity}"


def mark_runs(transaction: Transaction, runs: Sequence[TrashedRun], before: int) -> list[TrashedRun]:
    """Turn those runs that are still in the trash, and that no registered version needs, into tombs; the others.

    Their logged models become tombs with them.
    """
    session = transaction.session
    holders = run_holders(session, runs)
    left = []
    for run in runs:
        tomb = _tomb_id(run.run_id)
        marked = run.run_id not in holders and session.run(
            "UPDATE run SET run_id = ?, lifecycle_stage = ?, deleted_time = NULL "
            "WHERE id = ? AND lifecycle_stage = 'deleted' AND deleted_time <= ?",
            (tomb, PURGED, run.key, before),
        )
        if not marked:
            left.append(run)
            continue
        models = session.all(
            "SELECT id, model_id, name FROM logged_model WHERE source_run_id = ?", (run.run_id,)
        )
        _mark_models(session, [TrashedModel(*model) for model in models], tomb)
        transaction.runs.forget(run.run_id)
        transaction.announce(run.run_id, run.experiment_id, "deleted")
    return left


def mark_models(transaction: Transaction, models: Sequence[TrashedModel]) -> list[TrashedModel]:
    """Turn logged models that no registered version needs into tombs; the others."""
    session = transaction.session
    holders = model_holders(session, [model.model_id for model in models])
    _mark_models(session, [model for model in models if model.model_id not in holders], "")
    return [model for model in models if model.model_id in holders]


def _mark_models(session: Session, models: Sequence[TrashedModel], run_tomb: str) -> None:
    session.many(
        "UPDATE logged_model SET model_id = ?, source_run_id = ?, lifecycle_stage = 'deleted' WHERE id = ?",
        [(_tomb_id(model.model_id), run_tomb, model.key) for model in models],
    )


def run_tombs(session: Session, limit: int) -> list[Tomb]:
    """Runs that are being purged."""
    rows = session.all(
        "SELECT id, run_id, artifact_uri FROM run WHERE lifecycle_stage = ? ORDER BY start_time DESC LIMIT ?",
        (PURGED, limit),
    )
    return [Tomb(*row) for row in rows]


def model_tombs(session: Session, limit: int) -> list[Tomb]:
    """Logged models that are being purged."""
    rows = session.all(
        "SELECT id, model_id, artifact_location FROM logged_model WHERE model_id >= ? AND model_id < ? LIMIT ?",
        (TOMB, AFTER_TOMB, limit),
    )
    return [Tomb(*row) for row in rows]


def models_of(session: Session, runs: Sequence[Tomb]) -> list[Tomb]:
    """The logged models of tombs."""
    marks, ids = in_list([run.tomb_id for run in runs], "id")
    rows = session.all(
        f"SELECT id, model_id, artifact_location FROM logged_model WHERE source_run_id IN ({marks})", ids
    )
    return [Tomb(*row) for row in rows]


class References(NamedTuple):
    """Rows of other runs and models that name a purged one by its text: keys of `run_model`, `logged_model_metric`."""

    run_models: list[tuple[int, str, str]]
    model_metrics: list[tuple[int, str, str, str, str]]


def references(session: Session, runs: Sequence[Tomb], models: Sequence[Tomb]) -> References:
    """Find them; no index leads there, so this reads both tables, on a reader's connection."""
    run_models: list[tuple[int, str, str]] = []
    metrics: list[tuple[int, str, str, str, str]] = []
    if models:
        marks, ids = in_list([model.id for model in models], "id")
        sql = f"SELECT run_id, direction, model_id FROM run_model WHERE model_id IN ({marks})"
        run_models = [(run, direction, model) for run, direction, model in session.all(sql, ids)]
    if runs:
        marks, ids = in_list([run.id for run in runs], "id")
        sql = (
            "SELECT model_id, name, dataset_name, dataset_digest, run_id FROM logged_model_metric "
            f"WHERE run_id IN ({marks})"
        )
        metrics = [
            (model, name, dataset, digest, run) for model, name, dataset, digest, run in session.all(sql, ids)
        ]
    return References(run_models, metrics)


def delete_references(transaction: Transaction, found: References) -> None:
    """Delete at most some hundred rows that `references` found."""
    transaction.session.many(
        "DELETE FROM run_model WHERE run_id = ? AND direction = ? AND model_id = ?", found.run_models
    )
    transaction.session.many(
        "DELETE FROM logged_model_metric WHERE model_id = ? AND name = ? AND dataset_name = ? "
        "AND dataset_digest = ? AND run_id = ?",
        found.model_metrics,
    )


# In the order in which a run is emptied: its key columns, table, and rows of one statement.
_TABLES = (
    ("run_id, id", "metric_tail", _ROWS),
    ("series_id, seq", "metric_chunk", _CHUNKS),
    ("run_id, name", "series", _ROWS),
    ("run_id, key", "param", _ROWS),
    ("run_id, key", "run_tag", _ROWS),
    ("run_id, direction, model_id", "run_model", _ROWS),
)


def delete_rows(transaction: Transaction, keys: Sequence[int], seconds: float = SLICE_SECONDS) -> list[int]:
    """Delete rows of tombs, in this order, until `seconds` have passed; those that are not empty yet."""
    end = time.perf_counter() + seconds
    for index, key in enumerate(keys):
        # At least one statement, however late it is.
        if (index > 0 and time.perf_counter() >= end) or not _empty(transaction.session, key, end):
            return list(keys[index:])
    return []


def _empty(session: Session, run: int, end: float) -> bool:
    for columns, table, limit in _TABLES:
        while True:
            rows = session.all(f"SELECT {columns} FROM {table} WHERE run_id = ? LIMIT ?", (run, limit))
            where = " AND ".join(f"{column} = ?" for column in columns.split(", "))
            session.many(f"DELETE FROM {table} WHERE {where}", rows)
            if len(rows) < limit:
                break
            if time.perf_counter() >= end:
                return False
    return _forget_datasets(session, run, end)


def _forget_datasets(session: Session, run: int, end: float) -> bool:
    """Delete what the run read, and those datasets that no other run did; their profiles can be large."""
    while True:
        rows = session.all("SELECT dataset_id FROM run_dataset WHERE run_id = ? LIMIT ?", (run, _DATASETS))
        for (dataset,) in rows:
            session.run("DELETE FROM run_dataset WHERE run_id = ? AND dataset_id = ?", (run, dataset))
            if session.one("SELECT 1 FROM run_dataset WHERE dataset_id = ? LIMIT 1", (dataset,)) is None:
                session.run("DELETE FROM dataset WHERE id = ?", (dataset,))
        if len(rows) < _DATASETS:
            return True
        if time.perf_counter() >= end:
            return False


def bury_models(transaction: Transaction, models: Sequence[Tomb]) -> None:
    """Remove the rows of logged models, and with them their tags, parameters and metrics."""
    transaction.session.many("DELETE FROM logged_model WHERE id = ?", [(model.key,) for model in models])


def bury_runs(transaction: Transaction, runs: Sequence[Tomb]) -> None:
    """Remove the rows of runs that `delete_rows` has emptied."""
    transaction.session.many("DELETE FROM run WHERE id = ?", [(run.key,) for run in runs])


def bury_experiment(transaction: Transaction, key: int, seconds: float = SLICE_SECONDS) -> str | None:
    """Remove an experiment without runs and models from the trash; None when it has to stay.

    Otherwise its artifacts' location, or "" when there was too much for one write: then call it again.
    """
    session = transaction.session
    end = time.perf_counter() + seconds
    row = session.one(
        "SELECT artifact_location FROM experiment WHERE id = :key AND lifecycle_stage = 'deleted' "
        "AND NOT EXISTS (SELECT 1 FROM run WHERE experiment_id = :key) "
        "AND NOT EXISTS (SELECT 1 FROM logged_model WHERE experiment_id = :key)",
        {"key": key},
    )
    if row is None:
        return None
    while True:
        datasets = session.all("SELECT id FROM dataset WHERE experiment_id = ? LIMIT ?", (key, _DATASETS))
        session.many("DELETE FROM dataset WHERE id = ?", datasets)
        if len(datasets) < _DATASETS:
            break
        if time.perf_counter() >= end:
            return ""
    session.run("DELETE FROM experiment WHERE id = ?", (key,))
    transaction.runs.forget()
    return str(row[0]) or "?"
