"""Rows of runs as lists show them: a run's own fields, and the columns that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from runyard.entities import wire_value
from runyard.store.metadata.search.run_tree import PARENT_TAG
from runyard.store.metadata.session import Session, in_list, slices

Number = float | str


class Columns(NamedTuple):
    """Names of what is asked for of each run: latest, least and greatest values of metrics, parameters, tags."""

    metrics: Sequence[str] = ()
    metric_min: Sequence[str] = ()
    metric_max: Sequence[str] = ()
    params: Sequence[str] = ()
    tags: Sequence[str] = ()


NO_COLUMNS = Columns()


@dataclass
class ListedRun:
    """A run's own fields, and of its metrics, parameters and tags those that were asked for."""

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
    parent_run_name: str | None
    # Of a run that is a job.
    job_state: str | None
    metrics: dict[str, Number] = field(default_factory=dict)
    metric_min: dict[str, Number] = field(default_factory=dict)
    metric_max: dict[str, Number] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


_RUNS = f"""
    SELECT run.id, run.run_id, run.name, run.experiment_id, experiment.name, run.user_id, run.status,
           run.lifecycle_stage, run.start_time, run.end_time, run.artifact_uri, link.value, parent.name, job.state
    FROM run JOIN experiment ON experiment.id = run.experiment_id
    LEFT JOIN job ON job.run_id = run.id
    LEFT JOIN run_tag link ON link.run_id = run.id AND link.key = '{PARENT_TAG}'
    LEFT JOIN run parent ON parent.run_id = link.value
"""


def listed(session: Session, keys: Sequence[int], columns: Columns = NO_COLUMNS) -> list[ListedRun]:
    """The runs with these row ids, in this order."""
    found: dict[int, ListedRun] = {}
    for part in slices(keys):
        marks, values = in_list(part, "id")
        for row in session.iterate(f"{_RUNS} WHERE run.id IN ({marks})", values):
            key, run_id, name, experiment, *others = row
            found[key] = ListedRun(run_id, name, str(experiment), *others)
        _add_metrics(session, found, marks, values, columns)
        for table, names in (("param", columns.params), ("run_tag", columns.tags)):
            if names:
                _add_texts(session, found, marks, values, table, names)
    return [found[key] for key in keys if key in found]


def _add_metrics(
    session: Session, found: dict[int, ListedRun], marks: str, values: dict[str, object], columns: Columns
) -> None:
    latest, least, greatest = map(set, columns[:3])
    wanted = sorted(latest | least | greatest)
    if not wanted:
        return
    names, chosen = in_list(wanted, "name")
    rows = session.iterate(
        "SELECT run_id, name, latest_value, latest_nan, min_value, max_value FROM series "
        f"WHERE run_id IN ({marks}) AND name IN ({names})",
        values | chosen,
    )
    for key, name, value, nan, low, high in rows:
        run = found[key]
        if name in latest:
            run.metrics[name] = wire_value(value, nan)
        # Both are missing when every value is NaN.
        if name in least:
            run.metric_min[name] = wire_value(low)
        if name in greatest:
            run.metric_max[name] = wire_value(high)


def _add_texts(
    session: Session,
    found: dict[int, ListedRun],
    marks: str,
    values: dict[str, object],
    table: str,
    wanted: Sequence[str],
) -> None:
    names, chosen = in_list(wanted, "name")
    rows = session.iterate(
        f"SELECT run_id, key, value FROM {table} WHERE run_id IN ({marks}) AND key IN ({names})",
        values | chosen,
    )
    for key, name, value in rows:
        (found[key].params if table == "param" else found[key].tags)[name] = value
