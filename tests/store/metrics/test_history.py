"""Pages of a metric's history."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.history import HistoryPage, history_bulk, history_page
from tests.store.metrics.samples import Workspace, points_of, walk


def page(
    space: Workspace, cache: SeriesCache, offset: int = 0, limit: int | None = None, total: int | None = None
) -> HistoryPage:
    run = space.run()
    return history_page(space.session, cache, run, "loss", offset=offset, limit=limit, total=total)


def test_all_points_come_in_order_of_time_step_arrival(space: Workspace) -> None:
    space.append({"loss": [(2, 5, 1.0), (1, 5, 2.0), (9, 4, 3.0), (1, 5, 4.0)]})
    found = page(space, SeriesCache(1000))
    assert found.points.rows() == [(9, 4, 3.0), (1, 5, 2.0), (1, 5, 4.0), (2, 5, 1.0)]
    assert (found.total, found.next_offset) == (4, None)


def test_nine_values_of_one_millisecond_come_in_the_order_in_which_they_were_logged(space: Workspace) -> None:
    values = [3.0, 1.0, 1.0, 2.0, 9.0, 8.0, 7.0, 1.0, 3.0]
    for value in values:
        space.append({"loss": [(0, 1000, value)]})
    assert page(space, SeriesCache(1000)).points.values.tolist() == values


def test_pages_join_to_the_whole_also_when_points_come_between_them(space: Workspace) -> None:
    points = walk(2500)[slice(None, None, -1)]
    space.append_points("loss", points)
    cache = SeriesCache(1_000_000)
    found = page(space, cache, limit=1000)
    pages = [found]
    while found.next_offset is not None:
        # Sorts before everything that was listed so far.
        space.append({"loss": [(-1, 0, 0.0)]})
        space.store.compactor.compact_now()
        found = page(space, cache, offset=found.next_offset, limit=1000, total=found.total)
        pages.append(found)
    assert [len(one.points) for one in pages] == [1000, 1000, 500]
    joined = [row for one in pages for row in one.points.rows()]
    assert points_of(joined).same(walk(2500))


def test_an_offset_behind_the_end_gives_nothing(space: Workspace) -> None:
    space.append_points("loss", walk(10))
    found = page(space, SeriesCache(1000), offset=20, limit=5)
    assert (len(found.points), found.next_offset) == (0, None)


def test_a_metric_that_was_never_logged_has_an_empty_history(space: Workspace) -> None:
    found = page(space, SeriesCache(1000), limit=10)
    assert (len(found.points), found.total, found.next_offset) == (0, 0, None)


def test_bulk_gives_runs_in_asked_order_until_enough(space: Workspace) -> None:
    for number in (1, 2, 3):
        space.append_points("loss", walk(100, number), number)
    space.run(4)
    runs = [space.run(number) for number in (3, 4, 1, 2)]
    found = list(history_bulk(space.session, SeriesCache(10_000), runs, "loss", 150))
    assert [run for run, _ in found] == [space.run(3), space.run(1)]
    assert found[0][1].same(walk(100, 3))
    assert found[1][1].same(walk(100, 1)[:50])


@given(st.integers(0, 10), st.integers(0, 10), st.integers(0, 10))
def test_the_next_offset_is_where_this_page_ends(offset: int, length: int, total: int) -> None:
    next_offset = HistoryPage(walk(length), offset, total).next_offset
    assert next_offset == (offset + length if offset + length < total else None)
