"""Points that come a second time, because a client links what a run holds already with a model.

After `log_model`, MLflow 3 reads the run's history and posts the points of the model's step again, now with the
model's id (`mlflow/models/model.py`). MLflow's server takes equal points as one. Runyard keeps equal points, so it has
to see that these are not new.
"""

from __future__ import annotations

from collections.abc import Set

from runyard.store.metadata.session import Session
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.metrics.summary import SeriesRow, find_series

# (time, step, value in hexadecimal, where NaN equals NaN and the sign of zero counts)
Point = tuple[int, int, str]


def without_known(session: Session, run_key: int, points: SeriesPoints) -> SeriesPoints | None:
    """Those of `points` that the run's series does not hold, in their order; None when it holds them all.

    Call it in the writer's transaction when nothing is pending. What training logs as it goes is later than all that
    the series holds, and costs one row; else the series is read.
    """
    row = find_series(session, run_key, points.name)
    if row is None or min(points.times) > row.max_time:
        return points
    keys = [
        (time, step, float(value).hex())
        for time, step, value in zip(points.times, points.steps, points.values, strict=True)
    ]
    known = _known(session, row, set(keys))
    new = [index for index, key in enumerate(keys) if key not in known]
    if not new:
        return None
    columns = (points.steps, points.times, points.values)
    steps, times, values = ([column[index] for index in new] for column in columns)
    return SeriesPoints(points.name, steps, times, values)  # type: ignore[arg-type]  # mypy joins the columns' types


def _known(session: Session, row: SeriesRow, wanted: Set[Point]) -> set[Point]:
    # Only here, because they need numpy, and the server starts without it.
    import numpy as np

    from runyard.store.metrics.blocks import ordered_blocks
    from runyard.store.metrics.cache import SeriesCache

    times = [time for time, _, _ in wanted]
    steps = np.array(list({step for _, step, _ in wanted}), np.int64)
    found: set[Point] = set()
    for _, block in ordered_blocks(session, SeriesCache(0), row, "history"):
        near = (block.times >= min(times)) & (block.times <= max(times)) & np.isin(block.steps, steps)
        found.update((time, step, value.hex()) for step, time, value in block[near].rows())
    return found & wanted
