"""What the measured workspaces hold: the same runs, parameters and curves for every server."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5

import numpy as np
from numpy.typing import NDArray

from benchmarks.bodies import START_MS

MANY, CURVES, GRID, WIDE, LIVE = EXPERIMENTS = (
    "many runs",
    "long curves",
    "many charts",
    "many metrics",
    "live",
)
CURVE = "loss"
# Between two steps, and between the starts of two runs that log at the same time.
STEP_MS = 100
# Runs of the long list are newer than all others, so that it begins every list.
NEWEST_MS = START_MS + 6 * 10**10
PARAMS = {"lr": 1000, "batch_size": 8, "layers": 12, "seed": 100_000}
METRICS = ("accuracy", "f1", "loss", "val_loss")


@dataclass(frozen=True)
class Sizes:
    """How much there is of everything."""

    runs: int = 100_000
    curves: int = 100
    curve_points: int = 100_000
    grid_runs: int = 20
    grid_metrics: int = 50
    grid_points: int = 1000
    wide_metrics: int = 10_000
    wide_points: int = 20


QUICK = Sizes(
    runs=3000,
    curves=20,
    curve_points=5000,
    grid_metrics=12,
    grid_points=200,
    wide_metrics=1000,
    wide_points=5,
)


@dataclass(frozen=True)
class Series:
    """One metric's points; steps are 0, 1, 2 …"""

    name: str
    times: NDArray[np.int64]
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Run:
    """A finished run."""

    run_id: str
    experiment: str
    name: str
    start_time: int
    end_time: int
    params: dict[str, str]
    series: list[Series]


def run_id(experiment: str, number: int) -> str:
    return md5(f"{experiment} {number}".encode(), usedforsecurity=False).hexdigest()


def runs(sizes: Sizes) -> Iterator[Run]:
    """All runs, the oldest of each experiment first."""
    yield from _many(sizes.runs)
    curve_names = [CURVE]
    grid_names = [f"metric_{number:02}" for number in range(sizes.grid_metrics)]
    wide_names = [f"layer_{number // 10:04}/stat_{number % 10}" for number in range(sizes.wide_metrics)]
    yield from _walking(CURVES, sizes.curves, curve_names, sizes.curve_points)
    yield from _walking(GRID, sizes.grid_runs, grid_names, sizes.grid_points)
    yield from _walking(WIDE, 1, wide_names, sizes.wide_points)


def _many(number: int) -> Iterator[Run]:
    """Small runs: parameters, and the last value of some metrics."""
    generator = np.random.default_rng(1)
    chosen = {name: generator.integers(0, bound, number) for name, bound in PARAMS.items()}
    values = generator.random((number, len(METRICS)))
    for index in range(number):
        start = NEWEST_MS + index * 1000
        time = np.array([start + 600], np.int64)
        yield Run(
            run_id(MANY, index),
            MANY,
            f"run-{index:06}",
            start,
            start + 900,
            {name: str(column[index]) for name, column in chosen.items()},
            [Series(name, time, values[index, place : place + 1]) for place, name in enumerate(METRICS)],
        )


def _walking(experiment: str, number: int, names: list[str], points: int) -> Iterator[Run]:
    """Runs whose metrics are random walks, one run after the other in time."""
    for index in range(number):
        generator = np.random.default_rng((len(names), points, index))
        start = START_MS + index * points * STEP_MS
        times = start + np.arange(points, dtype=np.int64) * STEP_MS
        series = [Series(name, times, 1 + np.cumsum(generator.normal(0, 0.01, points))) for name in names]
        params = {"lr": str(index), "seed": str(index % 5)}
        end = int(times[-1])
        yield Run(
            run_id(experiment, index), experiment, f"{experiment} {index:03}", start, end, params, series
        )
