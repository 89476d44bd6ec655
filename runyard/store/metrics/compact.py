"""Moves points from a run's tail into chunks: a plan on a reading connection, then a short write.

**What a plan takes.** Tail rows from the oldest on, whole rows, up to `SLICE_POINTS` points. Rows of all series of the
run leave together, because a row holds points of several.

**When an old chunk is written again.** A series' chunks are full (4,096 points) but for the last few. New points are
joined with the last partial chunk only if it holds no more points than are joined to it, and so on backwards;
otherwise they become a small chunk of their own. So partial chunks halve in size from one to the next, a series has
at most twelve of them, and a point is rewritten at most twelve times in its life however few come at a time. Always
rewriting the last partial chunk would write 14 KB for each point of a run that logs 10,000 metrics once per epoch.
When a run ends, `finish` joins each series' partial chunks into one.

**Order.** Chunks of a series are in arrival order by `seq`, and tail rows come behind them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from runyard.errors import InvalidState
from runyard.store.metadata.session import Session
from runyard.store.metrics.chunk import CHUNK_POINTS, encode_chunk
from runyard.store.metrics.points import Floats, Integers, Points, concatenate
from runyard.store.metrics.reader import read_chunk
from runyard.store.metrics.tail_reader import Tail, decode_tails, join

if TYPE_CHECKING:
    from runyard.store.transaction import Transaction

# 3 MB of tail become 32 full chunks at least: 1 MB that the writer stores in a few milliseconds.
SLICE_POINTS = 131_072

# Up to this many numbers are compared faster one by one than by numpy.
FEW = 128

_TAIL = "SELECT id, points, payload FROM metric_tail WHERE run_id = :run ORDER BY id"
_PARTIAL = """
    SELECT seq, count FROM metric_chunk WHERE series_id = :series ORDER BY seq DESC LIMIT 16
"""
_INSERT = """
    INSERT INTO metric_chunk (series_id, seq, run_id, count, min_step, max_step, min_time, max_time,
                              min_value, max_value, payload)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

Row = tuple[int, int, int, int, int, int, int, int, float | None, float | None, bytes]
# Called between pieces of work, so that a background thread can let others run.
Pause = Callable[[], None]


@dataclass(slots=True)
class Plan:
    """What one slice changes; `old` are (series, seq, count) of the chunks that `new` ones replace."""

    run_pk: int
    first_tail: int = 0
    last_tail: int = 0
    tail_rows: int = 0
    points: int = 0
    more: bool = False
    old: list[tuple[int, int, int]] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.tail_rows and not self.old


def plan(session: Session, run_pk: int, pause: Pause = lambda: None, limit: int = SLICE_POINTS) -> Plan:
    """Read the oldest tail rows of a run and encode the chunks that take their points; changes nothing.

    Holds at most `limit` points plus one tail row plus the partial chunks that they are joined with.
    """
    result = Plan(run_pk)
    with session.snapshot():
        added = _take_tail(session, result, limit).split()
        places = []
        for series, points in added.items():
            places.append(_place(session, result, series, points, _joined))
            pause()
    _encode(result, places, pause)
    return result


def finish(session: Session, run_pk: int, pause: Pause = lambda: None, limit: int = SLICE_POINTS) -> Plan:
    """Join the partial chunks of each series of a run into one, as many series as `limit` points allow."""
    result = Plan(run_pk)
    places = []
    with session.snapshot():
        for series, total in session.all(
            """SELECT series_id, sum(count) FROM metric_chunk WHERE run_id = :run AND count < :full
               GROUP BY series_id HAVING count(*) > 1 ORDER BY series_id""",
            {"run": run_pk, "full": CHUNK_POINTS},
        ):
            if result.points and result.points + total > limit:
                result.more = True
                break
            places.append(_place(session, result, series, Points.empty(), _all_partial))
            result.points += total
            pause()
    _encode(result, places, pause)
    return result


def _take_tail(session: Session, result: Plan, limit: int) -> Tail:
    payloads: list[bytes] = []
    for identity, points, payload in session.iterate(_TAIL, {"run": result.run_pk}):
        if payloads and result.points + points > limit:
            result.more = True
            break
        if not payloads:
            result.first_tail = identity
        result.last_tail = identity
        result.points += points
        payloads.append(payload)
    result.tail_rows = len(payloads)
    return join(list(decode_tails(payloads)))


