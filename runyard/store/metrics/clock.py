"""Where times lie on a chart's axis: the wall clock, the time since the run's start, or that without its pauses."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from runyard.store.metadata.session import Session
from runyard.store.metrics.blocks import ordered_blocks
from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.points import Integers
from runyard.store.metrics.summary import SeriesRow, busiest_series

# A run that was resumed stood still for at least this long, in milliseconds.
LEAST_PAUSE = 60_000
# ... and for so many times as long as its points are apart on average.
PAUSE_INTERVALS = 10
# A pause is a time in which none of so many series, those with the most points, has one.
SERIES_LOOKED_AT = 4

Pause = tuple[int, int]
_NONE: Integers = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class Clock:
    """Takes `origin` and the pauses before a time away from it; a time within a pause counts as the pause's start.

    `starts`, `ends`: milliseconds since 1970 of pauses that don't overlap, ascending.
    """

    origin: int = 0
    starts: Integers = field(default_factory=lambda: _NONE)
    ends: Integers = field(default_factory=lambda: _NONE)

    @property
    def key(self) -> Hashable:
        """Equal for clocks that tell the same."""
        return (self.origin, self.starts.tobytes(), self.ends.tobytes())

    def places(self, times: Integers) -> Integers:
        """Milliseconds on the axis; they never decrease where times don't."""
        if not len(self.ends):
            return times - self.origin if self.origin else times
        before = np.searchsorted(self.ends, times, "right")
        cut = np.append(0, np.cumsum(self.ends - self.starts))[before]
        # Behind the last pause nothing bounds.
        bounds = np.append(self.starts, np.iinfo(np.int64).max)[before]
        return np.asarray(np.minimum(times, bounds) - cut - self.origin)

    def place(self, time: int) -> int:
        """`places` of one time."""
        return int(self.places(np.array([time], np.int64))[0])


def run_start(session: Session, run_pk: int) -> int:
    """When the run started: its start time, or the time of its first point when it has none."""
    row = session.one(
        """SELECT coalesce(start_time, (SELECT min(min_time) FROM series WHERE run_id = :run))
           FROM run WHERE id = :run""",
        {"run": run_pk},
    )
    return 0 if row is None or row[0] is None else int(row[0])


def process_clock(session: Session, cache: SeriesCache, run_pk: int) -> Clock:
    """The time since the run's start without its pauses, as a run that was resumed has them.

    A pause is a gap between points of LEAST_PAUSE, or of PAUSE_INTERVALS average intervals if that is longer.
    """
    origin = run_start(session, run_pk)
    rows = busiest_series(session, run_pk, SERIES_LOOKED_AT)
    if not rows:
        return Clock(origin)
    busiest = rows[0]
    average = (busiest.max_time - busiest.min_time) // max(1, busiest.count - 1)
    least = max(LEAST_PAUSE, PAUSE_INTERVALS * average)
    pauses = list(_gaps(session, cache, busiest, least))
    for row in rows[1:]:
        if not pauses:
            break
        outside = [(pauses[0][0], row.min_time), (row.max_time, pauses[-1][1])]
        gaps = [outside[0], *_gaps(session, cache, row, LEAST_PAUSE), outside[1]]
        pauses = [(start, end) for start, end in _shared(pauses, gaps) if end - start >= least]
    starts, ends = (np.array([pause[side] for pause in pauses], np.int64) for side in (0, 1))
    return Clock(origin, starts, ends)


def _gaps(session: Session, cache: SeriesCache, row: SeriesRow, least: int) -> Iterator[Pause]:
    """Times of at least `least` milliseconds between neighbouring points."""
    last: int | None = None
    for _, points in ordered_blocks(session, cache, row, "history"):
        times = points.times if last is None else np.append(last, points.times)
        for index in np.flatnonzero(np.diff(times) >= least).tolist():
            yield int(times[index]), int(times[index + 1])
        last = int(times[-1])


def _shared(one: Sequence[Pause], other: Sequence[Pause]) -> Iterator[Pause]:
    """The parts that two ascending lists have in common."""
    first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        if start < end:
            yield start, end
        if one[first][1] < other[second][1]:
            first += 1
        else:
            second += 1
