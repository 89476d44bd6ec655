"""The clock of a run that was resumed: its pauses take no room."""

from __future__ import annotations

import numpy as np

from runyard.store.metrics.cache import SeriesCache
from runyard.store.metrics.charts import RawPoints, chart_series
from runyard.store.metrics.clock import Clock, process_clock
from tests.store.metrics.samples import Workspace

HOUR = 3_600_000


def at(first: int, count: int, every: int = 1000, step: int = 0) -> list[tuple[int, int, float]]:
    """Points from time `first` on, `every` milliseconds apart."""
    return [(step + index, first + index * every, float(index)) for index in range(count)]


def clock_of(space: Workspace) -> Clock:
    run = space.run(1)
    with space.session.snapshot():
        return process_clock(space.session, SeriesCache(1_000_000), run)


def pauses(space: Workspace) -> list[tuple[int, int]]:
    clock = clock_of(space)
    return list(zip(clock.starts.tolist(), clock.ends.tolist(), strict=True))


def process(space: Workspace, name: str) -> list[int]:
    found = chart_series(space.session, SeriesCache(1_000_000), [(space.run(1), name)], "process")
    (series,) = found.series
    assert isinstance(series.content, RawPoints)
    # Run 1 started at 1000.
    assert (found.start, found.end) == (series.content.x[0], series.content.x[-1])
    return [int(place) for place in series.content.x]


def test_a_pause_takes_no_room(space: Workspace) -> None:
    space.append({"loss": at(2000, 10) + at(11_000 + HOUR, 10, step=10)})
    assert pauses(space) == [(11_000, 11_000 + HOUR)]
    assert process(space, "loss") == [*range(1000, 11_000, 1000), *range(10_000, 20_000, 1000)]


def test_all_metrics_of_a_run_have_one_clock(space: Workspace) -> None:
    space.append({"loss": at(2000, 20) + at(21_000 + HOUR, 20, step=20)})
    # The second point was logged when the pause had begun already.
    space.append({"score": [(0, 2000, 1.0), (1, 22_000, 2.0), (2, 21_000 + HOUR, 3.0)]})
    assert pauses(space) == [(22_000, 21_000 + HOUR)]
    assert process(space, "score") == [1000, 21_000, 21_000]


def test_what_is_logged_seldom_has_no_pauses(space: Workspace) -> None:
    space.append({"loss": at(2000, 50, every=10 * 60_000)})
    assert pauses(space) == []


def test_a_short_stop_is_none(space: Workspace) -> None:
    space.append({"loss": at(2000, 20) + at(21_000 + 59_000, 20, step=20)})
    assert pauses(space) == []


def test_time_in_which_another_metric_was_logged_is_no_pause(space: Workspace) -> None:
    space.append({"loss": at(2000, 20) + at(21_000 + HOUR, 20, step=20)})
    space.append({"eval": at(21_000, 30, every=HOUR // 29)})
    # Ten average intervals of the busiest series, an hour over 40 points, are about 15 minutes.
    assert pauses(space) == []


def test_a_run_without_metrics_has_a_clock(space: Workspace) -> None:
    assert clock_of(space).place(1500) == 500


def test_times_in_a_pause_count_as_its_start() -> None:
    clock = Clock(100, np.array([200, 500]), np.array([300, 700]))
    times = np.array([100, 200, 250, 300, 400, 500, 600, 700, 800])
    assert clock.places(times).tolist() == [0, 100, 100, 100, 200, 300, 300, 300, 400]
