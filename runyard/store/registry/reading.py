"""Reads registered models and versions."""

from __future__ import annotations

from collections.abc import Sequence

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, ModelVersionNotFound, NotFound, RegisteredModelNotFound
from runyard.store.metadata.experiments import WORKSPACE
from runyard.store.metadata.session import Row, Session, marks, slices
from runyard.store.registry.entities import STAGES, ModelAlias, ModelVersion, RegisteredModel
from runyard.store.registry.names import canonical_stage, check_alias, check_model_name, version_number

_VERSION = (
    "v.id, m.name, v.version, v.creation_time, v.last_update_time, v.current_stage, v.source, v.status, "
    "v.user_id, v.description, v.run_id, v.status_message, v.run_link, v.logged_model_id"
)


def find_model(session: Session, name: str) -> int:
    """The row id of a registered model; raises RegisteredModelNotFound."""
    check_model_name(name)
    row = session.one("SELECT id FROM registered_model WHERE workspace = ? AND name = ?", (WORKSPACE, name))
    if row is None:
        raise RegisteredModelNotFound(name)
    return int(row[0])


def find_version(session: Session, name: str, version: str | int) -> int:
    """The row id of a version; raises ModelVersionNotFound."""
    check_model_name(name)
    row = session.one(
        "SELECT v.id FROM model_version v JOIN registered_model m ON m.id = v.model_id "
        "WHERE m.workspace = ? AND m.name = ? AND v.version = ?",
        (WORKSPACE, name, version_number(version)),
    )
    if row is None:
        raise ModelVersionNotFound(name, version)
    return int(row[0])


def model_of(session: Session, key: int) -> RegisteredModel:
    """The registered model with this row id; raises NotFound when it was removed meanwhile."""
    with session.snapshot():
        found = load_models(session, [key])
    if not found:
        raise NotFound("The registered model was removed.")
    return found[0]


def version_of(session: Session, key: int) -> ModelVersion:
    """The version with this row id; raises NotFound when it was removed meanwhile."""
    with session.snapshot():
        found = load_versions(session, [key])
    if not found:
        raise NotFound("The model version was removed.")
    return found[0]


def get_model(session: Session, name: str) -> RegisteredModel:
    """The registered model of this name; raises RegisteredModelNotFound."""
    with session.snapshot():
        return load_models(session, [find_model(session, name)])[0]


def get_version(session: Session, name: str, version: str | int) -> ModelVersion:
    """One version; raises ModelVersionNotFound."""
    with session.snapshot():
        return load_versions(session, [find_version(session, name, version)])[0]


def get_version_by_alias(session: Session, name: str, alias: str) -> ModelVersion:
    """The version that an alias names; `latest` is the newest one.

    Raises RegisteredModelNotFound, or InvalidParameter (as MLflow has it) when there is no such alias.
    """
    check_alias(alias)
    with session.snapshot():
        model = find_model(session, name)
        if alias.lower() == "latest":
            return load_versions(session, [_newest(session, model, name)])[0]
        row = session.one(
            "SELECT v.id FROM registered_model_alias a "
            "JOIN model_version v ON v.model_id = a.model_id AND v.version = a.version "
            "WHERE a.model_id = ? AND a.alias = ?",
            (model, alias),
        )
        if row is None:
            raise InvalidParameter(f"The registered model '{name}' has no alias '{alias}'.")
        return load_versions(session, [row[0]])[0]


def _newest(session: Session, model: int, name: str) -> int:
    row = session.one(
        "SELECT id FROM model_version WHERE model_id = ? ORDER BY version DESC LIMIT 1", (model,)
    )
    if row is None:
        raise NotFound(f"The registered model '{name}' has no versions.")
    return int(row[0])


def get_latest_versions(session: Session, name: str, stages: Sequence[str] = ()) -> list[ModelVersion]:
    """The newest version of each of `stages`, or of every stage that has one."""
    wanted = {canonical_stage(stage) for stage in stages or STAGES}
    with session.snapshot():
        model = find_model(session, name)
        latest = load_versions(session, _latest(session, [model]))
    return [version for version in latest if version.current_stage in wanted]


def get_download_uri(session: Session, name: str, version: str | int) -> str:
    """Where a version's files lie."""
    key = find_version(session, name, version)
    row = session.one("SELECT storage_location, source FROM model_version WHERE id = ?", (key,))
    if row is None:
        raise ModelVersionNotFound(name, version)
    return str(row[0] or row[1])


