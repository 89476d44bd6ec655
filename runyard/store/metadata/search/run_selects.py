"""The SELECTs that read runs in order: through the runs by start time, or through an index of values.

Of their rows, the first two columns are the run's id and whether it is an answer (1 or 0); the columns of the
sort keys follow. The first sort key has one rank in all rows of a SELECT.

All answers come, and of the other runs only the milestones: to bring a run into Python costs four times as much as to
find that it is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from runyard.store.metadata.search.conditions import compare
from runyard.store.metadata.search.ordering import Place, SortKey, after, columns, joins, order
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.run_query import RunQuery
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Row, Session

ID, IS_ANSWER, COLUMNS = 0, 1, 2
IndexedValue = str | int | float

# One run of so many is a milestone, by which the reader judges how far it came. A prime: experiments whose runs take
# turns have every second id, or every third, and still milestones.
_MILESTONES = 31
_SAMPLE = 300
_COMMON = 0.03


@dataclass(frozen=True)
class ValueIndex:
    """The index that holds the values of a query's first sort key, in order.

    `experiment` is None where the index holds the runs of all experiments.
    """

    name: Name
    experiment: int | None = None

    @property
    def table(self) -> str:
        return "series" if self.name.kind == "metric" else RUNS.tables[self.name.kind].table

    @property
    def value(self) -> str:
        return "f.latest_value" if self.name.kind == "metric" else "f.value"

    @property
    def indexed(self) -> str:
        """The expression that the index orders by."""
        return self.value if self.name.kind == "metric" else "substr(f.value, 1, 64)"

    def where(self, query: RunQuery, rank: int, binder: Binder) -> str:
        if self.name.kind != "metric":
            return f"f.key = {binder.bind(self.name.key)}"
        conditions = [
            f"f.experiment_id = {binder.bind(self.experiment)} AND f.name = {binder.bind(self.name.key)}",
            f"f.latest_nan = {rank}",
            *(compare(self.value, part.operator, part.value, binder) for part in query.value_bounds),
        ]
        return " AND ".join(conditions)

    def lacks(self, binder: Binder) -> str:
        """True for a run without the value."""
        return f"NOT EXISTS ({self._of_run(binder)})"

    def is_nan(self, binder: Binder) -> str:
        return f"EXISTS ({self._of_run(binder)} AND f.latest_nan = 1)"

    def equals(self, value: IndexedValue, binder: Binder) -> str:
        return f"EXISTS ({self._of_run(binder)} AND {self.value} = {binder.bind(value)})"

    def _of_run(self, binder: Binder) -> str:
        column = "name" if self.name.kind == "metric" else "key"
        return f"SELECT 1 FROM {self.table} f WHERE f.run_id = r.id AND f.{column} = {binder.bind(self.name.key)}"


@dataclass(frozen=True)
class Range:
    """A part of an index in the query's direction, from `first` up to but without `end`."""

    first: IndexedValue | None = None
    end: IndexedValue | None = None


def visited(row: Row) -> int:
    """About how many runs were visited from the milestone before to this row; 0 when it is none."""
    return 0 if row[ID] % _MILESTONES else _MILESTONES


def select_by_start(
    session: Session, query: RunQuery, experiment: int | None, stage: str, has_start: bool
) -> Iterator[Row]:
    """The runs of an experiment, or of all, by their start time, which is the first sort key."""
    binder = Binder()
    where = (
        f"{_within(query, experiment, stage, binder)} AND r.start_time IS {'NOT ' if has_start else ''}NULL"
    )
    rank = 0 if has_start else 1
    first = SortKey("r.start_time", query.terms[0].ascending, str(rank))
    answers = query.filter(binder, without=query.start_bounds)
    if experiment is None:
        answers = f"{query.scope(binder)} AND ({answers})"
    select = _Select(query, binder, "run r", where, answers, first)
    seek = None
    if query.last is not None and has_start:
        seek = _bound("r.start_time", query, query.last[0][1], binder)
    return select.rows(session, [first.value] if has_start else [], select.behind(rank), seek)


def select_group(
    session: Session,
    query: RunQuery,
    experiment: int | None,
    stage: str,
    rank: int,
    value: IndexedValue | None = None,
) -> Iterator[Row]:
    """Runs that are equal in the first sort key: all of one value, or all NaN, or all without one."""
    binder = Binder()
    index = ValueIndex(query.terms[0].name, experiment)
    if rank == 0 and value is not None:
        alike = index.equals(value, binder)
    else:
        alike = index.lacks(binder) if rank == lacking(query) else index.is_nan(binder)
    answers = f"{alike} AND ({query.filter(binder)})"
    if experiment is None:
        answers = f"{query.scope(binder)} AND {answers}"
    first = SortKey("NULL" if value is None else binder.bind(value), query.terms[0].ascending, str(rank))
    where = _within(query, experiment, stage, binder)
    select = _Select(query, binder, "run r", where, answers, first)
    behind = None
    if query.last is not None and query.last[0] == (rank, value):
        behind = after(select.rest, query.last[1:], binder)
    return select.rows(session, [], behind)


