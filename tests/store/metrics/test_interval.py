"""The even sample of get-history-bulk-interval, held against SQL's own NTILE."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.interval import history_interval, sample_interval
from tests.store.metrics.samples import Row, Workspace, points_of, walk

finite_rows = st.lists(st.tuples(st.integers(-5, 30), st.integers(0, 5), st.floats(0, 1)), max_size=80)


def by_sql(given: list[Row], buckets: int, start: int | None, end: int | None) -> list[Row]:
    """mlflow's rule in SQL: the first row of each NTILE bucket, then the last row of all."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE point (step, time, value, arrival)")
    database.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", [(*row, i) for i, row in enumerate(given)])
    if start is not None:
        database.execute("DELETE FROM point WHERE step < ? OR step > ?", (start, end))
    order = "step, time, arrival"
    rows = database.execute(
        f"""SELECT step, time, value, arrival FROM (
              SELECT *, row_number() OVER (PARTITION BY bucket ORDER BY {order}) AS place
              FROM (SELECT *, ntile({buckets}) OVER (ORDER BY {order}) AS bucket FROM point))
            WHERE place = 1 ORDER BY {order}"""
    ).fetchall()
    last = database.execute("SELECT * FROM point ORDER BY step DESC, time DESC, arrival DESC").fetchone()
    database.close()
    if last is not None and rows[-1] != last:
        rows[-1 if len(rows) >= buckets else len(rows) :] = [last]
    return [row[:3] for row in rows]


@given(finite_rows, st.integers(1, 90), st.none() | st.tuples(st.integers(-6, 31), st.integers(-6, 31)))
def test_the_sample_is_mlflows(given: list[Row], buckets: int, span: tuple[int, int] | None) -> None:
    start, end = span or (None, None)
    sample = sample_interval(points_of(given), buckets, start, end)
    assert sample.rows() == by_sql(given, buckets, start, end)


@pytest.mark.parametrize(("buckets", "steps"), [(1, [9]), (2, [0, 9]), (3, [0, 4, 9]), (10, list(range(10)))])
def test_first_and_last_are_kept(buckets: int, steps: list[int]) -> None:
    assert sample_interval(walk(10), buckets).steps.tolist() == steps


def test_each_run_is_sampled_by_itself_in_asked_order(space: Workspace) -> None:
    space.append_points("loss", walk(5000, 1), 1)
    space.store.compactor.compact_now()
    space.append_points("loss", walk(300, 2), 2)
    runs = [space.run(2), space.run(3), space.run(1)]
    two, three, one = history_interval(space.session, SeriesCache(1000), runs, "loss", 320)
    assert two.same(walk(300, 2))
    assert len(three) == 0
    assert one.same(sample_interval(walk(5000, 1), 320))
    assert len(one) == 320 and one.steps[-1] == 4999
    (part,) = history_interval(space.session, SeriesCache(1000), [space.run(1)], "loss", 10, 4000, 4004)
    assert part.steps.tolist() == [4000, 4001, 4002, 4003, 4004]
