"""What filters and orders may name, for each kind of entity, and the SQL that stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from runyard.store.metadata.search.tree import Kind

# "whole" takes whole numbers only; "identifier" is a number that filters write as a string of digits.
AttributeType = Literal["text", "number", "whole", "identifier"]


@dataclass(frozen=True)
class Attribute:
    """A column of the entity's own row."""

    column: str
    type: AttributeType = "text"
    nullable: bool = False
    # A whole number may also stand in quotes.
    quoted: bool = False
    # Other spellings of values, such as Azure's words for a status.
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeyTable:
    """A table of (owner, key, value) with at most one row for an owner and a key."""

    table: str
    owner: str


@dataclass(frozen=True)
class Vocabulary:
    """The names of one kind of entity."""

    entity: str
    # The entity's primary key, in the SQL of its search.
    id: str
    # How kinds are spelt: `metrics.`, `metric.`, ...
    prefixes: Mapping[str, Kind]
    attributes: Mapping[str, Attribute]
    # Other names of attributes.
    aliases: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[Kind, KeyTable] = field(default_factory=dict)


_ATTRIBUTE: dict[str, Kind] = {"attribute": "attribute", "attributes": "attribute", "attr": "attribute"}
_TAG: dict[str, Kind] = {"tag": "tag", "tags": "tag"}
_DATA: dict[str, Kind] = {
    "metric": "metric",
    "metrics": "metric",
    "param": "param",
    "params": "param",
    "parameter": "param",
    "parameters": "param",
}

# Microsoft's words for the states of a job; see the status map of its documentation.
AZURE_STATUSES = {
    "NotStarted": "SCHEDULED",
    "Queued": "SCHEDULED",
    "Preparing": "SCHEDULED",
    "Provisioning": "SCHEDULED",
    "Starting": "SCHEDULED",
    "Running": "RUNNING",
    "Finalizing": "RUNNING",
    "CancelRequested": "RUNNING",
    "Completed": "FINISHED",
    "Failed": "FAILED",
    "Canceled": "KILLED",
}

# The protocol's words for the states of a logged model; filters use MLflow's own.
WIRE_STATUSES = {
    "LOGGED_MODEL_PENDING": "PENDING",
    "LOGGED_MODEL_READY": "READY",
    "LOGGED_MODEL_UPLOAD_FAILED": "FAILED",
}

# What a plain search looks at, line by line: of MLflow's own tags (`mlflow.`, and `/` follows the dot) only the
# description says what a person wrote.
_RUN_TEXT = """(r.name || char(10) || r.run_id || char(10) || r.user_id || coalesce((
    SELECT group_concat(char(10) || t.key || ' ' || t.value, '') FROM run_tag t
    WHERE t.run_id = r.id AND (t.key < 'mlflow.' OR t.key >= 'mlflow/' OR t.key = 'mlflow.note.content')
), ''))"""

RUNS = Vocabulary(
    entity="run",
    id="r.id",
    prefixes={
        **_ATTRIBUTE,
        **_TAG,
        **_DATA,
        "run": "attribute",
        "dataset": "dataset",
        "datasets": "dataset",
    },
    attributes={
        "run_id": Attribute("r.run_id"),
        "run_name": Attribute("r.name"),
        "status": Attribute("r.status", words=AZURE_STATUSES),
        "user_id": Attribute("r.user_id"),
        "artifact_uri": Attribute("r.artifact_uri"),
        "experiment_name": Attribute("(SELECT x.name FROM experiment x WHERE x.id = r.experiment_id)"),
        "text": Attribute(_RUN_TEXT),
        "start_time": Attribute("r.start_time", "number", nullable=True),
        "end_time": Attribute("r.end_time", "number", nullable=True),
        "duration": Attribute("(r.end_time - r.start_time)", "number", nullable=True),
    },
    aliases={
        "created": "start_time",
        "Created": "start_time",
        "creation_time": "start_time",
        "run name": "run_name",
        "Run name": "run_name",
        "Run Name": "run_name",
    },
    tables={"param": KeyTable("param", "run_id"), "tag": KeyTable("run_tag", "run_id")},
)

DATASET_COLUMNS = {"name": "d.name", "digest": "d.digest", "context": "i.context"}

EXPERIMENTS = Vocabulary(
    entity="experiment",
    id="e.id",
    prefixes={**_ATTRIBUTE, **_TAG},
    attributes={
        "name": Attribute("e.name"),
        "experiment_id": Attribute("e.id", "identifier"),
        "creation_time": Attribute("e.creation_time", "whole"),
        "last_update_time": Attribute("e.last_update_time", "whole"),
    },
    tables={"tag": KeyTable("experiment_tag", "experiment_id")},
)

REGISTERED_MODELS = Vocabulary(
    entity="registered model",
    id="m.id",
    prefixes={**_ATTRIBUTE, **_TAG},
    attributes={
        "name": Attribute("m.name"),
        "creation_timestamp": Attribute("m.creation_time", "whole"),
        "last_updated_timestamp": Attribute("m.last_update_time", "whole"),
    },
    aliases={"timestamp": "last_updated_timestamp"},
    tables={"tag": KeyTable("registered_model_tag", "model_id")},
)

MODEL_VERSIONS = Vocabulary(
    entity="model version",
    id="v.id",
    prefixes={**_ATTRIBUTE, **_TAG},
    attributes={
        "name": Attribute("m.name"),
        "version_number": Attribute("v.version", "whole", quoted=True),
        "run_id": Attribute("v.run_id", nullable=True),
        "source_path": Attribute("v.source"),
        "creation_timestamp": Attribute("v.creation_time", "whole"),
        "last_updated_timestamp": Attribute("v.last_update_time", "whole"),
    },
    tables={"tag": KeyTable("model_version_tag", "version_id")},
)

LOGGED_MODELS = Vocabulary(
    entity="logged model",
    id="l.id",
    prefixes={**_ATTRIBUTE, **_TAG, **_DATA},
    attributes={
        "name": Attribute("l.name"),
        "model_id": Attribute("l.model_id"),
        "model_type": Attribute("l.model_type", nullable=True),
        "status": Attribute("l.status", words=WIRE_STATUSES),
        "status_message": Attribute("l.status_message", nullable=True),
        "source_run_id": Attribute("l.source_run_id", nullable=True),
        "artifact_location": Attribute("l.artifact_location"),
        "experiment_id": Attribute("l.experiment_id", "identifier"),
        "creation_timestamp": Attribute("l.creation_time", "number"),
        "last_updated_timestamp": Attribute("l.last_update_time", "number"),
    },
    aliases={
        "creation_time": "creation_timestamp",
        "creation_timestamp_ms": "creation_timestamp",
        "last_updated_time": "last_updated_timestamp",
        "last_updated_timestamp_ms": "last_updated_timestamp",
    },
    tables={
        "param": KeyTable("logged_model_param", "model_id"),
        "tag": KeyTable("logged_model_tag", "model_id"),
    },
)