def _joined(partial: Sequence[tuple[int, int]], added: int) -> int:
    """How many of the last chunks, (seq, count) from the last on, are joined with `added` points."""
    joined = 0
    for _, count in partial:
        if count == CHUNK_POINTS or count > added:
            break
        added += count
        joined += 1
    return joined


def _all_partial(partial: Sequence[tuple[int, int]], added: int) -> int:
    """All of the last chunks that are not full."""
    return next((index for index, (_, count) in enumerate(partial) if count == CHUNK_POINTS), len(partial))


class _Place(NamedTuple):
    """Points of a series and the number of the chunk that they begin."""

    series: int
    seq: int
    points: Points


def _place(
    session: Session,
    result: Plan,
    series: int,
    added: Points,
    choose: Callable[[Sequence[tuple[int, int]], int], int],
) -> _Place:
    """Where points go that are added to a series, with those of the chunks that `choose` joins to them."""
    chunks = session.all(_PARTIAL, {"series": series})
    joined = choose(chunks, len(added))
    taken, rest = chunks[:joined][::-1], chunks[joined:]
    result.old += [(series, seq, count) for seq, count in taken]
    parts = [read_chunk(session, series, seq) for seq, _ in taken]
    points = concatenate([part for part in (*parts, added) if len(part)])
    return _Place(series, rest[0][0] + 1 if rest else 0, points)


def _encode(result: Plan, places: Sequence[_Place], pause: Pause) -> None:
    """Cut and encode chunks: the long part of the work, outside of any snapshot."""
    for series, seq, points in places:
        for index, start in enumerate(range(0, len(points), CHUNK_POINTS)):
            part = points[start : start + CHUNK_POINTS]
            result.new.append(chunk_row(series, seq + index, result.run_pk, part))
            pause()


def chunk_row(series: int, seq: int, run_pk: int, points: Points) -> Row:
    """The `metric_chunk` row of 1 to 4,096 points. Value bounds leave out NaN, as in `series`."""
    low, high = value_bounds(points.values)
    return (
        series,
        seq,
        run_pk,
        len(points),
        *_bounds(points.steps),
        *_bounds(points.times),
        low,
        high,
        encode_chunk(points),
    )


def _bounds(numbers: Integers) -> tuple[int, int]:
    if len(numbers) > FEW:
        return int(numbers.min()), int(numbers.max())
    few = numbers.tolist()
    return min(few), max(few)


def value_bounds(values: Floats) -> tuple[float | None, float | None]:
    """The least and the greatest value that is not NaN; None when there is none."""
    if len(values) > FEW:
        numbers = values[~np.isnan(values)]
        return (float(numbers.min()), float(numbers.max())) if len(numbers) else (None, None)
    few = [value for value in values.tolist() if value == value]
    return (min(few), max(few)) if few else (None, None)


def apply(transaction: Transaction, planned: Plan) -> None:
    """Write a plan in the writer's transaction; it must be guarded by a savepoint.

    Raises InvalidState when the plan no longer fits: the run was purged, or another process compacted it since the
    plan was made. Points only leave a tail from its old end, so two plans of one run always share a row, and rows
    that are all still there prove that none was applied between.
    """
    session = transaction.session
    tail = {"run": planned.run_pk, "first": planned.first_tail, "last": planned.last_tail}
    if planned.tail_rows:
        deleted = session.run(
            "DELETE FROM metric_tail WHERE run_id = :run AND id BETWEEN :first AND :last", tail
        )
        if deleted != planned.tail_rows:
            raise InvalidState("The run's tail was compacted by another process.")
    for old in planned.old:
        if session.run("DELETE FROM metric_chunk WHERE series_id = ? AND seq = ? AND count = ?", old) != 1:
            raise InvalidState("The run's chunks were joined by another process.")
    session.many(_INSERT, planned.new)


class Pacer:
    """Sleeps for `rest` seconds whenever `work` seconds have passed since it last did.

    Planning holds Python's lock between its calls into compiled code; without a sleep the threads that answer
    requests wait up to 5 ms for it each time they come back from the database.
    """

    def __init__(self, work: float = 0.002, rest: float = 0.001) -> None:
        self._work = work
        self._rest = rest
        self._since = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._since >= self._work:
            time.sleep(self._rest)
            self._since = time.monotonic()
