"""What a controller reads of the answers that are MLflow's."""

from __future__ import annotations

import msgspec


class Point(msgspec.Struct):
    """A logged value; what JSON has no number for is a text."""

    value: float | str
    timestamp: int
    step: int = 0


class History(msgspec.Struct):
    """A page of points."""

    metrics: list[Point] = []
    next_page_token: str = ""


class Entry(msgspec.Struct):
    """A tag or a parameter."""

    key: str
    value: str = ""


class RunData(msgspec.Struct):
    """Of a run."""

    params: list[Entry] = []
    tags: list[Entry] = []


class RunInfo(msgspec.Struct):
    """Of a run."""

    run_id: str
    user_id: str = ""


class Run(msgspec.Struct):
    """One run."""

    info: RunInfo
    data: RunData = msgspec.field(default_factory=RunData)


class RunAnswer(msgspec.Struct):
    """One run."""

    run: Run


class Runs(msgspec.Struct):
    """A page of runs."""

    runs: list[Run] = []


class Experiment(msgspec.Struct):
    """One experiment."""

    experiment_id: str


class Experiments(msgspec.Struct):
    """A page of experiments."""

    experiments: list[Experiment] = []
    next_page_token: str = ""
