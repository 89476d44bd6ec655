"""What Runyard keeps, as msgspec structs in the shape that MLflow's API gives them.

Structs of plain values, which answers hold by the thousand, are left out of Python's cycle collection (`gc=False`).
Times are milliseconds since 1970 UTC. Empty lists and absent values are omitted from answers, as MLflow does.
"""

from __future__ import annotations

import math

import msgspec

ACTIVE = "active"
DELETED = "deleted"
RUNNING = "RUNNING"
RUN_STATUSES = (RUNNING, "SCHEDULED", "FINISHED", "FAILED", "KILLED")
FINAL_STATUSES = ("FINISHED", "FAILED", "KILLED")


class Entity(msgspec.Struct, omit_defaults=True):
    """Base of all: fields that equal their default are left out of answers."""


class KeyValue(msgspec.Struct, gc=False):
    """A tag or a parameter."""

    key: str
    value: str


class Metric(Entity, gc=False):
    """One point, or the latest point, of a series.

    `value` is a number, or "NaN", "Infinity", "-Infinity": JSON has no spelling for these.
    """

    key: str
    value: float | str
    timestamp: int
    # Present even when 0, as in MLflow's answers.
    step: int = msgspec.field(default_factory=int)
    model_id: str | None = None
    dataset_name: str | None = None
    dataset_digest: str | None = None
    run_id: str | None = None


class Experiment(Entity):
    experiment_id: str
    name: str
    artifact_location: str
    lifecycle_stage: str
    last_update_time: int
    creation_time: int
    tags: list[KeyValue] = []
    # Clients from MLflow 3.10 on read it; all experiments are in this one.
    workspace: str = msgspec.field(default_factory=lambda: "default")


class RunInfo(Entity, gc=False):
    run_id: str
    # MLflow 1.x clients read run_uuid.
    run_uuid: str
    run_name: str
    experiment_id: str
    user_id: str
    status: str
    start_time: int | None = None
    end_time: int | None = None
    artifact_uri: str = ""
    lifecycle_stage: str = ""


class RunData(Entity):
    metrics: list[Metric] = []
    params: list[KeyValue] = []
    tags: list[KeyValue] = []


class Dataset(Entity):
    name: str
    digest: str
    source_type: str
    source: str
    schema: str | None = None
    profile: str | None = None


class DatasetInput(Entity):
    dataset: Dataset
    tags: list[KeyValue] = []


class ModelInput(Entity):
    model_id: str


class ModelOutput(Entity):
    model_id: str
    step: int = msgspec.field(default_factory=int)


class RunInputs(Entity):
    dataset_inputs: list[DatasetInput] = []
    model_inputs: list[ModelInput] = []


class RunOutputs(Entity):
    model_outputs: list[ModelOutput] = []


class Run(Entity):
    info: RunInfo
    data: RunData
    inputs: RunInputs = msgspec.field(default_factory=RunInputs)
    outputs: RunOutputs = msgspec.field(default_factory=RunOutputs)


def wire_value(value: float | None, is_nan: int | bool = False) -> float | str:
    """A metric's value as an answer carries it; None with `is_nan` is how a NaN is stored."""
    if is_nan or value is None or value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value
