"""Searches of runs.

An index gives the runs in the asked order (run_streams.py), and the filter is probed run by run, until the page is
full. When too many runs fail the filter, the search starts again from the most selective part of the filter
(run_drivers.py) and sorts what is left. docs/reference/search.md tells what each costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.ordering import after, columns, joins, order, places
from runyard.store.metadata.search.page import (
    STAGES,
    Page,
    ViewType,
    check_max_results,
    decode_token,
    encode_token,
    fingerprint,
)
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.run_drivers import Driver, cheapest, drivers
from runyard.store.metadata.search.run_query import RunQuery, complete, experiment_numbers
from runyard.store.metadata.search.run_streams import COLUMNS, ID, IS_ANSWER, Phase, phases, read
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Row, Session

DEFAULT_RESULTS = 1_000
MOST_RESULTS = 50_000

# After so many rows the reader asks whether another plan would be cheaper, and again after ten times as many.
_CHECK_AFTER = 1_000
# Starting from a driver costs about three times as much per row as reading on.
_DRIVER_COST = 3
_COUNT_LIMIT = 100_000


def search_runs(
    session: Session,
    experiment_ids: Sequence[str],
    filter: str | None = None,
    order_by: Sequence[str] = (),
    view: ViewType = "ACTIVE_ONLY",
    max_results: int = DEFAULT_RESULTS,
    page_token: str | None = None,
) -> Page:
    """One page of the runs of some experiments.

    Unknown experiments have no runs. The order is `order_by`, then start time (newest first), then run_id; runs
    without a value come last, after those with a NaN. Raises InvalidParameter (FilterError for the expressions).
    """
    check_max_results(max_results, MOST_RESULTS)
    experiments = experiment_numbers(experiment_ids)
    tree = parse_filter(filter, RUNS)
    terms = complete(parse_order(order_by, RUNS))
    asked = fingerprint("runs", sorted(experiments), filter or "", list(order_by), view)
    last = decode_token(page_token, asked, RunQuery(experiments, (), tree, terms).keys(Binder()))
    query = RunQuery(experiments, STAGES[view], tree, terms, last)
    if not experiments:
        return Page([])
    with session.snapshot():
        rows = _find(session, query, max_results + 1)
    token = None
    if len(rows) > max_results:
        token = encode_token(asked, places(rows[max_results - 1][COLUMNS:]))
    return Page([row[ID] for row in rows[:max_results]], token)


def count_runs(
    session: Session,
    experiment_ids: Sequence[str],
    filter: str | None = None,
    view: ViewType = "ACTIVE_ONLY",
) -> int:
    """How many runs `search_runs` would answer on all its pages."""
    query = RunQuery(
        experiment_numbers(experiment_ids), STAGES[view], parse_filter(filter, RUNS), complete(())
    )
    if not query.experiments:
        return 0
    binder = Binder()
    with session.snapshot():
        driver = cheapest(session, drivers(query)[:-1], _COUNT_LIMIT) if query.tree else None
        sql = f"SELECT COUNT(*) FROM {_source(driver, binder)} WHERE {query.scope(binder)} AND ({query.filter(binder)})"
        row = session.one(sql, binder.values)
    return int(row[0]) if row else 0


def _find(session: Session, query: RunQuery, wanted: int) -> list[Row]:
    """The first `wanted` rows behind `query.last`."""
    streams = phases(query)
    if streams is None:
        offered = drivers(query)
        driver = cheapest(session, offered[:-1], _COUNT_LIMIT) if len(offered) > 1 else None
        return _sorted(session, query, driver, wanted)
    return _read(session, query, streams, wanted)


def _read(session: Session, query: RunQuery, streams: list[Phase], wanted: int) -> list[Row]:
    rows = read(session, query, streams)
    found: list[Row] = []
    visited = 0
    check_at = _CHECK_AFTER
    while True:
        for row in islice(rows, check_at - visited):
            visited += 1
            if row[IS_ANSWER]:
                found.append(row)
                if len(found) == wanted:
                    return found
        if visited < check_at:
            return found
        check_at *= 10
        driver = _better(session, query, streams, visited * (wanted - len(found)) / max(len(found), 1))
        if driver is not None:
            return _sorted(session, query, driver, wanted)


def _better(session: Session, query: RunQuery, streams: list[Phase], expected: float) -> Driver | None:
    """A driver that promises less work than reading `expected` more rows."""
    offered = drivers(query)
    if streams[0].source == "runs":
        # The reader goes through the experiments already.
        offered = offered[:-1]
    limit = min(int(expected / _DRIVER_COST), _COUNT_LIMIT)
    return cheapest(session, offered, limit) if limit > 0 and offered else None


def _sorted(session: Session, query: RunQuery, driver: Driver | None, wanted: int) -> list[Row]:
    """The rows from a driver, or from the experiments without one, sorted by the database."""
    binder = Binder()
    keys = query.keys(binder)
    behind = "1 = 1" if query.last is None else after(keys, query.last, binder)
    sql = (
        f"SELECT r.id, 1, {columns(keys)} FROM {_source(driver, binder)} {joins(keys)} "
        f"WHERE {query.scope(binder)} AND ({query.filter(binder)}) AND {behind} "
        f"ORDER BY {order(keys)} LIMIT {int(wanted)}"
    )
    return session.all(sql, binder.values)


def _source(driver: Driver | None, binder: Binder) -> str:
    if driver is None:
        return "run r"
    # CROSS JOIN keeps SQLite from starting with the runs.
    return f"({driver(binder)}) x CROSS JOIN run r ON r.id = x.id"
