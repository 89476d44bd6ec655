"""Reads what the studio's pages show, with plain SQL and only the columns that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from runyard.entities import wire_value
from runyard.store.metadata.run_data import find
from runyard.store.metadata.session import Session, in_list

Number = float | str
PARENT_TAG = "mlflow.parentRunId"
SLICE = 500


@dataclass
class ListedRun:
    """A run's own fields, and of its metrics and parameters those that were asked for."""

    run_id: str
    name: str
    experiment_id: str
    experiment_name: str
    user: str
    status: str
    lifecycle_stage: str
    start_time: int | None
    end_time: int | None
    artifact_uri: str
    parent_run_id: str | None
    metrics: dict[str, Number] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)


_RUNS = f"""
    SELECT run.id, run.run_id, run.name, run.experiment_id, experiment.name, run.user_id, run.status,
           run.lifecycle_stage, run.start_time, run.end_time, run.artifact_uri, parent.value
    FROM run JOIN experiment ON experiment.id = run.experiment_id
    LEFT JOIN run_tag parent ON parent.run_id = run.id AND parent.key = '{PARENT_TAG}'
"""


def listed(
    session: Session, keys: Sequence[int], metrics: Sequence[str] = (), params: Sequence[str] = ()
) -> list[ListedRun]:
    """The runs with these row ids, in this order."""
    found: dict[int, ListedRun] = {}
    for start in range(0, len(keys), SLICE):
        marks, values = in_list(keys[start : start + SLICE], "id")
        for row in session.iterate(f"{_RUNS} WHERE run.id IN ({marks})", values):
            key, run_id, name, experiment, *others = row
            found[key] = ListedRun(run_id, name, str(experiment), *others)
        if metrics:
            _add_metrics(session, found, marks, values, metrics)
        if params:
            _add_params(session, found, marks, values, params)
    return [found[key] for key in keys if key in found]


def _add_metrics(
    session: Session,
    found: dict[int, ListedRun],
    marks: str,
    values: dict[str, object],
    metrics: Sequence[str],
) -> None:
    names, chosen = in_list(metrics, "name")
    rows = session.iterate(
        f"SELECT run_id, name, latest_value, latest_nan FROM series WHERE run_id IN ({marks}) AND name IN ({names})",
        values | chosen,
    )
    for key, name, value, nan in rows:
        found[key].metrics[name] = wire_value(value, nan)


def _add_params(
    session: Session,
    found: dict[int, ListedRun],
    marks: str,
    values: dict[str, object],
    params: Sequence[str],
) -> None:
    names, chosen = in_list(params, "name")
    rows = session.iterate(
        f"SELECT run_id, key, value FROM param WHERE run_id IN ({marks}) AND key IN ({names})",
        values | chosen,
    )
    for key, name, value in rows:
        found[key].params[name] = value


@dataclass
class RunPageData:
    """What a run's page shows beside its metrics."""

    run: ListedRun
    parent_name: str | None
    metric_count: int
    params: list[tuple[str, str]]
    tags: list[tuple[str, str]]


def run_page(session: Session, run_id: str) -> RunPageData:
    """One run with parameters and tags by name; raises RunNotFound."""
    with session.snapshot():
        key = find(session, run_id)
        run = listed(session, [key])[0]
        parent = session.one("SELECT name FROM run WHERE run_id = :id", {"id": run.parent_run_id})
        count = session.one("SELECT count(*) FROM series WHERE run_id = :key", {"key": key})
        return RunPageData(
            run=run,
            parent_name=parent[0] if parent else None,
            metric_count=count[0] if count else 0,
            params=_pairs(session, "param", key),
            tags=_pairs(session, "run_tag", key),
        )


def _pairs(session: Session, table: str, key: int) -> list[tuple[str, str]]:
    rows = session.all(f"SELECT key, value FROM {table} WHERE run_id = :run ORDER BY key", {"run": key})
    return [(name, value) for name, value in rows]


@dataclass
class MetricColumns:
    """What is known of each metric of a run without touching points; columns of equal length, by name."""

    names: list[str] = field(default_factory=list)
    latest: list[Number] = field(default_factory=list)
    latest_step: list[int] = field(default_factory=list)
    latest_time: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    min: list[Number | None] = field(default_factory=list)
    max: list[Number | None] = field(default_factory=list)


def metric_columns(session: Session, run_id: str, only: Sequence[str] = ()) -> MetricColumns:
    """All metrics of a run, or those named in `only`; raises RunNotFound."""
    sql = """
        SELECT name, latest_value, latest_nan, latest_step, latest_time, count, min_value, max_value
        FROM series WHERE run_id = :run
    """
    columns = MetricColumns()
    with session.snapshot():
        parameters: dict[str, object] = {"run": find(session, run_id)}
        if only:
            names, chosen = in_list(only, "name")
            sql += f" AND name IN ({names})"
            parameters |= chosen
        for name, value, nan, step, time, count, least, greatest in session.iterate(
            sql + " ORDER BY name", parameters
        ):
            columns.names.append(name)
            columns.latest.append(wire_value(value, nan))
            columns.latest_step.append(step)
            columns.latest_time.append(time)
            columns.count.append(count)
            columns.min.append(None if least is None else wire_value(least))
            columns.max.append(None if greatest is None else wire_value(greatest))
    return columns