def select_range(
    session: Session, query: RunQuery, index: ValueIndex, rank: int, part: Range
) -> Iterator[Row]:
    """The runs of a part of an index."""
    binder = Binder()
    # CROSS JOIN keeps SQLite from starting with the runs.
    source = f"{index.table} f CROSS JOIN run r ON r.id = f.run_id"
    # An index of one experiment holds no others' runs.
    scope = query.scope(binder) if index.experiment is None else query.in_stages(binder)
    answers = f"{scope} AND ({query.filter(binder, without=query.value_bounds)})"
    first = SortKey(index.value, query.terms[0].ascending, str(rank))
    select = _Select(query, binder, source, index.where(query, rank, binder), answers, first)
    ordering = list(dict.fromkeys((index.indexed, index.value))) if rank == 0 else []
    return select.rows(
        session,
        ordering,
        select.behind(rank),
        None if part.first is None else _bound(index.indexed, query, part.first, binder),
        None if part.end is None else _before(index.indexed, query, part.end, binder),
    )


def lacking(query: RunQuery) -> int:
    """The rank of runs without the first sort key."""
    return 2 if query.terms[0].name.kind == "metric" else 1


def is_common(session: Session, query: RunQuery, index: ValueIndex, value: IndexedValue) -> bool:
    """Whether so many runs have the value that reading all runs finds them soon; judged by a sample."""
    binder = Binder()
    sample = f"SELECT r.id FROM run r WHERE {query.scope(binder)} LIMIT {_SAMPLE}"
    counted = (
        f"SELECT COUNT(*), SUM(CASE WHEN {index.equals(value, binder)} THEN 1 ELSE 0 END) FROM ({sample}) r"
    )
    row = session.one(counted, binder.values)
    return row is not None and (row[1] or 0) > row[0] * _COMMON


def first_value(
    session: Session, query: RunQuery, index: ValueIndex, start: IndexedValue | None, beyond: bool = False
) -> IndexedValue | None:
    """The first value of the index from `start` on, or beyond it; None at the end."""
    return _nth_value(session, query, index, start, beyond, 0)


def value_at(
    session: Session, query: RunQuery, index: ValueIndex, start: IndexedValue, distance: int
) -> IndexedValue | None:
    """The value that stands `distance` entries behind the first of `start`; None where the index ends before."""
    return _nth_value(session, query, index, start, False, distance)


def _nth_value(
    session: Session,
    query: RunQuery,
    index: ValueIndex,
    start: IndexedValue | None,
    beyond: bool,
    offset: int,
) -> IndexedValue | None:
    binder = Binder()
    where = index.where(query, 0, binder)
    ascending = query.terms[0].ascending
    if start is not None:
        sign = (">" if ascending else "<") + ("" if beyond else "=")
        where += f" AND {index.indexed} {sign} {binder.bind(start)}"
    direction = "ASC" if ascending else "DESC"
    sql = (
        f"SELECT {index.indexed} FROM {index.table} f WHERE {where} "
        f"ORDER BY {index.indexed} {direction} LIMIT 1 OFFSET {int(offset)}"
    )
    row = session.one(sql, binder.values)
    return None if row is None else row[0]


def _within(query: RunQuery, experiment: int | None, stage: str, binder: Binder) -> str:
    within = f"r.lifecycle_stage = {binder.bind(stage)} AND {query.start_range(binder)}"
    return within if experiment is None else f"r.experiment_id = {binder.bind(experiment)} AND {within}"


def _bound(column: str, query: RunQuery, value: object, binder: Binder) -> str:
    """Not before `value` in the first key's direction: what an index can start from."""
    return f"{column} {'>=' if query.terms[0].ascending else '<='} {binder.bind(value)}"


def _before(column: str, query: RunQuery, value: object, binder: Binder) -> str:
    return f"{column} {'<' if query.terms[0].ascending else '>'} {binder.bind(value)}"


class _Select:
    """What the SELECTs have in common."""

    def __init__(
        self, query: RunQuery, binder: Binder, source: str, where: str, answers: str, first: SortKey
    ) -> None:
        self.query = query
        self.binder = binder
        self.source = source
        self.where = where
        self.answers = answers
        self.first = first
        self.rest = query.keys(binder)[1:]

    def behind(self, rank: int) -> str | None:
        """What comes after the last page, when that ended in this rank."""
        last: list[Place] | None = None if self.query.last is None else list(self.query.last)
        if last is None or last[0][0] != rank:
            return None
        if rank > 0:
            return after(self.rest, last[1:], self.binder)
        return after([SortKey(self.first.value, self.first.ascending), *self.rest], last, self.binder)

    def rows(self, session: Session, ordering: list[str], *conditions: str | None) -> Iterator[Row]:
        """The rows, ordered by `ordering` in the first key's direction, then by the other keys."""
        milestone = f"r.id % {_MILESTONES} = 0"
        reached = f"({milestone} OR ({self.answers}))"
        where = " AND ".join([self.where, *(condition for condition in conditions if condition), reached])
        by = [f"{column} {self.first.direction}" for column in ordering] + [order(self.rest)]
        sql = (
            f"SELECT r.id, CASE WHEN {milestone} THEN CASE WHEN {self.answers} THEN 1 ELSE 0 END ELSE 1 END, "
            f"{columns([self.first, *self.rest])} "
            f"FROM {self.source} {joins(self.rest)} WHERE {where} ORDER BY {', '.join(by)}"
        )
        return session.iterate(sql, self.binder.values)
