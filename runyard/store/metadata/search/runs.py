"""Searches of runs.

An index gives the runs in the asked order (run_streams.py), and the filter is probed run by run, until the page is
full. When too many runs fail the filter, the search starts again from the most selective part of the filter
(run_drivers.py) and sorts what is left. docs/reference/search.md tells what each costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from runyard.store.metadata.search.archive import in_view
from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.ordering import after, columns, joins, order, places
from runyard.store.metadata.search.page import (
    STAGES,
    Page,
    ViewType,
    check_max_results,
    decode_token,
    encode_token,
)
from runyard.store.metadata.search.parameters import Binder, digits
from runyard.store.metadata.search.run_drivers import Driver, cheapest, drivers
from runyard.store.metadata.search.run_query import Level, RunQuery, complete, experiment_numbers
from runyard.store.metadata.search.run_selects import COLUMNS, ID, IS_ANSWER, visited
from runyard.store.metadata.search.run_streams import has_stream, read, reads_all_runs
from runyard.store.metadata.search.run_tree import PARENT_TAG, children_count
from runyard.store.metadata.search.tree import And, Comparison, Name, Tree, conjuncts, with_text
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Row, Session

DEFAULT_RESULTS = 1_000
MOST_RESULTS = 50_000

# After so many runs the reader asks whether another plan would be cheaper, then after three times as many more.
_FIRST_STRETCH = 300
# Starting from a driver costs about five times as much per run as reading on by start time. Reading on in the
# order of values jumps from run to run as a driver does.
_DRIVER_COST = 5
_SMALL = 500
_SMALL_PER_PART = 50
_COUNT_LIMIT = 1_000_000


def search_runs(
    session: Session,
    experiment_ids: Sequence[str],
    filter: str | None = None,
    order_by: Sequence[str] = (),
    view: ViewType = "ACTIVE_ONLY",
    max_results: int = DEFAULT_RESULTS,
    page_token: str | None = None,
    level: Level = "all",
    parent: str | None = None,
    text: str = "",
) -> Page:
    """One page of the runs of some experiments.

    Unknown experiments have no runs. The order is `order_by`, then start time (newest first), then run_id; runs
    without a value come last, after those with a NaN. The level "top" leaves out runs whose parent is an answer,
    and "children" all but those below the run `parent`; see run_tree.py. A `text` is looked for in what a plain
    search sees (vocabulary.py), as it is and whatever its case. Raises InvalidParameter (FilterError for
    the expressions).
    """
    check_max_results(max_results, MOST_RESULTS)
    experiments = experiment_numbers(experiment_ids)
    tree = in_view(session, with_text(parse_filter(filter, RUNS), "text", text), view)
    if level == "children":
        tree = _below(parent or "", tree)
    terms = complete(parse_order(order_by, RUNS))
    place = [] if level == "all" else [level, parent]
    asked = ["runs", sorted(experiments), filter or "", text, list(order_by), view, *place]
    last = decode_token(page_token, asked, RunQuery(experiments, (), tree, terms).keys(Binder()))
    query = RunQuery(experiments, STAGES[view], tree, terms, last, level)
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
    text: str = "",
) -> int:
    """How many runs `search_runs` would answer on all its pages."""
    query = all_runs(session, experiment_ids, filter, view, text)
    if not query.experiments:
        return 0
    binder = Binder()
    with session.snapshot():
        source, where = selected(session, query, binder)
        row = session.one(f"SELECT COUNT(*) FROM {source} WHERE {where}", binder.values)
    return int(row[0]) if row else 0


def count_children(
    session: Session,
    experiment_ids: Sequence[str],
    parents: Sequence[int],
    filter: str | None = None,
    view: ViewType = "ACTIVE_ONLY",
    text: str = "",
) -> dict[int, int]:
    """How many runs the level "children" of a search has below each of these; runs without any are left out."""
    query = all_runs(session, experiment_ids, filter, view, text)
    if not query.experiments or not parents:
        return {}
    binder = Binder()
    where = f"{query.scope(binder)} AND ({query.filter(binder)})"
    return dict(session.all(children_count(digits(parents), where), binder.values))


def all_runs(
    session: Session, experiment_ids: Sequence[str], filter: str | None, view: ViewType, text: str = ""
) -> RunQuery:
    """The query of all runs that match, in the default order."""
    tree = in_view(session, with_text(parse_filter(filter, RUNS), "text", text), view)
    experiments = experiment_numbers(experiment_ids)
    return RunQuery(experiments, STAGES[view], tree, complete(()))


def selected(session: Session, query: RunQuery, binder: Binder) -> tuple[str, str]:
    """What follows FROM and WHERE in a statement over all runs `r` of a query; where to start is counted first."""
    driver = cheapest(session, drivers(query)[:-1], _COUNT_LIMIT) if query.tree else None
    return _source(driver, binder), f"{query.scope(binder)} AND ({query.filter(binder)})"


def _below(parent: str, tree: Tree | None) -> Tree:
    """The filter of runs that name a parent; as a part of it, it can be where the search starts."""
    return And((Comparison(Name("tag", PARENT_TAG), "=", parent), *conjuncts(tree)))


def _find(session: Session, query: RunQuery, wanted: int) -> list[Row]:
    """The first `wanted` rows behind `query.last`."""
    if not has_stream(query) or _is_small(session, query):
        offered = drivers(query)
        driver = cheapest(session, offered[:-1], _COUNT_LIMIT) if len(offered) > 1 else None
        return _sorted(session, query, driver, wanted)
    found: list[Row] = []
    stretches = _stretches()
    size, passed, before = next(stretches), 0, 0
    for row in read(session, query):
        if row[IS_ANSWER]:
            found.append(row)
            if len(found) == wanted:
                return found
        passed += visited(row)
        if passed >= size:
            # Answers may stand together: the last stretch says more of what comes than the whole.
            expected = size * (wanted - len(found)) / max(len(found) - before, 1)
            driver = _better(session, query, expected)
            if driver is not None:
                return _sorted(session, query, driver, wanted)
            size, passed, before = next(stretches), 0, len(found)
    return found


def _is_small(session: Session, query: RunQuery) -> bool:
    """Whether sorting all runs of the experiments costs less than opening their streams."""
    limit = max(_SMALL, _SMALL_PER_PART * len(query.parts))
    return cheapest(session, drivers(query)[-1:], limit) is not None


def _stretches() -> Iterator[int]:
    """How many runs to visit until the plan is asked about again."""
    return (_FIRST_STRETCH * 3**index for index in count())


def _better(session: Session, query: RunQuery, expected: float) -> Driver | None:
    """A driver that promises less work than visiting `expected` more runs."""
    offered = drivers(query)
    if reads_all_runs(query):
        # The reader goes through the experiments already.
        offered = offered[:-1]
        expected /= _DRIVER_COST
    limit = min(int(expected), _COUNT_LIMIT)
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
