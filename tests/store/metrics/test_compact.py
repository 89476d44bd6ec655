"""Compaction against a plain list of points as the model, through a real store and a real file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from runyard.errors import InvalidState
from runyard.store.check import check
from runyard.store.metrics.chunk import CHUNK_POINTS
from runyard.store.metrics.compact import Pacer, Plan, apply, finish, plan
from runyard.store.metrics.points import Points, concatenate
from tests.store.metrics.samples import Row, Workspace, points_of, rows, walk, workspace

NAMES = ["a", "loss", "z/é"]


def store_plan(space: Workspace, planned: Plan) -> None:
    space.store.write(lambda transaction: apply(transaction, planned))


def compact(space: Workspace, number: int = 1, limit: int = 1 << 30) -> Plan:
    """One slice: plan and apply."""
    planned = plan(space.session, space.run(number), limit=limit)
    store_plan(space, planned)
    return planned


class Storage(RuleBasedStateMachine):
    """Random appends, compactions and reads of two runs; whatever happens, a series is the list of its points."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.opened = workspace(Path(self.folder.name))
        self.space = self.opened.__enter__()
        self.model: dict[tuple[int, str], list[Row]] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)
        report = check(Path(self.folder.name))
        assert report.ok, report.problems
        assert report.points == sum(len(points) for points in self.model.values())
        self.folder.cleanup()

    @rule(run=st.integers(1, 2), batch=st.dictionaries(st.sampled_from(NAMES), rows.filter(bool), min_size=1))
    def append(self, run: int, batch: dict[str, list[Row]]) -> None:
        self.space.append(batch, run)
        for name, added in batch.items():
            self.model.setdefault((run, name), []).extend(added)

    @rule(
        run=st.integers(1, 2),
        name=st.sampled_from(NAMES),
        count=st.integers(1000, 9000),
        seed=st.integers(0, 9),
    )
    def append_many(self, run: int, name: str, count: int, seed: int) -> None:
        points = walk(count, seed)
        self.space.append_points(name, points, run, at_once=3000)
        self.model.setdefault((run, name), []).extend(points.rows())

    @rule(run=st.integers(1, 2), limit=st.sampled_from([1, 50, 5000, 1 << 30]))
    def compact(self, run: int, limit: int) -> None:
        compact(self.space, run, limit)

    @rule(run=st.integers(1, 2), limit=st.sampled_from([1, 5000, 1 << 30]))
    def finish(self, run: int, limit: int) -> None:
        store_plan(self.space, finish(self.space.session, self.space.run(run), limit=limit))

    @rule()
    def compact_everything(self) -> None:
        self.space.store.compactor.compact_now()
        assert self.space.tail_rows() == 0
        for run, name in self.model:
            counts = self.space.chunk_counts(name, run)
            assert all(count == CHUNK_POINTS for count in counts[:-1])

    @rule(skip=st.integers(0, 12_000))
    def read_from(self, skip: int) -> None:
        for (run, name), points in self.model.items():
            assert self.space.read(name, run, skip).same(points_of(points[skip:]))

    @invariant()
    def every_series_is_the_list_of_its_points(self) -> None:
        for (run, name), points in self.model.items():
            assert self.space.series(name, run).count == len(points)
            assert self.space.read(name, run).same(points_of(points))
            partial = [count for count in self.space.chunk_counts(name, run) if count < CHUNK_POINTS]
            # Each holds more than what came behind it when it was written.
            assert len(partial) <= 12


Storage.TestCase.settings = settings(deadline=None, max_examples=25, stateful_step_count=12)
TestStorage = Storage.TestCase


def test_a_slice_takes_whole_rows_up_to_its_limit(space: Workspace) -> None:
    for index in range(5):
        space.append_points("loss", walk(100, index))
    first = compact(space, limit=250)
    assert (first.tail_rows, first.points, first.more) == (2, 200, True)
    second = compact(space, limit=1)
    assert (second.tail_rows, second.points, second.more) == (1, 100, True)
    assert compact(space).more is False
    assert plan(space.session, space.run()).empty
    assert space.read("loss").same(concatenate([walk(100, index) for index in range(5)]))


def test_few_points_at_a_time_rewrite_each_point_a_few_times_only(space: Workspace) -> None:
    written = 0
    for index in range(200):
        space.append_points("loss", walk(10, index))
        written += sum(row[3] for row in compact(space).new)
    assert written <= 2000 * 8
    assert len(space.chunk_counts("loss")) <= 12
    store_plan(space, finish(space.session, space.run()))
    assert space.chunk_counts("loss") == [2000]


