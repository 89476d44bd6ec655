"""Gives a series in order without holding it whole, however long it is.

Up to WHOLE_POINTS a series is read at once, through the cache. A longer one comes in blocks of about BLOCK_POINTS.
Chunks know the bounds of their steps and times: taken by their lower bounds, whatever sorts before the lower bound of
the next chunk is complete and can be given away. What is held beside a block is only as much as points overtake each
other: little, since training logs in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from runyard.errors import CorruptData
from runyard.store.metadata.session import Session
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Integers, Points, concatenate, is_ordered
from runyard.store.metrics.reader import read_chunk, read_tail
from runyard.store.metrics.summary import SeriesRow

# 48 MB of points; beside a block (16 MB with the order of arrival) come the copies that sorting makes.
WHOLE_POINTS = 2_000_000
BLOCK_POINTS = 500_000

# by (time, step, arrival), or by (step, time, arrival)
Order = Literal["history", "step"]
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chunk, or the tail (`seq` is None), with `low` and `high` around the keys of all its points.

    `arrived` is how many points of the series arrived before it.
    """

    seq: int | None
    arrived: int
    count: int
    low: Key
    high: Key


@dataclass(frozen=True, eq=False, slots=True)
class _Sorted:
    """Sorted points, and the place of each in arrival order, which decides among equal keys."""

    points: Points
    arrival: Integers

    def __len__(self) -> int:
        return len(self.points)

    def split(self, at: int) -> tuple[_Sorted, _Sorted]:
        """What lies before and from place `at` on."""
        return (
            _Sorted(self.points[:at], self.arrival[:at]),
            _Sorted(self.points[at:], self.arrival[at:]),
        )


def sort(points: Points, order: Order) -> Points:
    """Points in arrival order, sorted."""
    return points.in_history_order() if order == "history" else points.in_step_order()


def ordered_blocks(
    session: Session,
    cache: SeriesCache,
    row: SeriesRow,
    order: Order,
    *,
    count: int | None = None,
    skip: int = 0,
    end: int | None = None,
) -> Iterator[tuple[int, Points]]:
    """(place of the first point, points) of consecutive blocks of a sorted series; none is empty.

    `count` takes only the points that arrived first; blocks that lie before place `skip` or from place `end` on may
    be left out. Call it, and take everything from it, in the snapshot in which the row was read. Raises CorruptData.
    """
    count = row.count if count is None else min(count, row.count)
    if not count:
        return
    if row.count <= WHOLE_POINTS:
        yield 0, sort(cache.read(session, row)[:count], order)
        return
    pieces, tail = _pieces(session, row, order, count)
    if sum(piece.count for piece in pieces) != count:
        raise CorruptData(f"Metric '{row.name}' has fewer stored points than its summary counts.")
    pieces.sort(key=lambda piece: piece.low)

    def read(some: Sequence[_Piece]) -> _Sorted:
        parts = [
            tail if piece.seq is None else read_chunk(session, row.id, piece.seq)[: piece.count]
            for piece in some
        ]
        arrival = [np.arange(piece.arrived, piece.arrived + piece.count) for piece in some]
        return _Sorted(concatenate(parts), np.concatenate([np.empty(0, np.int64), *arrival]))

    yield from _merge(pieces, read, order, skip, count if end is None else end)


def _merge(
    pieces: Sequence[_Piece], read: Callable[[Sequence[_Piece]], _Sorted], order: Order, skip: int, end: int
) -> Iterator[tuple[int, Points]]:
    """Blocks of pieces that come by their lower bounds."""
    at, passed = _start(pieces, skip)
    low = pieces[at].low
    # Points of the passed pieces that sort behind the lower bound at which this starts.
    overlapping = _sort([read([piece for piece in pieces[:at] if piece.high >= low])], order)
    _, held = overlapping.split(_before(overlapping.points, low, order))
    place = passed - len(held)
    while at < len(pieces) and place < end:
        first, size = at, len(held)
        room = min(BLOCK_POINTS, end - place)
        while at < len(pieces) and (at == first or size + pieces[at].count <= room):
            size += pieces[at].count
            at += 1
        held = _sort([held, read(pieces[first:at])], order)
        complete = len(held) if at == len(pieces) else _before(held.points, pieces[at].low, order)
        given, held = held.split(complete)
        if place + len(given) > skip and len(given):
            yield place, given.points
        place += len(given)


def _start(pieces: Sequence[_Piece], skip: int) -> tuple[int, int]:
    """The last piece that no more than `skip` points lie before, by lower bounds, and how many do."""
    passed = 0
    for index, piece in enumerate(pieces):
        if passed + piece.count > skip or index == len(pieces) - 1:
            return index, passed
        passed += piece.count
    return 0, 0


def _sort(parts: Sequence[_Sorted], order: Order) -> _Sorted:
    points = concatenate([part.points for part in parts if len(part)])
    arrival = np.concatenate([part.arrival for part in parts])
    first, second = _columns(points, order)
    if is_ordered(first, second) and is_ordered(arrival, arrival):
        return _Sorted(points, arrival)
    index = np.lexsort((arrival, second, first))
    return _Sorted(points[index], arrival[index])


def _before(points: Points, key: Key, order: Order) -> int:
    """How many of the sorted points have a key below `key`."""
    first, second = _columns(points, order)
    start = int(np.searchsorted(first, key[0], "left"))
    end = int(np.searchsorted(first, key[0], "right"))
    return start + int(np.searchsorted(second[start:end], key[1], "left"))


def _columns(points: Points, order: Order) -> tuple[Integers, Integers]:
    return (points.steps, points.times) if order == "step" else (points.times, points.steps)


def _pieces(session: Session, row: SeriesRow, order: Order, count: int) -> tuple[list[_Piece], Points]:
    """The pieces that hold the first `count` points in arrival order, and the tail's points."""
    pieces: list[_Piece] = []
    arrived = 0
    for seq, number, min_step, max_step, min_time, max_time in session.iterate(
        """SELECT seq, count, min_step, max_step, min_time, max_time
           FROM metric_chunk WHERE series_id = :series ORDER BY seq""",
        {"series": row.id},
    ):
        if arrived >= count:
            break
        low, high = (min_step, min_time), (max_step, max_time)
        taken = min(number, count - arrived)
        pieces.append(_Piece(seq, arrived, taken, _key(low, order), _key(high, order)))
        arrived += taken
    tail = Points.empty()
    if arrived < count:
        tail = read_tail(session, row.run_pk, row.id)[: count - arrived]
    if len(tail):
        low = (int(tail.steps.min()), int(tail.times.min()))
        high = (int(tail.steps.max()), int(tail.times.max()))
        pieces.append(_Piece(None, arrived, len(tail), _key(low, order), _key(high, order)))
    return pieces, tail


def _key(step_and_time: Key, order: Order) -> Key:
    return step_and_time if order == "step" else step_and_time[::-1]
