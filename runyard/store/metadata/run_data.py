"""Loads runs with their latest metrics, parameters, tags, inputs and outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from runyard.entities import KeyValue, Metric, Run, RunData, RunInfo, wire_value
from runyard.errors import RunNotFound
from runyard.store.metadata.datasets import load_inputs, load_outputs
from runyard.store.metadata.session import Session, marks, slices

INFO_COLUMNS = (
    "id, run_id, name, experiment_id, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage"
)


def get(session: Session, run_id: str) -> Run:
    """The run with this id, deleted or not; raises RunNotFound."""
    with session.snapshot():
        return load(session, [find(session, run_id)])[0]


def get_info(session: Session, run_id: str) -> RunInfo:
    """The run's own fields; raises RunNotFound."""
    row = session.one(f"SELECT {INFO_COLUMNS} FROM run WHERE run_id = ?", (run_id,))
    if row is None:
        raise RunNotFound(run_id)
    return info(row)


def get_tag(session: Session, run_id: str, key: str) -> str | None:
    """The value of a run's tag; None when there is none."""
    row = session.one(
        "SELECT value FROM run_tag JOIN run ON run.id = run_tag.run_id WHERE run.run_id = ? AND key = ?",
        (run_id, key),
    )
    return None if row is None else str(row[0])


def find(session: Session, run_id: str) -> int:
    """The row id of a run; raises RunNotFound."""
    row = session.one("SELECT id FROM run WHERE run_id = ?", (run_id,))
    if row is None:
        raise RunNotFound(run_id)
    return int(row[0])


def find_many(session: Session, run_ids: Sequence[str]) -> dict[str, int]:
    """Row ids by run id, in the order asked; unknown ids are left out."""
    rows = session.all(f"SELECT run_id, id FROM run WHERE run_id IN ({marks(run_ids)})", list(run_ids))
    found: dict[str, int] = dict(rows)
    return {run_id: found[run_id] for run_id in run_ids if run_id in found}


def names_and_users(session: Session, run_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(name, user) of each of the runs that are here, by run id."""
    rows = session.all(
        f"SELECT run_id, name, user_id FROM run WHERE run_id IN ({marks(run_ids)})", list(run_ids)
    )
    return {run_id: (name, user) for run_id, name, user in rows}


def load(session: Session, keys: Sequence[int], metadata_only: bool = False) -> list[Run]:
    """The runs with these row ids, in this order.

    With `metadata_only`, metrics, parameters and inputs are left out: only the run's own fields and its tags.
    """
    runs: list[Run] = []
    for part in slices(keys):
        runs += _load_slice(session, part, metadata_only)
    return runs


def _load_slice(session: Session, keys: Sequence[int], metadata_only: bool) -> list[Run]:
    listed = marks(keys)
    found: dict[int, Run] = {}
    for row in session.iterate(f"SELECT {INFO_COLUMNS} FROM run WHERE id IN ({listed})", keys):
        found[row[0]] = Run(info(row), RunData([], [], []))
    tags = f"SELECT run_id, key, value FROM run_tag WHERE run_id IN ({listed})"
    add_tag = {key: run.data.tags.append for key, run in found.items()}
    for run, key, value in session.iterate(tags, keys):
        add_tag[run](KeyValue(key, value))
    if not metadata_only:
        _add_data(session, keys, listed, found)
    return [found[key] for key in keys if key in found]


def _add_data(session: Session, keys: Sequence[int], listed: str, found: dict[int, Run]) -> None:
    params = f"SELECT run_id, key, value FROM param WHERE run_id IN ({listed})"
    add_param = {key: run.data.params.append for key, run in found.items()}
    for run, key, value in session.iterate(params, keys):
        add_param[run](KeyValue(key, value))
    metrics = (
        "SELECT run_id, name, latest_value, latest_time, latest_step, latest_nan FROM series "
        f"WHERE run_id IN ({listed})"
    )
    add_metric = {key: run.data.metrics.append for key, run in found.items()}
    for run, name, value, time, step, nan in session.iterate(metrics, keys):
        add_metric[run](Metric(name, wire_value(value, nan), time, step))
    for run, inputs in load_inputs(session, keys).items():
        found[run].inputs = inputs
    for run, outputs in load_outputs(session, keys).items():
        found[run].outputs = outputs


def info(row: Sequence[Any]) -> RunInfo:
    """The run's own fields from a row of INFO_COLUMNS."""
    _, run_id, name, experiment_id, user_id, status, start_time, end_time, artifact_uri, stage = row
    # By position, in the order of the struct: a page has many of them.
    return RunInfo(
        run_id,
        run_id,
        name,
        str(experiment_id),
        user_id,
        status,
        start_time,
        end_time,
        artifact_uri,
        stage,
    )
