"""Selective starting points of a search: the few runs that one part of the filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from runyard.store.metadata.search.conditions import compare, series_column
from runyard.store.metadata.search.parameters import Binder, digits
from runyard.store.metadata.search.run_query import RUN_ID, RunQuery
from runyard.store.metadata.search.tree import Comparison, Tree, conjuncts
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Session

# Makes a SELECT of `id`s without duplicates, that an index answers: a superset of the answers.
Driver = Callable[[Binder], str]

_RANGES = ("=", "IN", "<", "<=", ">", ">=")
_FIRST_LIMIT = 1_000
# Of a parameter's or tag's value; see schema.py.
INDEXED_CHARACTERS = 64


def drivers(query: RunQuery) -> list[Driver]:
    """What the filter's parts offer, and the experiments themselves."""
    offered = [_driver(query, part) for part in conjuncts(query.tree)]
    return [driver for driver in offered if driver is not None] + [_scope(query)]


def cheapest(session: Session, offered: Sequence[Driver], limit: int) -> Driver | None:
    """The driver with the fewest rows, when it has fewer than `limit`; it counts no further than it must."""
    step = _FIRST_LIMIT
    while True:
        step = min(step, limit)
        counts = [_count(session, driver, step) for driver in offered]
        if counts and min(counts) < step:
            return offered[counts.index(min(counts))]
        if step == limit:
            return None
        step *= 10


def _count(session: Session, driver: Driver, limit: int) -> int:
    binder = Binder()
    sql = f"SELECT COUNT(*) FROM ({driver(binder)} LIMIT {int(limit)}) x"
    row = session.one(sql, binder.values)
    return int(row[0]) if row else 0


def _scope(query: RunQuery) -> Driver:
    def sql(binder: Binder) -> str:
        return f"SELECT r.id AS id FROM run r WHERE {query.scope(binder)} AND {query.start_range(binder)}"

    return sql


def _driver(query: RunQuery, part: Tree) -> Driver | None:
    if not isinstance(part, Comparison) or part.operator not in _RANGES:
        return None
    if part.name.kind == "metric" and part.name.aggregate == "latest":
        return lambda binder: _by_series(query, part, binder)
    if part.name.kind in ("param", "tag"):
        return lambda binder: _by_value(part, binder)
    if part.name == RUN_ID:
        return lambda binder: _by_run_id(part, binder)
    return None


def _by_series(query: RunQuery, part: Comparison, binder: Binder) -> str:
    return (
        f"SELECT c.run_id AS id FROM series c WHERE c.experiment_id IN ({digits(query.experiments)}) "
        f"AND c.name = {binder.bind(part.name.key)} AND c.latest_nan = 0 "
        f"AND {compare(series_column(part.name), part.operator, part.value, binder)}"
    )


def _by_value(part: Comparison, binder: Binder) -> str:
    table = RUNS.tables[part.name.kind].table
    values = part.value if isinstance(part.value, tuple) else (part.value,)
    starts = binder.bind_list({str(value)[:INDEXED_CHARACTERS]: None for value in values})
    # Longer values that start alike are told apart by the filter, which is asked for every run.
    return (
        f"SELECT c.run_id AS id FROM {table} c "
        f"WHERE c.key = {binder.bind(part.name.key)} AND substr(c.value, 1, 64) IN ({starts})"
    )


def _by_run_id(part: Comparison, binder: Binder) -> str:
    column = RUNS.attributes["run_id"].column
    return f"SELECT r.id AS id FROM run r WHERE {compare(column, part.operator, part.value, binder)}"
