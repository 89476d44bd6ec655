"""Loads logged models with their tags, parameters, latest metrics and registrations."""

from __future__ import annotations

from collections.abc import Sequence

from runyard.entities import DELETED, KeyValue, Metric, wire_value
from runyard.errors import LoggedModelNotFound
from runyard.store.metadata.logged_model_entities import (
    WIRE_STATUSES,
    LoggedModel,
    LoggedModelData,
    LoggedModelInfo,
    Registration,
)
from runyard.store.metadata.session import Row, Session, marks, slices

_COLUMNS = (
    "id, model_id, experiment_id, name, creation_time, last_update_time, artifact_location, status, model_type, "
    "source_run_id, status_message"
)


def find(session: Session, model_id: str, allow_deleted: bool = False) -> int:
    """The row id of a logged model; raises LoggedModelNotFound."""
    row = session.one("SELECT id, lifecycle_stage FROM logged_model WHERE model_id = ?", (model_id,))
    if row is None or (row[1] == DELETED and not allow_deleted):
        raise LoggedModelNotFound(model_id)
    return int(row[0])


def get(session: Session, model_id: str, allow_deleted: bool = False) -> LoggedModel:
    """The logged model with this id; raises LoggedModelNotFound."""
    with session.snapshot():
        return load(session, [find(session, model_id, allow_deleted)])[0]


def get_artifact_location(session: Session, model_id: str) -> str:
    """Where the files of a logged model lie; raises LoggedModelNotFound."""
    row = session.one("SELECT artifact_location FROM logged_model WHERE id = ?", (find(session, model_id),))
    if row is None:
        raise LoggedModelNotFound(model_id)
    return str(row[0])


def load(session: Session, keys: Sequence[int]) -> list[LoggedModel]:
    """The logged models with these row ids, in this order."""
    found: dict[int, LoggedModel] = {}
    for part in slices(keys):
        _load_slice(session, part, found)
    return [found[key] for key in keys if key in found]


def _load_slice(session: Session, keys: Sequence[int], found: dict[int, LoggedModel]) -> None:
    listed = marks(keys)
    for row in session.iterate(f"SELECT {_COLUMNS} FROM logged_model WHERE id IN ({listed})", keys):
        found[row[0]] = LoggedModel(_info(row), LoggedModelData([], []))
    tags = f"SELECT model_id, key, value FROM logged_model_tag WHERE model_id IN ({listed}) ORDER BY model_id, key"
    for model, key, value in session.iterate(tags, keys):
        found[model].info.tags.append(KeyValue(key, value))
    params = f"SELECT model_id, key, value FROM logged_model_param WHERE model_id IN ({listed}) ORDER BY model_id, key"
    for model, key, value in session.iterate(params, keys):
        found[model].data.params.append(KeyValue(key, value))
    _add_metrics(session, keys, listed, found)
    registrations = (
        "SELECT l.id, r.name, v.version FROM logged_model l JOIN model_version v ON v.logged_model_id = l.model_id "
        f"JOIN registered_model r ON r.id = v.model_id WHERE l.id IN ({listed}) ORDER BY r.name, v.version"
    )
    for model, name, version in session.iterate(registrations, keys):
        found[model].info.registrations.append(Registration(name, str(version)))


def _add_metrics(session: Session, keys: Sequence[int], listed: str, found: dict[int, LoggedModel]) -> None:
    metrics = (
        "SELECT model_id, name, value, value_nan, timestamp, step, dataset_name, dataset_digest, run_id "
        f"FROM logged_model_metric WHERE model_id IN ({listed}) "
        "ORDER BY model_id, name, step, timestamp, dataset_name, dataset_digest, run_id"
    )
    for model, name, value, nan, time, step, dataset, digest, run in session.iterate(metrics, keys):
        found[model].data.metrics.append(
            Metric(
                key=name,
                value=wire_value(value, nan),
                timestamp=time,
                step=step,
                model_id=found[model].info.model_id,
                dataset_name=dataset or None,
                dataset_digest=digest or None,
                run_id=run,
            )
        )


def _info(row: Row) -> LoggedModelInfo:
    _, model_id, experiment, name, created, updated, location, status, model_type, run, message = row
    return LoggedModelInfo(
        model_id=model_id,
        experiment_id=str(experiment),
        name=name,
        creation_timestamp_ms=created,
        last_updated_timestamp_ms=updated,
        artifact_uri=location,
        status=WIRE_STATUSES[status],
        model_type=model_type,
        source_run_id=run,
        status_message=message,
        tags=[],
        registrations=[],
    )