def load_models(session: Session, keys: Sequence[int]) -> list[RegisteredModel]:
    """The registered models with these row ids, in this order."""
    found: dict[int, RegisteredModel] = {}
    for part in slices(keys):
        listed = marks(part)
        models = (
            "SELECT id, name, creation_time, last_update_time, description FROM registered_model "
            f"WHERE id IN ({listed})"
        )
        for row in session.iterate(models, part):
            key, name, created, updated, description = row
            found[key] = RegisteredModel(name, created, updated, description or None, [], [], [])
        tags = (
            f"SELECT model_id, key, value FROM registered_model_tag WHERE model_id IN ({listed}) "
            "ORDER BY model_id, key"
        )
        for model, tag, value in session.iterate(tags, part):
            found[model].tags.append(KeyValue(tag, value))
        aliases = (
            f"SELECT model_id, alias, version FROM registered_model_alias WHERE model_id IN ({listed}) "
            "ORDER BY model_id, alias"
        )
        for model, alias, version in session.iterate(aliases, part):
            found[model].aliases.append(ModelAlias(alias, str(version)))
        by_name = {model.name: model for model in found.values()}
        for latest in load_versions(session, _latest(session, part)):
            by_name[latest.name].latest_versions.append(latest)
    return [found[key] for key in keys if key in found]


def version_counts(session: Session, models: Sequence[int]) -> dict[int, int]:
    """How many versions those of `models` have that have any; by row id, as many as one statement takes."""
    counted = (
        f"SELECT model_id, count(*) FROM model_version WHERE model_id IN ({marks(models)}) GROUP BY model_id"
    )
    return dict(session.all(counted, models))


def newest_versions(
    session: Session, model: int, limit: int, below: int | None = None
) -> list[tuple[int, int]]:
    """(row id, number) of a model's newest versions, or of the newest with lower numbers than `below`."""
    where = "" if below is None else "AND version < :below"
    rows = session.all(
        f"SELECT id, version FROM model_version WHERE model_id = :model {where} ORDER BY version DESC LIMIT :limit",
        {"model": model, "below": below, "limit": limit},
    )
    return [(key, version) for key, version in rows]


def _latest(session: Session, models: Sequence[int]) -> list[int]:
    """The row ids of the newest version of each stage of each of `models`, oldest first."""
    listed = marks(models)
    stages = " UNION ALL ".join(f"SELECT '{stage}' AS stage" for stage in STAGES)
    rows = session.all(
        "SELECT (SELECT v.id FROM model_version v WHERE v.model_id = m.id AND v.current_stage = s.stage "
        f"ORDER BY v.version DESC LIMIT 1) FROM registered_model m CROSS JOIN ({stages}) s WHERE m.id IN ({listed})",
        models,
    )
    return sorted(row[0] for row in rows if row[0] is not None)


def load_versions(session: Session, keys: Sequence[int]) -> list[ModelVersion]:
    """The versions with these row ids, in this order."""
    found: dict[int, ModelVersion] = {}
    for part in slices(keys):
        _load_versions(session, part, found)
    return [found[key] for key in keys if key in found]


def _load_versions(session: Session, keys: Sequence[int], found: dict[int, ModelVersion]) -> None:
    listed = marks(keys)
    versions = (
        f"SELECT {_VERSION} FROM model_version v JOIN registered_model m ON m.id = v.model_id "
        f"WHERE v.id IN ({listed})"
    )
    for row in session.iterate(versions, keys):
        found[row[0]] = _version(row)
    tags = (
        f"SELECT version_id, key, value FROM model_version_tag WHERE version_id IN ({listed}) "
        "ORDER BY version_id, key"
    )
    for key, name, value in session.iterate(tags, keys):
        found[key].tags.append(KeyValue(name, value))
    aliases = (
        "SELECT v.id, a.alias FROM model_version v "
        "JOIN registered_model_alias a ON a.model_id = v.model_id AND a.version = v.version "
        f"WHERE v.id IN ({listed}) ORDER BY a.alias"
    )
    for key, alias in session.iterate(aliases, keys):
        found[key].aliases.append(alias)


def _version(row: Row) -> ModelVersion:
    _, name, number, created, updated, stage, source, status, user, description, run, message, link, model = (
        row
    )
    return ModelVersion(
        name=name,
        version=str(number),
        creation_timestamp=created,
        last_updated_timestamp=updated,
        current_stage=stage,
        source=source,
        status=status,
        user_id=user,
        description=description,
        run_id=run,
        status_message=message,
        run_link=link,
        model_id=model,
        tags=[],
        aliases=[],
    )
