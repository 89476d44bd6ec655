"""Reads runs in the asked order straight from an index, one by one, so that a page costs what it shows.

Ordering by a joined column makes a database read and sort every run. Here each rank of the first sort key is a
phase of its own: an index gives the rows of the phase in order, and the reader stops when its page is full.
Every row says whether it is an answer, so that the reader sees also what it skips, and can change its plan.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from runyard.store.metadata.search.ordering import Comparable, SortKey, after, columns, joins, order, places
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.run_query import START, RunQuery
from runyard.store.metadata.search.vocabulary import RUNS
from runyard.store.metadata.session import Row, Session

# Of a row: the run's id, whether it is an answer (1 or 0), then the columns of the sort keys.
ID, IS_ANSWER, COLUMNS = 0, 1, 2


@dataclass(frozen=True)
class Phase:
    """The rows of one rank of the first sort key.

    `source` is what drives: "runs" by start time, "series" by latest value, "values" of a parameter or tag.
    """

    rank: int
    source: str


def phases(query: RunQuery) -> list[Phase] | None:
    """The phases of the first sort key that are not behind `query.last`; None when no index has its order."""
    found = _phases(query)
    if found is None or query.last is None:
        return found
    return [phase for phase in found if phase.rank >= query.last[0][0]]


def _phases(query: RunQuery) -> list[Phase] | None:
    name = query.terms[0].name
    if name == START:
        return [Phase(0, "runs"), Phase(1, "runs")]
    if name.kind == "metric" and name.aggregate == "latest":
        return [Phase(0, "series"), Phase(1, "series"), Phase(2, "runs")]
    if name.kind in ("param", "tag"):
        return [Phase(0, "values"), Phase(1, "runs")]
    return None


def read(session: Session, query: RunQuery, found: Sequence[Phase]) -> Iterator[Row]:
    """The rows of all phases in order, lazily."""
    return chain.from_iterable(_read_phase(session, query, phase) for phase in found)


def _read_phase(session: Session, query: RunQuery, phase: Phase) -> Iterator[Row]:
    streams = [_Statement(query, phase, part).run(session) for part in _parts(query, phase)]
    if len(streams) == 1:
        return streams[0]
    keys = query.keys(Binder())
    return heapq.merge(*streams, key=lambda row: Comparable(keys, places(row[COLUMNS:])))


def _parts(query: RunQuery, phase: Phase) -> list[tuple[Any, ...]]:
    """Each index holds one order per experiment (and stage): such parts are merged."""
    if phase.source == "runs":
        return list(product(query.experiments, query.stages))
    if phase.source == "series":
        return [(experiment,) for experiment in query.experiments]
    return [()]


class _Statement:
    """One SELECT: a part of a phase."""

    def __init__(self, query: RunQuery, phase: Phase, part: tuple[Any, ...]) -> None:
        self.query = query
        self.phase = phase
        self.binder = Binder()
        self.name = self.binder.bind(query.terms[0].name.key)
        self.ascending = query.terms[0].ascending
        self.rest = query.keys(self.binder)[1:]
        if phase.source == "runs":
            self._runs(*part)
        elif phase.source == "series":
            self._series(*part)
        else:
            self._values()

    def run(self, session: Session) -> Iterator[Row]:
        sql = (
            f"SELECT r.id, CASE WHEN {self.answers} THEN 1 ELSE 0 END, {columns([self.first, *self.rest])} "
            f"FROM {self.source} {joins(self.rest)} "
            f"WHERE {self.where} AND {self._behind_last()} ORDER BY {self._order()}"
        )
        return session.iterate(sql, self.binder.values)

    def _runs(self, experiment: int, stage: str) -> None:
        bind, query = self.binder.bind, self.query
        self.source = "run r"
        self.where = (
            f"r.experiment_id = {bind(experiment)} AND r.lifecycle_stage = {bind(stage)} "
            f"AND {query.start_range(self.binder)}"
        )
        self.answers = query.filter(self.binder)
        if query.terms[0].name == START:
            self.where += f" AND r.start_time IS {'NOT ' if self.phase.rank == 0 else ''}NULL"
            self._first("r.start_time")
        else:
            self.answers = f"{self._lacks_first()} AND ({self.answers})"
            self._first("NULL")

    def _lacks_first(self) -> str:
        name = self.query.terms[0].name
        table, column = ("series", "name") if name.kind == "metric" else (RUNS.tables[name.kind].table, "key")
        return f"NOT EXISTS (SELECT 1 FROM {table} f WHERE f.run_id = r.id AND f.{column} = {self.name})"

    def _series(self, experiment: int) -> None:
        stages = self.binder.bind_list(self.query.stages)
        # CROSS JOIN keeps SQLite from starting with the runs.
        self.source = "series f CROSS JOIN run r ON r.id = f.run_id"
        self.where = (
            f"f.experiment_id = {self.binder.bind(experiment)} AND f.name = {self.name} "
            f"AND f.latest_nan = {self.phase.rank}"
        )
        self.answers = f"r.lifecycle_stage IN ({stages}) AND ({self.query.filter(self.binder)})"
        self._first("f.latest_value")

    def _values(self) -> None:
        table = RUNS.tables[self.query.terms[0].name.kind].table
        self.source = f"{table} f CROSS JOIN run r ON r.id = f.run_id"
        self.where = f"f.key = {self.name}"
        self.answers = f"{self.query.scope(self.binder)} AND ({self.query.filter(self.binder)})"
        self._first("f.value")

    def _first(self, value: str) -> None:
        # Within a phase the rank is known; where it is not 0, there is no value to order by.
        self.first = SortKey(value, self.ascending, str(self.phase.rank))

    def _order(self) -> str:
        direction = self.first.direction
        if self.phase.rank > 0:
            return order(self.rest)
        if self.phase.source == "values":
            # The index holds the first 64 characters.
            return f"substr(f.value, 1, 64) {direction}, f.value {direction}, {order(self.rest)}"
        return f"{self.first.value} {direction}, {order(self.rest)}"

    def _behind_last(self) -> str:
        last = self.query.last
        if last is None or last[0][0] < self.phase.rank:
            return "1 = 1"
        if self.phase.rank > 0:
            return after(self.rest, last[1:], self.binder)
        first = SortKey(self.first.value, self.ascending)
        return f"{self._seek(last[0][1])} AND {after([first, *self.rest], last, self.binder)}"

    def _seek(self, value: object) -> str:
        """The start of a page in terms of the index: it implies no more than `after`."""
        sign = ">=" if self.ascending else "<="
        bound = self.binder.bind(value)
        if self.phase.source == "values":
            return f"substr(f.value, 1, 64) {sign} substr({bound}, 1, 64)"
        return f"{self.first.value} {sign} {bound}"
