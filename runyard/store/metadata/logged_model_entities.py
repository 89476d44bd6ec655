"""A logged model, in the shape that MLflow's API gives it."""

from __future__ import annotations

from runyard.entities import Entity, KeyValue, Metric

PENDING = "PENDING"
READY = "READY"
FAILED = "FAILED"
UNSPECIFIED = "UNSPECIFIED"
# As stored, and as MLflow's protocol spells them; a status may also come as its number, its place here.
WIRE_STATUSES = {
    UNSPECIFIED: "LOGGED_MODEL_STATUS_UNSPECIFIED",
    PENDING: "LOGGED_MODEL_PENDING",
    READY: "LOGGED_MODEL_READY",
    FAILED: "LOGGED_MODEL_UPLOAD_FAILED",
}


class Registration(Entity):
    """A version of a registered model that was made from a logged model."""

    name: str
    version: str


class LoggedModelInfo(Entity):
    model_id: str
    experiment_id: str
    name: str
    creation_timestamp_ms: int
    last_updated_timestamp_ms: int
    artifact_uri: str
    status: str
    model_type: str | None = None
    source_run_id: str | None = None
    status_message: str | None = None
    tags: list[KeyValue] = []
    registrations: list[Registration] = []


class LoggedModelData(Entity):
    params: list[KeyValue] = []
    # The latest of each metric, per run and dataset.
    metrics: list[Metric] = []


class LoggedModel(Entity):
    info: LoggedModelInfo
    data: LoggedModelData
