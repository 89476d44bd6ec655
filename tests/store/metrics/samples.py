"""Points for tests, and a workspace to put them in."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metadata.session import Session
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.metrics.points import Points
from runyard.store.metrics.reader import read_series
from runyard.store.metrics.summary import SeriesRow, find_series
from runyard.store.store import Store

Row = tuple[int, int, float]
LEAST, MOST = -(2**63), 2**63 - 1


def double(bits: int) -> float:
    """The float64 with these bits."""
    value: float = struct.unpack("<d", struct.pack("<Q", bits))[0]
    return value


# Values that are easily lost: NaNs with payloads and signs, both zeros, infinities, the smallest and the largest.
ODD_VALUES = [
    double(0x7FF8000000000000),
    double(0x7FF8000000000001),
    double(0xFFF8123412341234),
    -0.0,
    0.0,
    float("inf"),
    float("-inf"),
    5e-324,
    1.7976931348623157e308,
    -1.7976931348623157e308,
]
integers = st.one_of(st.integers(LEAST, MOST), st.integers(-3, 3), st.sampled_from([LEAST, MOST]))
times = st.one_of(st.integers(0, MOST), st.integers(0, 5), st.integers(1_700_000_000_000, 1_700_000_000_100))
values = st.one_of(st.floats(), st.floats(width=32), st.sampled_from(ODD_VALUES))
rows = st.lists(st.tuples(integers, times, values), max_size=60)


def points_of(given: Sequence[Row]) -> Points:
    """Columns of rows (step, time, value)."""
    return Points.of([row[0] for row in given], [row[1] for row in given], [row[2] for row in given])


def walk(count: int, seed: int = 0, single: bool = False) -> Points:
    """A typical series: steps 0 to count-1, jittering milliseconds, a random walk (rounded to float32 if `single`)."""
    random = np.random.default_rng(seed)
    when = 1_700_000_000_000 + np.cumsum(random.integers(5, 40, count))
    value = np.cumsum(random.normal(size=count)) * 0.01 + 1
    return Points(np.arange(count), when, value.astype(np.float32).astype(np.float64) if single else value)


class Workspace:
    """A store with runs numbered from 1, to which tests append."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.runs: dict[int, int] = {}

    def run_id(self, number: int) -> str:
        """What clients call run `number`."""
        return f"{number:032x}"

    def run(self, number: int = 1) -> int:
        """The row id of run `number`, created on first use."""
        if number not in self.runs:
            found = self._find_run(number)
            if found is None:
                new = runs.NewRun(self.run_id(number), "0", f"run {number}", "user", 1000 * number, [])
                self.store.write(lambda transaction: runs.create(transaction, new))
                found = self._find_run(number)
            assert found is not None
            self.runs[number] = found[0]
        return self.runs[number]

    def _find_run(self, number: int) -> tuple[int] | None:
        return self.session.one("SELECT id FROM run WHERE run_id = ?", (self.run_id(number),))

    @property
    def session(self) -> Session:
        """A reading connection."""
        return self.store.session()

    def append(self, batch: Mapping[str, Sequence[Row]], number: int = 1) -> None:
        """Log points of several metrics in one request."""
        given = [
            SeriesPoints(name, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
            for name, rows in batch.items()
            if rows
        ]
        self._append(given, number)

    def append_points(self, name: str, points: Points, number: int = 1, at_once: int = 100_000) -> None:
        """Log many points of one metric, `at_once` in a request."""
        for start in range(0, len(points), at_once):
            part = points[start : start + at_once]
            columns = part.steps.tolist(), part.times.tolist(), part.values.tolist()
            self._append([SeriesPoints(name, *columns)], number)

    def _append(self, given: list[SeriesPoints], number: int) -> None:
        key = self.run(number)
        self.store.write(lambda tx: tx.metrics.append(key, self.run_id(number), 0, given))

    def series(self, name: str, number: int = 1) -> SeriesRow:
        """The summary of a metric that exists."""
        found = find_series(self.session, self.run(number), name)
        assert found is not None
        return found

    def read(self, name: str, number: int = 1, skip: int = 0) -> Points:
        """The stored points of a metric, in arrival order."""
        return read_series(self.session, self.run(number), self.series(name, number).id, skip=skip)

    def count(self, sql: str) -> Any:
        """The first column of the first row."""
        found = self.session.one(sql)
        assert found is not None
        return found[0]

    def tail_rows(self) -> int:
        """Rows in all tails."""
        return int(self.count("SELECT count(*) FROM metric_tail"))

    def chunk_counts(self, name: str, number: int = 1) -> list[int]:
        """Points of each chunk of a metric, in order."""
        found = self.session.all(
            "SELECT count FROM metric_chunk WHERE series_id = ? ORDER BY seq", (self.series(name, number).id,)
        )
        return [count for (count,) in found]


# Far beyond a test's end, so that only the test itself compacts.
NEVER = Settings(compact_idle_seconds=3600, durability="relaxed")


@contextmanager
def workspace(folder: Path, settings: Settings = NEVER) -> Iterator[Workspace]:
    """Open a workspace in `folder` for the time of a test."""
    with Store(folder, settings) as store:
        yield Workspace(store)
