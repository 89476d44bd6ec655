"""Small sets of runs, written to a real database, and what a filter means for them, said in plain Python."""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Any

from runyard.store.metadata.search.tree import And, Comparison, Not, Or, OrderTerm, Tree
from runyard.store.metadata.session import Session


@dataclass(frozen=True)
class SampleSeries:
    """A metric; None stands for NaN."""

    latest: float | None
    smallest: float | None
    largest: float | None
    count: int


@dataclass(frozen=True)
class SampleRun:
    run_id: str
    experiment: int = 1
    name: str = "run"
    status: str = "FINISHED"
    start_time: int | None = 0
    end_time: int | None = None
    stage: str = "active"
    params: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, SampleSeries] = field(default_factory=dict)
    # (name, digest, context)
    datasets: tuple[tuple[str, str, str | None], ...] = ()


def metric(latest: float) -> SampleSeries:
    """A metric of one point."""
    value = None if math.isnan(latest) else latest
    return SampleSeries(value, value, value, 1)


def write(session: Session, runs: Iterable[SampleRun]) -> dict[int, SampleRun]:
    """Replace everything in the database; the runs by their keys."""
    session.run("BEGIN")
    for table in ("run_dataset", "dataset", "series", "param", "run_tag", "run", "experiment"):
        session.run(f"DELETE FROM {table}")
    for number in (1, 2, 3):
        session.run(
            "INSERT INTO experiment (id, name, artifact_location, creation_time, last_update_time) "
            "VALUES (?, ?, 'x', 0, 0)",
            (number, f"experiment {number}"),
        )
    written = {_write(session, run): run for run in runs}
    session.run("COMMIT")
    return written


def _write(session: Session, run: SampleRun) -> int:
    key = session.insert(
        "INSERT INTO run (run_id, experiment_id, name, user_id, status, start_time, end_time, "
        "lifecycle_stage, artifact_uri) VALUES (?, ?, ?, 'someone', ?, ?, ?, ?, 'mlflow-artifacts:/x')",
        (run.run_id, run.experiment, run.name, run.status, run.start_time, run.end_time, run.stage),
    )
    session.many("INSERT INTO param VALUES (?, ?, ?)", [(key, *entry) for entry in run.params.items()])
    session.many("INSERT INTO run_tag VALUES (?, ?, ?)", [(key, *entry) for entry in run.tags.items()])
    for index, (name, series) in enumerate(run.metrics.items()):
        session.run(
            "INSERT INTO series VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)",
            (key, name, key * 100 + index, run.experiment, series.latest, int(series.latest is None))
            + (series.count, series.smallest, series.largest),
        )
    for name, digest, context in dict.fromkeys(run.datasets):
        session.run(
            "INSERT INTO dataset (experiment_id, name, digest, source_type, source) VALUES (?, ?, ?, '', '') "
            "ON CONFLICT DO NOTHING",
            (run.experiment, name, digest),
        )
        session.run(
            "INSERT INTO run_dataset SELECT ?, id, 0, '[]', ? FROM dataset "
            "WHERE experiment_id = ? AND name = ? AND digest = ? ON CONFLICT DO NOTHING",
            (key, context, run.experiment, name, digest),
        )
    return key


NAN = "nan"
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def matches(run: SampleRun, tree: Tree | None) -> bool:
    """Whether a filter matches a run."""
    if tree is None:
        return True
    if isinstance(tree, And):
        return all(matches(run, part) for part in tree.parts)
    if isinstance(tree, Or):
        return any(matches(run, part) for part in tree.parts)
    if isinstance(tree, Not):
        return not matches(run, tree.part)
    found = values(run, tree)
    if tree.operator == "IS NULL":
        return not found
    if tree.operator == "IS NOT NULL":
        return bool(found)
    return any(_holds(value, tree) for value in found)


def values(run: SampleRun, comparison: Comparison) -> list[object]:
    """The values that a run has under a name: none, one, or one for each dataset. A NaN is NAN."""
    name = comparison.name
    if name.kind == "dataset":
        column = ("name", "digest", "context").index(name.key)
        # The first context stays when a dataset is logged twice.
        kept = {dataset[:2]: dataset for dataset in reversed(run.datasets)}
        return [dataset[column] for dataset in kept.values() if dataset[column] is not None]
    value = _value(run, comparison)
    return [] if value is None else [value]


def _value(run: SampleRun, term: Comparison | OrderTerm) -> object:
    name = term.name
    if name.kind == "param":
        return run.params.get(name.key)
    if name.kind == "tag":
        return run.tags.get(name.key)
    if name.kind == "metric":
        series = run.metrics.get(name.key)
        if series is None:
            return None
        if name.aggregate == "latest":
            return NAN if series.latest is None else series.latest
        return {"min": series.smallest, "max": series.largest, "count": series.count}[name.aggregate]
    if name.key == "duration":
        if run.start_time is None or run.end_time is None:
            return None
        return run.end_time - run.start_time
    return {
        "run_id": run.run_id,
        "run_name": run.name,
        "status": run.status,
        "user_id": "someone",
        "artifact_uri": "mlflow-artifacts:/x",
        "start_time": run.start_time,
        "end_time": run.end_time,
    }[name.key]


def _holds(value: object, comparison: Comparison) -> bool:
    name, wanted = comparison.operator, comparison.value
    if isinstance(wanted, tuple):
        return (value in wanted) == (name == "IN")
    if comparison.name.kind == "metric" and value == NAN:
        return name == "!="
    if name in _COMPARE:
        return _COMPARE[name](value, wanted)
    plain = name.removeprefix("NOT ")
    return _fits(str(value), plain, str(wanted)) == (plain == name)


def _fits(value: str, name: str, pattern: str) -> bool:
    if name == "REGEXP":
        return re.search(pattern, value) is not None
    if name == "ILIKE":
        value, pattern = _fold(value), _fold(pattern)
    expression = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.fullmatch(expression, value, re.DOTALL) is not None


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def ordered(runs: Iterable[SampleRun], terms: Iterable[OrderTerm]) -> list[SampleRun]:
    """The runs in the order that the terms ask for, then by start time, newest first, then by run_id."""
    result = sorted(runs, key=lambda run: run.run_id)
    result.sort(key=lambda run: (run.start_time is None, -(run.start_time or 0)))
    for term in reversed(list(terms)):
        result.sort(key=cmp_to_key(lambda one, other, term=term: _compare(one, other, term)))  # type: ignore[misc]  # it can't type a lambda's default
    return result


def _compare(one: SampleRun, other: SampleRun, term: OrderTerm) -> int:
    ranks = [_rank(_value(run, term)) for run in (one, other)]
    if ranks[0] != ranks[1] or ranks[0] > 0:
        return ranks[0] - ranks[1]
    first, second = (_value(run, term) for run in (one, other))
    sign = (first > second) - (first < second)  # type: ignore[operator]  # one name has one type
    return int(sign) if term.ascending else -int(sign)


def _rank(value: object) -> int:
    return 2 if value is None else 1 if value == NAN else 0
