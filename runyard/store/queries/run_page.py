"""What the page of one run shows: the run with parameters and tags, and what is known of its metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from runyard.entities import wire_value
from runyard.store.metadata.run_data import find
from runyard.store.metadata.session import Session, in_list
from runyard.store.queries.children import child_count
from runyard.store.queries.run_rows import ListedRun, Number, listed


@dataclass
class RunPageData:
    """What a run's page shows beside its metrics."""

    run: ListedRun
    metric_count: int
    child_count: int
    params: list[tuple[str, str]]
    tags: list[tuple[str, str]]


def run_page(session: Session, run_id: str) -> RunPageData:
    """One run with parameters and tags by name; raises RunNotFound."""
    with session.snapshot():
        key = find(session, run_id)
        run = listed(session, [key])[0]
        count = session.one("SELECT count(*) FROM series WHERE run_id = :key", {"key": key})
        return RunPageData(
            run=run,
            metric_count=count[0] if count else 0,
            child_count=child_count(session, run_id),
            params=_pairs(session, "param", key),
            tags=_pairs(session, "run_tag", key),
        )


def _pairs(session: Session, table: str, key: int) -> list[tuple[str, str]]:
    rows = session.all(f"SELECT key, value FROM {table} WHERE run_id = :run ORDER BY key", {"run": key})
    return [(name, value) for name, value in rows]


@dataclass
class MetricColumns:
    """The latest point of each metric of a run; columns of equal length, by name."""

    names: list[str] = field(default_factory=list)
    latest: list[Number] = field(default_factory=list)
    latest_step: list[int] = field(default_factory=list)


def metric_columns(session: Session, run_id: str, only: Sequence[str] = ()) -> MetricColumns:
    """All metrics of a run, or those named in `only`; raises RunNotFound."""
    sql = """
        SELECT name, latest_value, latest_nan, latest_step FROM series WHERE run_id = :run
    """
    columns = MetricColumns()
    with session.snapshot():
        parameters: dict[str, object] = {"run": find(session, run_id)}
        if only:
            names, chosen = in_list(only, "name")
            sql += f" AND name IN ({names})"
            parameters |= chosen
        for name, value, nan, step in session.iterate(sql + " ORDER BY name", parameters):
            columns.names.append(name)
            columns.latest.append(wire_value(value, nan))
            columns.latest_step.append(step)
    return columns
