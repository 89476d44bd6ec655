"""Reads `series` rows: what a run's metrics are and where they stand, without touching points."""

from __future__ import annotations

import math

import msgspec

from runyard.store.metadata.session import Row, Session

COLUMNS = """run_id, id, name, count, latest_step, latest_time, latest_value, latest_nan, min_value, max_value,
    min_step, max_step, min_time, max_time, non_finite"""


class SeriesRow(msgspec.Struct, frozen=True):
    """One metric of one run.

    `latest_*` is the point with the largest (step, time, arrival); its value may be NaN. `min_value` and
    `max_value` leave out NaN but not infinities and are None when every value is NaN.
    """

    run_pk: int
    id: int
    name: str
    count: int
    latest_step: int
    latest_time: int
    latest_value: float
    min_value: float | None
    max_value: float | None
    min_step: int
    max_step: int
    min_time: int
    max_time: int
    non_finite: int


def find_series(session: Session, run_pk: int, name: str) -> SeriesRow | None:
    """The series called `name` of the run whose row has id `run_pk`, if it has points."""
    row = session.one(f"SELECT {COLUMNS} FROM series WHERE run_id = :run AND name = :name", _of(run_pk, name))
    return None if row is None else _series(row)


def list_series(
    session: Session, run_pk: int, *, after: str = "", limit: int | None = None
) -> list[SeriesRow]:
    """A run's series by name; only those that sort behind `after`, at most `limit`."""
    sql = f"SELECT {COLUMNS} FROM series WHERE run_id = :run AND name > :name ORDER BY name"
    parameters = _of(run_pk, after)
    if limit is not None:
        sql += " LIMIT :limit"
        parameters["limit"] = limit
    return [_series(row) for row in session.iterate(sql, parameters)]


def busiest_series(session: Session, run_pk: int, limit: int) -> list[SeriesRow]:
    """The `limit` series of a run with the most points, most first."""
    sql = f"SELECT {COLUMNS} FROM series WHERE run_id = :run ORDER BY count DESC, name LIMIT :limit"
    return [_series(row) for row in session.iterate(sql, {"run": run_pk, "limit": limit})]


def _of(run_pk: int, name: str) -> dict[str, int | str]:
    return {"run": run_pk, "name": name}


def _series(row: Row) -> SeriesRow:
    run_pk, identity, name, count, step, time, value, nan, *rest = row
    return SeriesRow(run_pk, identity, name, count, step, time, math.nan if nan else value, *rest)
