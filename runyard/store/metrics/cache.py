"""Keeps decoded series in memory, up to a number of bytes, so that charts and pages don't decode again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from runyard.errors import CorruptData
from runyard.store.metadata.session import Session
from runyard.store.metrics.described import Described
from runyard.store.metrics.points import POINT_BYTES, Points, concatenate
from runyard.store.metrics.reader import read_many
from runyard.store.metrics.summary import SeriesRow

# What an entry takes beside its points.
ENTRY_BYTES = 512
# What charts were told takes so much of the limit in addition: about 30 kB a curve where a series has 24 bytes a point.
DESCRIBED_SHARE = 4
# Series of which it is known that they were asked for, at about 150 bytes each.
REMEMBERED = 10_000


class SeriesCache:
    """The series that were read last, in arrival order; safe to use from several threads.

    Series only ever grow at their end, so the count in the `series` row is a version: an entry that is longer than
    asked for holds what is asked for at its start, and a shorter one is continued from where it ends.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[tuple[int, int], Points] = OrderedDict()
        self._bytes = 0
        self._asked: OrderedDict[tuple[int, int], None] = OrderedDict()
        self.described = Described(max_bytes // DESCRIBED_SHARE)
        self.hits = 0
        self.misses = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bytes

    def read(self, session: Session, row: SeriesRow) -> Points:
        """The points of one series; see `read_many`."""
        return self.read_many(session, [row])[0]

    def read_many(self, session: Session, rows: Sequence[SeriesRow]) -> list[Points]:
        """The points of series of one run in arrival order, exactly `row.count` of each.

        Call it in the snapshot in which the rows were read. Raises CorruptData when a series has fewer or more
        points than its row says.
        """
        held = [self._find(row) for row in rows]
        wanted = {
            row.id: len(points) for row, points in zip(rows, held, strict=True) if len(points) < row.count
        }
        if not wanted:
            return held
        fresh = read_many(session, rows[0].run_pk, wanted)
        return [
            self._continue(row, points, fresh[row.id]) if row.id in fresh else points
            for row, points in zip(rows, held, strict=True)
        ]

    def is_asked_again(self, row: SeriesRow) -> bool:
        """Whether the series is held, or was asked about here before; of the first time this keeps a note."""
        key = (row.run_pk, row.id)
        with self._lock:
            if key in self._entries or key in self._asked:
                return True
            self._asked[key] = None
            if len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        return False

    def _find(self, row: SeriesRow) -> Points:
        key = (row.run_pk, row.id)
        with self._lock:
            points = self._entries.get(key)
            if points is None or len(points) < row.count:
                self.misses += 1
                return points or Points.empty()
            self.hits += 1
            self._entries.move_to_end(key)
        return points if len(points) == row.count else points[: row.count]

    def _continue(self, row: SeriesRow, held: Points, fresh: Points) -> Points:
        points = concatenate([held, fresh]) if len(held) else fresh
        if len(points) != row.count:
            raise CorruptData(
                f"Metric '{row.name}' has {len(points)} stored points where its summary counts {row.count}."
            )
        for column in (points.steps, points.times, points.values):
            column.flags.writeable = False
        self._keep((row.run_pk, row.id), points)
        return points

    def _keep(self, key: tuple[int, int], points: Points) -> None:
        size = _size(points)
        if size > self._max_bytes:
            return
        with self._lock:
            older = self._entries.get(key)
            if older is not None and len(older) >= len(points):
                return
            self._bytes += size - (0 if older is None else _size(older))
            self._entries[key] = points
            self._entries.move_to_end(key)
            while self._bytes > self._max_bytes:
                _, dropped = self._entries.popitem(last=False)
                self._bytes -= _size(dropped)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._asked.clear()
            self._bytes = 0
        self.described.clear()


def _size(points: Points) -> int:
    return POINT_BYTES * len(points) + ENTRY_BYTES
