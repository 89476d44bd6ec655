"""Reads runs in the asked order straight from an index, one by one, so that a page costs what it shows.

Ordering by a joined column makes a database read and sort every run. Here each rank of the first sort key is read
by itself: an index gives its rows in order, and the reader stops when its page is full. Every row says whether it
is an answer, so that the reader sees also what it skips, and can change its plan.

An index gives equal values in no useful order, so that all of them must be read to sort them. Where a value is
shared by many runs, these are read by start time instead, and asked for the value.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import chain, product

from runyard.store.metadata.search.ordering import Comparable, places
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.run_drivers import INDEXED_CHARACTERS
from runyard.store.metadata.search.run_query import START, RunQuery
from runyard.store.metadata.search.run_selects import (
    COLUMNS,
    IndexedValue,
    Range,
    ValueIndex,
    first_value,
    is_common,
    lacking,
    select_by_start,
    select_group,
    select_range,
    value_at,
)
from runyard.store.metadata.session import Row, Session

# When more runs than this share a value, sorting them may cost more than finding some of them. The parts of an
# index that are read at once grow to the second number.
_SHARED = 500
_LARGEST_PART = 16_000


def has_stream(query: RunQuery) -> bool:
    """Whether an index has the order of the query."""
    if query.parts == (None,) and query.terms[0].name.kind == "metric":
        # Metrics are ordered in each experiment.
        return False
    return _reads_start(query) or _reads_values(query)


def reads_all_runs(query: RunQuery) -> bool:
    """Whether the stream of a query goes through all runs of the experiments, and no others, from the start."""
    return _reads_start(query) and query.parts != (None,)


def read(session: Session, query: RunQuery) -> Iterator[Row]:
    """The rows behind `query.last` in order, lazily: answers, and runs that are none."""
    ranks = range(2) if _reads_start(query) else range(lacking(query) + 1)
    if query.value_bounds:
        # A NaN or a missing value satisfies no bound.
        ranks = range(1)
    behind = 0 if query.last is None else query.last[0][0]
    return chain.from_iterable(_read_rank(session, query, rank) for rank in ranks if rank >= behind)


def _reads_start(query: RunQuery) -> bool:
    return query.terms[0].name == START


def _reads_values(query: RunQuery) -> bool:
    name = query.terms[0].name
    return name.kind in ("param", "tag") or (name.kind == "metric" and name.aggregate == "latest")


def _read_rank(session: Session, query: RunQuery, rank: int) -> Iterator[Row]:
    if _reads_start(query):
        parts = product(query.parts, query.stages)
        return _merge(query, [select_by_start(session, query, *part, rank == 0) for part in parts])
    if rank == lacking(query):
        return _read_group(session, query, query.parts, rank)
    name = query.terms[0].name
    if name.kind != "metric":
        return _read_index(session, query, ValueIndex(name))
    indexes = [ValueIndex(name, experiment) for experiment in query.experiments]
    reader = _read_index if rank == 0 else _read_nans
    return _merge(query, [reader(session, query, index) for index in indexes])


def _read_index(session: Session, query: RunQuery, index: ValueIndex) -> Iterator[Row]:
    """The rows with a value, part by part."""
    size = _SHARED
    first = first_value(session, query, index, _last_value(query))
    while first is not None:
        end = value_at(session, query, index, first, size)
        if end == first:
            end = first_value(session, query, index, first, beyond=True)
            if _is_whole(first) and is_common(session, query, index, first):
                yield from _read_group(session, query, _experiments(query, index), 0, first)
                first = end
                continue
        yield from select_range(session, query, index, 0, Range(first, end))
        first = end
        size = min(2 * size, _LARGEST_PART)


def _read_nans(session: Session, query: RunQuery, index: ValueIndex) -> Iterator[Row]:
    binder = Binder()
    counted = f"SELECT 1 FROM {index.table} f WHERE {index.where(query, 1, binder)} LIMIT {_SHARED + 1}"
    row = session.one(f"SELECT COUNT(*) FROM ({counted}) x", binder.values)
    if row is not None and row[0] > _SHARED:
        return _read_group(session, query, _experiments(query, index), 1)
    return select_range(session, query, index, 1, Range())


def _read_group(
    session: Session,
    query: RunQuery,
    experiments: Sequence[int | None],
    rank: int,
    value: IndexedValue | None = None,
) -> Iterator[Row]:
    parts = product(experiments, query.stages)
    return _merge(query, [select_group(session, query, *part, rank, value) for part in parts])


def _experiments(query: RunQuery, index: ValueIndex) -> tuple[int | None, ...]:
    return query.parts if index.experiment is None else (index.experiment,)


def _last_value(query: RunQuery) -> IndexedValue | None:
    """Where in the index the page before ended."""
    if query.last is None or query.last[0][0] > 0:
        return None
    value = query.last[0][1]
    return value[:INDEXED_CHARACTERS] if isinstance(value, str) else value


def _is_whole(value: IndexedValue) -> bool:
    """Whether the index holds the value as it is."""
    return not isinstance(value, str) or len(value) < INDEXED_CHARACTERS


def _merge(query: RunQuery, streams: list[Iterator[Row]]) -> Iterator[Row]:
    if len(streams) == 1:
        return streams[0]
    keys = query.keys(Binder())
    return heapq.merge(*streams, key=lambda row: Comparable(keys, places(row[COLUMNS:])))
