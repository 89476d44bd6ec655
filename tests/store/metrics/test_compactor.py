"""The compacting thread: what it takes when, that it survives errors, and what it leaves behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from runyard.errors import CorruptData
from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metadata.session import Session
from runyard.store.metrics import compactor
from runyard.store.transaction import Transaction
from tests.store.metrics.samples import NEVER, Workspace, walk, workspace


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for a condition; fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def end(space: Workspace, number: int = 1) -> None:
    space.run(number)
    change = runs.RunUpdate("FINISHED", 5, None)
    space.store.write(lambda tx: runs.update(tx, space.run_id(number), change))


def test_a_large_tail_is_compacted_at_once(tmp_path: Path) -> None:
    with workspace(tmp_path, replace(NEVER, compact_points=10_000)) as space:
        space.append_points("loss", walk(9_000))
        time.sleep(0.5)
        assert space.tail_rows() == 1
        assert space.store.compactor.backlog() == compactor.Backlog(9_000, 1)
        space.append_points("loss", walk(2_000))
        until(lambda: space.tail_rows() == 0)
        assert space.chunk_counts("loss") == [4096, 4096, 2808]
        until(lambda: space.store.compactor.backlog() == compactor.Backlog(0, 0))
        until(lambda: space.store.measures.compacted_points == 11_000)


def test_a_tail_of_many_rows_is_compacted_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compactor, "ROWS_AT_ONCE", 50)
    with workspace(tmp_path) as space:
        for step in range(50):
            space.append({"loss": [(step, step, 0.5)]})
        until(lambda: space.tail_rows() == 0)
        assert space.chunk_counts("loss") == [50]


def test_a_run_that_ended_is_compacted_at_once_into_one_partial_chunk(space: Workspace) -> None:
    for size in (100, 10):
        space.append_points("loss", walk(size))
        space.store.compactor.compact_now()
    space.append_points("loss", walk(3))
    end(space)
    until(lambda: space.tail_rows() == 0)
    until(lambda: space.chunk_counts("loss") == [113])


def test_a_run_that_logged_little_stays_in_its_tail(tmp_path: Path) -> None:
    with workspace(tmp_path, replace(NEVER, compact_idle_seconds=0.01)) as space:
        space.append({f"m{index}": [(0, 1, index)] for index in range(10)})
        end(space)
        space.append({f"m{index}": [(0, 1, index)] for index in range(10)}, 2)
        until(lambda: not space.store.compactor._waiting)
        assert space.tail_rows() == 2
        assert space.count("SELECT count(*) FROM metric_chunk") == 0


def test_a_run_that_goes_on_after_a_change_of_status_waits_as_before(space: Workspace) -> None:
    space.append_points("loss", walk(2000))
    resumed = runs.RunUpdate("SCHEDULED", None, None)
    space.store.write(lambda tx: runs.update(tx, space.run_id(1), resumed))
    time.sleep(0.5)
    assert space.tail_rows() == 1
    assert space.store.compactor.backlog() == compactor.Backlog(2000, 1)
    end(space)
    until(lambda: space.chunk_counts("loss") == [2000])


def test_points_that_a_scan_sees_before_their_note_count_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = compactor.Compactor._scan

    def late(self: compactor.Compactor, session: Session) -> None:
        time.sleep(0.3)
        scan(self, session)

    monkeypatch.setattr(compactor.Compactor, "_scan", late)
    with workspace(tmp_path) as space:
        space.append_points("loss", walk(2000))
        time.sleep(0.6)
        assert space.store.compactor.backlog() == compactor.Backlog(2000, 1)


def test_an_idle_tail_is_compacted_and_a_small_one_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compactor, "SMALL_PATIENCE", 10)
    with workspace(tmp_path, Settings(compact_idle_seconds=0.3, durability="relaxed")) as space:
        space.append_points("loss", walk(compactor.SMALL_TAIL))
        space.append_points("loss", walk(compactor.LEAST_ROWS), 2, at_once=1)
        until(lambda: space.chunk_counts("loss") == [1000])
        assert space.tail_rows() == compactor.LEAST_ROWS
        until(lambda: space.tail_rows() == 0)


def test_tails_of_an_earlier_process_are_found(tmp_path: Path) -> None:
    with workspace(tmp_path) as space:
        space.append_points("loss", walk(1500))
        space.append_points("loss", walk(40), 2, at_once=1)
        space.append_points("loss", walk(5), 3)
    with workspace(tmp_path, replace(NEVER, compact_idle_seconds=0.05)) as space:
        until(lambda: space.tail_rows() == 1)
        assert space.chunk_counts("loss", 1) == [1500]
        assert space.chunk_counts("loss", 2) == [40]
        assert space.read("loss", 1).same(walk(1500))


def test_a_damaged_run_is_tried_again_later_and_others_go_on(tmp_path: Path) -> None:
    with workspace(tmp_path, replace(NEVER, compact_points=100)) as space:
        space.append_points("loss", walk(50))
        space.store.write(lambda tx: tx.session.run("UPDATE metric_tail SET payload = x'00'"))
        space.append_points("loss", walk(50))
        space.append_points("loss", walk(100), 2)
        until(lambda: space.chunk_counts("loss", 2) == [100])
        until(lambda: space.store.compactor.failure is not None)
        assert space.store.compactor.backlog() == compactor.Backlog(100, 1)
        assert space.tail_rows() == 2
        with pytest.raises(CorruptData):
            space.store.compactor.compact_now(space.run(1))


def test_the_thread_starts_again_after_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = compactor.Compactor._scan
    calls: list[int] = []

    def failing(self: compactor.Compactor, session: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the disk went away")
        scan(self, session)  # type: ignore[arg-type]  # passed through as it came

    monkeypatch.setattr(compactor, "FIRST_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(compactor.Compactor, "_scan", failing)
    with workspace(tmp_path, replace(NEVER, compact_points=100)) as space:
        until(lambda: len(calls) == 2)
        space.append_points("loss", walk(100))
        until(lambda: space.tail_rows() == 0)


def test_the_file_shrinks_and_the_log_is_emptied_when_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compactor, "QUIET_SECONDS", 0.3)
    with workspace(tmp_path, replace(NEVER, compact_points=100_000)) as space:
        space.run()
        until(lambda: (tmp_path / "runyard.db-wal").stat().st_size == 0)
        empty = (tmp_path / "runyard.db").stat().st_size
        space.append_points("loss", walk(100_000), at_once=1000)
        until(lambda: (tmp_path / "runyard.db-wal").stat().st_size == 0 and space.tail_rows() == 0)
        assert space.count("PRAGMA freelist_count") == 0
        assert (tmp_path / "runyard.db").stat().st_size - empty <= 8 * 100_000


def test_the_log_is_written_back_while_points_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compactor, "LOG_BYTES", 500_000)
    with workspace(tmp_path) as space:
        space.run()
        before = (tmp_path / "runyard.db").stat().st_size
        space.append_points("loss", walk(50_000), at_once=1000)
        until(lambda: (tmp_path / "runyard.db").stat().st_size > before + 500_000)


def test_the_log_is_written_back_after_a_commit_of_many_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compactor, "LOG_BYTES", 500_000)
    monkeypatch.setattr(compactor, "QUIET_SECONDS", 3600)

    def create(transaction: Transaction) -> None:
        for number in range(2000):
            runs.create(transaction, runs.NewRun(f"run{number}", "0", "", "", None, []))

    with workspace(tmp_path) as space:
        before = (tmp_path / "runyard.db").stat().st_size
        space.store.write(create)
        until(lambda: (tmp_path / "runyard.db").stat().st_size > before + 500_000)


def test_closing_waits_for_the_slice_in_hand_and_loses_nothing(tmp_path: Path) -> None:
    points = walk(60_000)
    with workspace(tmp_path, replace(NEVER, compact_points=1000)) as space:
        space.append_points("loss", points, at_once=500)
    with workspace(tmp_path) as space:
        assert space.series("loss").count == 60_000
        assert len(space.read("loss")) == 60_000


def test_two_processes_may_compact_the_same_run(tmp_path: Path) -> None:
    points = walk(40_000)
    settings = replace(NEVER, compact_points=1000)
    with workspace(tmp_path, settings) as one, workspace(tmp_path, settings) as two:
        one.append_points("loss", points[:500])
        two.runs[1] = one.runs[1]
        for start in range(500, 40_000, 500):
            (one, two)[start // 500 % 2].append_points("loss", points[start : start + 500])
        one.store.compactor.compact_now()
        assert one.read("loss").same(points)
        assert one.tail_rows() == 0
