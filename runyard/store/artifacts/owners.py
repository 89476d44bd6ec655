"""Where the files of runs, logged models and registered versions lie."""

from __future__ import annotations

from runyard.entities import ACTIVE
from runyard.errors import InvalidParameter, LoggedModelNotFound, ModelVersionNotFound, RunNotFound
from runyard.store.artifacts.locations import SCHEME
from runyard.store.artifacts.paths import folder_key
from runyard.store.metadata.session import Session
from runyard.store.registry.names import version_number


def run_location(session: Session, run_id: str) -> str:
    """The location of a run's artifacts; raises RunNotFound."""
    row = session.one("SELECT artifact_uri FROM run WHERE run_id = :run_id", {"run_id": run_id})
    if row is None:
        raise RunNotFound(run_id)
    return str(row[0])


def active_run_location(session: Session, run_id: str) -> str:
    """The location of a run's artifacts; raises RunNotFound, or InvalidParameter when the run is in the trash."""
    row = session.one(
        "SELECT artifact_uri, lifecycle_stage FROM run WHERE run_id = :run_id", {"run_id": run_id}
    )
    if row is None:
        raise RunNotFound(run_id)
    if row[1] != ACTIVE:
        raise InvalidParameter(
            f"The run {run_id} must be in the 'active' state. Its current state is {row[1]}."
        )
    return str(row[0])


def model_location(session: Session, model_id: str) -> str:
    """The location of a logged model's artifacts; raises LoggedModelNotFound."""
    row = session.one(
        "SELECT artifact_location FROM logged_model WHERE model_id = :model_id", {"model_id": model_id}
    )
    if row is None:
        raise LoggedModelNotFound(model_id)
    return str(row[0])


def version_location(session: Session, name: str, version: str) -> str:
    """The location of a registered version's files; raises ModelVersionNotFound."""
    row = session.one(
        "SELECT coalesce(storage_location, source) FROM model_version JOIN registered_model "
        "ON registered_model.id = model_version.model_id "
        "WHERE registered_model.name = :name AND version = :version",
        {"name": name, "version": version_number(version)},
    )
    if row is None:
        raise ModelVersionNotFound(name, version)
    return _resolved(session, str(row[0]))


def _resolved(session: Session, source: str) -> str:
    """`runs:/<run id>/<path>` as the location that it stands for; anything else as it is."""
    if not source.startswith("runs:/"):
        return source
    run_id, _, path = source.removeprefix("runs:/").strip("/").partition("/")
    root = run_location(session, run_id)
    if not root.startswith(f"{SCHEME}:"):
        raise InvalidParameter(f"The artifacts of run '{run_id}' lie outside of this server's store.")
    return f"{root}/{folder_key(path)}".rstrip("/")
