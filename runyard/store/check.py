"""Verifies what a workspace folder holds: the database's own structure, every chunk, and every count.

It only reads, in one snapshot, so it may run beside a server. What it finds is listed, never repaired.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from runyard.errors import CorruptData, InvalidState
from runyard.store.journal.entry import decode_entry
from runyard.store.journal.file import read_frames
from runyard.store.journal.journal import journals
from runyard.store.metadata.database import FILE_NAME, connect
from runyard.store.metadata.session import Row, Session
from runyard.store.metrics.chunk import decode_chunk
from runyard.store.metrics.compact import value_bounds
from runyard.store.metrics.points import Points
from runyard.store.metrics.summary import SeriesRow, list_series
from runyard.store.metrics.tail_reader import decode_tail

# Nobody finds these runs any more, and part of their rows may be gone (purge/rows.py).
_PURGED = "SELECT id FROM run WHERE lifecycle_stage = 'purged'"
# Problems that are listed; more are only counted.
MOST_LISTED = 1000


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong: one sentence each, the first MOST_LISTED of `found`."""

    runs: int = 0
    series: int = 0
    chunks: int = 0
    tail_rows: int = 0
    points: int = 0
    # Runs whose rows and files a purge is removing; the server or its next start goes on with it.
    purged: int = 0
    # Requests in journals whose points are not in the database yet; the next start stores them.
    waiting: int = 0
    found: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.found == 0

    def add(self, problem: str) -> None:
        """Note one problem."""
        self.found += 1
        if len(self.problems) < MOST_LISTED:
            self.problems.append(problem)


@dataclass(slots=True)
class _Seen:
    """What the stored points of one series add up to, in the terms of its `series` row."""

    count: int = 0
    non_finite: int = 0
    latest: tuple[int, int] = (-(2**63), -(2**63))
    latest_value: float = np.nan
    min_value: float | None = None
    max_value: float | None = None
    min_step: int = 2**63 - 1
    max_step: int = -(2**63)
    min_time: int = 2**63 - 1
    max_time: int = -(2**63)

    def add(self, points: Points) -> None:
        """Count points in, which arrived behind those before."""
        self.count += len(points)
        self.non_finite += int((~np.isfinite(points.values)).sum())
        self._add_latest(points)
        self.min_step = min(self.min_step, int(points.steps.min()))
        self.max_step = max(self.max_step, int(points.steps.max()))
        self.min_time = min(self.min_time, int(points.times.min()))
        self.max_time = max(self.max_time, int(points.times.max()))
        low, high = value_bounds(points.values)
        if low is not None and high is not None:
            self.min_value = low if self.min_value is None else min(self.min_value, low)
            self.max_value = high if self.max_value is None else max(self.max_value, high)

    def _add_latest(self, points: Points) -> None:
        ordered = points.in_step_order()
        latest = (int(ordered.steps[-1]), int(ordered.times[-1]))
        if latest >= self.latest:
            self.latest, self.latest_value = latest, float(ordered.values[-1])


def check(folder: Path) -> Report:
    """Check the workspace in `folder`; raise InvalidState when there is none.

    Holds one chunk or tail row and the sums of one run's series at a time.
    """
    if not (folder / FILE_NAME).is_file():
        raise InvalidState(f"There is no Runyard workspace in {folder}: it has no file {FILE_NAME}.")
    report = Report()
    try:
        session = connect(folder, read_only=True)
    except sqlite3.DatabaseError as error:
        report.add(f"The database can't be opened: {error}.")
        return report
    try:
        with session.snapshot():
            _check_structure(session, report)
            _check_points(session, report)
            _check_journals(folder, session, report)
    except sqlite3.DatabaseError as error:
        # A torn copy: some page is not what the pages before say.
        report.add(f"The database can't be read further: {error}.")
    finally:
        session.close()
    return report


def _check_journals(folder: Path, session: Session, report: Report) -> None:
    for path in journals(folder):
        row = session.one("SELECT journal FROM receipt WHERE process = ?", (path.stem,))
        applied = 0 if row is None else row[0]
        try:
            for sequence, payload in read_frames(path):
                decode_entry(payload)
                report.waiting += sequence > applied
        except FileNotFoundError:
            continue  # its process ended meanwhile
        except (InvalidState, msgspec.DecodeError) as error:
            report.add(f"The journal {path} can't be read: {error}")


def _check_structure(session: Session, report: Report) -> None:
    for (line,) in session.all("PRAGMA integrity_check(100)"):
        if line != "ok":
            report.add(f"The database's structure is damaged: {line}.")
    for table, row, parent, _ in session.all("PRAGMA foreign_key_check"):
        place = "a row" if row is None else f"row {row}"
        report.add(f"In table {table}, {place} belongs to a row of {parent} that is not there.")


