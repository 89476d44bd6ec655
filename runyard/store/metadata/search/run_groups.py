"""Runs grouped by a parameter, a tag or a field, with figures of their metrics over all runs of each group.

The figures are of finite values alone; how many others there are is told beside them. A group's figures are computed
from its own runs only, so they are the same whichever other groups there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

from runyard.errors import InvalidParameter
from runyard.store.metadata.search.conditions import series_column
from runyard.store.metadata.search.grammar import parse_order
from runyard.store.metadata.search.page import ViewType
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.run_query import RunQuery, sort_key
from runyard.store.metadata.search.runs import all_runs, selected
from runyard.store.metadata.search.tree import Name, OrderTerm
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Row, Session

# Metrics of one statement, each of which is a join.
_AT_ONCE = 20
# The largest double: infinities lie beyond.
_LARGEST = "1.7976931348623157e308"


@dataclass(frozen=True)
class Figures:
    """Of one metric in one group. `std` is that of a sample (divided by n - 1), None for a single value."""

    count: int
    mean: float | None = None
    std: float | None = None
    min: float | None = None
    max: float | None = None
    # Runs that have the metric, but NaN or an infinity as its value.
    not_finite: int = 0


@dataclass
class RunGroup:
    """The runs with one value; those without any have None. Figures are by place in the list of metrics asked for."""

    value: str | None
    runs: int
    figures: dict[int, Figures] = field(default_factory=dict)


def group_runs(
    session: Session,
    experiment_ids: Sequence[str],
    by: str,
    metrics: Sequence[Name] = (),
    filter: str | None = None,
    view: ViewType = "ACTIVE_ONLY",
    text: str = "",
) -> list[RunGroup]:
    """All groups of the runs that match, in no order.

    `by` is a name as in `order_by`: `params.lr`, `tags.team`, `attributes.status`. Raises InvalidParameter for one
    that is no text, and what `search_runs` raises.
    """
    name = _text_name(by)
    query = all_runs(session, experiment_ids, filter, view, text)
    if not query.experiments:
        return []
    with session.snapshot():
        groups = {value: RunGroup(value, runs) for value, runs in _counted(session, query, name)}
        for start in range(0, len(metrics), _AT_ONCE):
            _add_figures(session, query, name, metrics[start : start + _AT_ONCE], start, groups)
    return list(groups.values())


def _text_name(by: str) -> Name:
    (term,) = parse_order([by], RUNS)
    name = term.name
    if name.kind == "metric" or (name.kind == "attribute" and RUNS.attributes[name.key].type != "text"):
        raise InvalidParameter(
            f"Invalid value '{by[:100]}' for parameter 'by': runs are grouped by a parameter, a tag or a text."
        )
    return name


def _counted(session: Session, query: RunQuery, name: Name) -> list[Row]:
    binder = Binder()
    key = sort_key(OrderTerm(name), "g", binder)
    source, where = selected(session, query, binder)
    return session.all(
        f"SELECT {key.value}, COUNT(*) FROM {source} {key.join} WHERE {where} GROUP BY {key.value}",
        binder.values,
    )


def _add_figures(
    session: Session,
    query: RunQuery,
    name: Name,
    metrics: Sequence[Name],
    first: int,
    groups: dict[str | None, RunGroup],
) -> None:
    """Add the figures of these metrics, whose first has the place `first`."""
    binder = Binder()
    for value, *row in session.iterate(_figures(session, query, name, metrics, binder), binder.values):
        for place in range(len(metrics)):
            runs, count, mean, least, greatest, squares = row[place * 6 : place * 6 + 6]
            if runs > 0:
                # Sums of the largest numbers may overflow to what is no number at all.
                std = sqrt(squares / (count - 1)) if count > 1 and squares is not None else None
                groups[value].figures[first + place] = Figures(
                    count, mean, std, least, greatest, runs - count
                )


def _figures(session: Session, query: RunQuery, name: Name, metrics: Sequence[Name], binder: Binder) -> str:
    """The SELECT of each group's value, and six figures for each metric."""
    places = range(len(metrics))
    key = sort_key(OrderTerm(name), "g", binder)
    source, where = selected(session, query, binder)
    joins = " ".join(
        f"LEFT JOIN series s{n} ON s{n}.run_id = r.id AND s{n}.name = {binder.bind(metrics[n].key)}"
        for n in places
    )
    values = ", ".join(
        f"CASE WHEN {column} BETWEEN -{_LARGEST} AND {_LARGEST} THEN {column} END AS x{n}, s{n}.name AS has{n}"
        for n, column in ((n, series_column(metrics[n], f"s{n}")) for n in places)
    )
    simple = ", ".join(
        f"COUNT(has{n}) AS runs{n}, COUNT(x{n}) AS count{n}, AVG(x{n}) AS mean{n}, MIN(x{n}) AS min{n}, "
        f"MAX(x{n}) AS max{n}"
        for n in places
    )
    # The mean first and then the squares of what differs from it: sums of squares cancel out.
    squares = ", ".join(
        f"runs{n}, count{n}, mean{n}, min{n}, max{n}, SUM((x{n} - mean{n}) * (x{n} - mean{n}))"
        for n in places
    )
    # CROSS JOIN keeps SQLite from looking at every group for each run.
    return f"""
        WITH member AS MATERIALIZED (
            SELECT {key.value} AS value, {values} FROM {source} {key.join} {joins} WHERE {where}
        ),
        known AS MATERIALIZED (SELECT value AS known, {simple} FROM member GROUP BY value)
        SELECT value, {squares} FROM known CROSS JOIN member ON value IS known GROUP BY value
    """