def test_chunks_fill_up_to_4096_points(space: Workspace) -> None:
    points = walk(10_000)
    space.append_points("loss", points[:5000])
    compact(space)
    assert space.chunk_counts("loss") == [4096, 904]
    space.append_points("loss", points[5000:])
    compact(space)
    assert space.chunk_counts("loss") == [4096, 4096, 1808]
    assert space.read("loss").same(points)


def test_a_plan_made_before_another_compaction_is_refused_and_changes_nothing(space: Workspace) -> None:
    space.append_points("loss", walk(1000))
    late = plan(space.session, space.run())
    compact(space)
    with pytest.raises(InvalidState):
        store_plan(space, late)
    assert space.read("loss").same(walk(1000))


def test_a_plan_survives_points_that_come_behind_it(space: Workspace) -> None:
    points = walk(300)
    space.append_points("loss", points[:200])
    planned = plan(space.session, space.run())
    space.append_points("loss", points[200:])
    store_plan(space, planned)
    assert space.tail_rows() == 1
    assert space.read("loss").same(points)


def test_joining_chunks_that_were_joined_meanwhile_is_refused(space: Workspace) -> None:
    for size in (100, 10):
        space.append_points("loss", walk(size))
        compact(space)
    assert space.chunk_counts("loss") == [100, 10]
    late = finish(space.session, space.run())
    store_plan(space, finish(space.session, space.run()))
    with pytest.raises(InvalidState):
        store_plan(space, late)
    # A tail's plan that would join a chunk that is gone is refused whole: its tail stays.
    space.append_points("loss", walk(10))
    compact(space)
    space.append_points("loss", walk(10))
    late = plan(space.session, space.run())
    store_plan(space, finish(space.session, space.run()))
    with pytest.raises(InvalidState):
        store_plan(space, late)
    assert space.tail_rows() == 1
    assert len(space.read("loss")) == 130


def test_a_plan_for_a_purged_run_is_refused(space: Workspace) -> None:
    space.append_points("loss", walk(100))
    planned = plan(space.session, space.run())
    key = space.run()
    space.store.write(lambda tx: tx.session.run("DELETE FROM run WHERE id = ?", (key,)))
    with pytest.raises(InvalidState):
        store_plan(space, planned)
    assert space.count("SELECT count(*) FROM metric_chunk") == 0


def test_points_of_all_nan_and_of_extremes_have_bounds(space: Workspace) -> None:
    nan, inf = float("nan"), float("inf")
    space.append(
        {"nan": [(0, 0, nan)], "inf": [(-(2**63), 0, -inf), (2**63 - 1, 2**63 - 1, nan), (0, 1, inf)]}
    )
    compact(space)
    found = space.session.all(
        """SELECT name, metric_chunk.count, metric_chunk.min_step, metric_chunk.max_step, metric_chunk.max_time,
                  metric_chunk.min_value, metric_chunk.max_value
           FROM metric_chunk JOIN series ON series.id = series_id ORDER BY name"""
    )
    assert found == [("inf", 3, -(2**63), 2**63 - 1, 2**63 - 1, -inf, inf), ("nan", 1, 0, 0, 0, None, None)]


def test_many_series_of_one_run_are_compacted_together(space: Workspace) -> None:
    for step in range(5):
        space.append({f"m{index}": [(step, step, index + step / 8)] for index in range(300)})
    compact(space)
    assert space.count("SELECT count(*) FROM metric_chunk") == 300
    for index in (0, 1, 299):
        assert space.read(f"m{index}").values.tolist() == [index + step / 8 for step in range(5)]


def test_a_pacer_rests_once_it_has_worked_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    rests: list[float] = []
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", rests.append)
    pause = Pacer(work=0.002, rest=0.001)
    for _ in range(10):
        now[0] += 0.0007
        pause()
    assert rests == [0.001] * 3


def test_plans_hold_no_more_than_their_slice(space: Workspace) -> None:
    space.append_points("loss", walk(20_000), at_once=1000)
    planned = plan(space.session, space.run(), limit=5000)
    assert planned.points == 5000
    assert sum(row[3] for row in planned.new) == 5000
    assert isinstance(planned.new[0][-1], bytes)
    assert len(Points.empty()) == 0