def _check_points(session: Session, report: Report) -> None:
    _check_orphans(session, report)
    report.purged = session.all("SELECT count(*) FROM run WHERE lifecycle_stage = 'purged'")[0][0]
    for (run_pk,) in session.all(
        f"SELECT DISTINCT run_id FROM series WHERE run_id NOT IN ({_PURGED}) ORDER BY run_id"
    ):
        report.runs += 1
        _check_run(session, report, run_pk)


def _check_orphans(session: Session, report: Report) -> None:
    for series, seq, run_pk in session.iterate(
        f"""SELECT metric_chunk.series_id, metric_chunk.seq, metric_chunk.run_id FROM metric_chunk
           LEFT JOIN series ON series.id = metric_chunk.series_id
           WHERE (series.id IS NULL OR series.run_id <> metric_chunk.run_id)
           AND metric_chunk.run_id NOT IN ({_PURGED})"""
    ):
        report.add(f"Chunk {seq} of series {series} belongs to no series of run {run_pk}.")
    for (run_pk,) in session.iterate(
        f"""SELECT DISTINCT run_id FROM metric_tail WHERE run_id NOT IN (SELECT run_id FROM series)
            AND run_id NOT IN ({_PURGED})"""
    ):
        report.add(f"Run {run_pk} has points in its tail but no series.")


def _check_run(session: Session, report: Report, run_pk: int) -> None:
    rows = {row.id: row for row in list_series(session, run_pk)}
    report.series += len(rows)
    seen: dict[int, _Seen] = {}
    # Series whose points could not all be read: their sums would only repeat that.
    unread: set[int] = set()
    for series, points in _run_points(session, report, run_pk, unread):
        if series in rows:
            seen.setdefault(series, _Seen()).add(points)
    for series, row in rows.items():
        if series not in unread and -1 not in unread:
            _compare(report, row, seen.get(series, _Seen()))


def _run_points(
    session: Session, report: Report, run_pk: int, unread: set[int]
) -> Iterator[tuple[int, Points]]:
    """(series, points) in arrival order; `unread` gets the series of damaged chunks, and -1 for a damaged tail."""
    for row in session.iterate(
        """SELECT series_id, seq, count, min_step, max_step, min_time, max_time, min_value, max_value, payload
           FROM metric_chunk WHERE run_id = :run ORDER BY series_id, seq""",
        {"run": run_pk},
    ):
        points = _check_chunk(report, row)
        if points is None:
            unread.add(row[0])
        else:
            yield row[0], points
    known = {
        series for (series,) in session.all("SELECT id FROM series WHERE run_id = :run", {"run": run_pk})
    }
    for identity, count, payload in session.iterate(
        "SELECT id, points, payload FROM metric_tail WHERE run_id = :run ORDER BY id", {"run": run_pk}
    ):
        report.tail_rows += 1
        try:
            parts = decode_tail(payload).split()
        except CorruptData as error:
            report.add(f"Tail row {identity} of run {run_pk}: {error.message}")
            unread.add(-1)
            continue
        total = sum(len(points) for points in parts.values())
        report.points += total
        if total != count:
            report.add(f"Tail row {identity} of run {run_pk} holds {total} points but counts {count}.")
        for series in parts.keys() - known:
            report.add(
                f"Tail row {identity} of run {run_pk} has points of series {series}, which is not there."
            )
        yield from parts.items()


def _check_chunk(report: Report, row: Row) -> Points | None:
    series, seq, count, *bounds, payload = row
    report.chunks += 1
    try:
        points = decode_chunk(payload)
    except CorruptData as error:
        report.add(f"Chunk {seq} of series {series}: {error.message}")
        return None
    report.points += len(points)
    if len(points) != count:
        report.add(f"Chunk {seq} of series {series} holds {len(points)} points but counts {count}.")
    held = [
        int(points.steps.min()),
        int(points.steps.max()),
        int(points.times.min()),
        int(points.times.max()),
    ]
    if [*held, *value_bounds(points.values)] != bounds:
        report.add(f"Chunk {seq} of series {series} has bounds that its points contradict.")
    return points


def _compare(report: Report, row: SeriesRow, seen: _Seen) -> None:
    where = f"Metric '{row.name}' of run {row.run_pk}"
    if seen.count != row.count:
        report.add(f"{where} has {seen.count} stored points but counts {row.count}.")
        return
    if seen.non_finite != row.non_finite:
        report.add(f"{where} has {seen.non_finite} values that are not finite but counts {row.non_finite}.")
    latest = (row.latest_step, row.latest_time)
    if seen.latest != latest or not _equal(seen.latest_value, row.latest_value):
        report.add(
            f"{where} says that its latest point is {(*latest, row.latest_value)}, "
            f"but that is {(*seen.latest, seen.latest_value)}."
        )
    for name in ("min_value", "max_value", "min_step", "max_step", "min_time", "max_time"):
        stored, found = getattr(row, name), getattr(seen, name)
        if stored != found:
            report.add(f"{where} has {name} {stored}, but its points have {found}.")


def _equal(left: float, right: float) -> bool:
    return left == right or (left != left and right != right)
