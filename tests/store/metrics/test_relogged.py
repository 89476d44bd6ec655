"""Points that are logged again to link them with a model: known ones are found, new ones are kept."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.metadata import runs
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.metrics.relogged import without_known
from runyard.store.operation import Batch
from runyard.store.store import Store

CURVE = [1.0, 2.0, 3.0, 2.0, 1.0, math.nan, math.inf, -0.0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", Settings(durability="relaxed")) as opened:
        opened.write(lambda tx: runs.create(tx, runs.NewRun("r", "0", "", "", 1, [])))
        log(opened, points(CURVE, time=1000))
        yield opened


def points(values: list[float], time: int, step: int = 0, name: str = "m") -> SeriesPoints:
    return SeriesPoints(name, [step] * len(values), [time] * len(values), values)


def log(store: Store, given: SeriesPoints) -> None:
    store.write(lambda tx: runs.log_batch(tx, Batch("r", [given], [], [])))


def left(store: Store, given: SeriesPoints) -> SeriesPoints | None:
    key = store.write(lambda tx: tx.runs.active("r").key)
    return without_known(store.session(), key, given)


def test_all_are_known(store: Store) -> None:
    assert left(store, points(CURVE, time=1000)) is None
    assert left(store, points([math.nan], time=1000)) is None


def test_later_points_are_new(store: Store) -> None:
    given = points([1.0, 2.0], time=1001)
    assert left(store, given) is given


def test_other_series_are_not_looked_at(store: Store) -> None:
    given = points([1.0], time=1000, name="other")
    assert left(store, given) is given


@pytest.mark.parametrize("given", [(9.0, 1000, 0), (1.0, 999, 0), (1.0, 1000, 1), (0.0, 1000, 0)])
def test_what_differs_in_one_column_is_new(store: Store, given: tuple[float, int, int]) -> None:
    value, time, step = given
    new = SeriesPoints("m", [0, step], [1000, time], [2.0, value])
    assert left(store, new) == SeriesPoints("m", [step], [time], [value])
