"""Writes to the versions of registered models: creation, description, stage, tags, removal.

Those that answer the version return its row id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, ModelVersionNotFound
from runyard.rules import check_key, check_text
from runyard.store.registry import alias_history, reading
from runyard.store.registry.entities import ACTIVE_STAGES, ARCHIVED
from runyard.store.registry.models import touch
from runyard.store.registry.names import canonical_stage, check_registry_tags
from runyard.store.registry.sources import resolve
from runyard.store.transaction import Transaction


class NewVersion(NamedTuple):
    """What a client says of a version that it creates."""

    name: str
    source: str
    run_id: str = ""
    run_link: str = ""
    description: str = ""
    tags: Sequence[KeyValue] = ()
    model_id: str = ""


def create(transaction: Transaction, new: NewVersion) -> int:
    """Add a version; its number was never given before.

    Raises RegisteredModelNotFound, InvalidParameter for a source that is refused (see sources.py), and NotFound
    when the source names a version or a logged model that does not exist.
    """
    session = transaction.session
    model = reading.find_model(session, new.name)
    check_registry_tags(new.tags)
    for field in ("run_id", "run_link", "description", "model_id"):
        check_text(getattr(new, field), field)
    origin = resolve(session, new.source, new.run_id, new.model_id, new.tags)
    session.run("UPDATE registered_model SET last_version = last_version + 1 WHERE id = ?", (model,))
    key = session.insert(
        "INSERT INTO model_version (model_id, version, creation_time, last_update_time, description, source, "
        "storage_location, run_id, run_link, logged_model_id) "
        "SELECT id, last_version, :now, :now, :description, :source, :location, :run_id, :run_link, :logged_model "
        "FROM registered_model WHERE id = :model",
        {
            "model": model,
            "now": transaction.now,
            "description": new.description,
            "source": origin.source,
            "location": origin.location,
            "run_id": origin.run_id,
            "run_link": new.run_link,
            "logged_model": origin.model_id or None,
        },
    )
    _put_tags(transaction, key, new.tags)
    touch(transaction, model)
    transaction.announce_model(new.name)
    return key


def update(transaction: Transaction, name: str, version: str | int, description: str | None) -> int:
    """Replace a version's description; None removes it."""
    check_text(description or "", "description")
    key = reading.find_version(transaction.session, name, version)
    transaction.session.run(
        "UPDATE model_version SET description = ?, last_update_time = ? WHERE id = ?",
        (description, transaction.now, key),
    )
    transaction.announce_model(name)
    return key


def transition(
    transaction: Transaction, name: str, version: str | int, stage: str, archive_existing: bool
) -> int:
    """Move a version to a stage; with `archive_existing`, the others that are there move to Archived."""
    stage = canonical_stage(stage)
    if archive_existing and stage not in ACTIVE_STAGES:
        raise InvalidParameter(
            f"Invalid value for parameter 'archive_existing_versions': the versions in stage '{stage}' can't be "
            f"archived, only those in {' and '.join(ACTIVE_STAGES)}."
        )
    session = transaction.session
    key = reading.find_version(session, name, version)
    model = reading.find_model(session, name)
    if archive_existing:
        session.run(
            "UPDATE model_version SET current_stage = ?, last_update_time = ? "
            "WHERE model_id = ? AND current_stage = ? AND id <> ?",
            (ARCHIVED, transaction.now, model, stage, key),
        )
    session.run(
        "UPDATE model_version SET current_stage = ?, last_update_time = ? WHERE id = ?",
        (stage, transaction.now, key),
    )
    touch(transaction, model)
    transaction.announce_model(name)
    return key


def delete(transaction: Transaction, name: str, version: str | int) -> None:
    """Remove a version with its tags and the aliases that name it."""
    session = transaction.session
    key = reading.find_version(session, name, version)
    row = session.one("SELECT model_id, version FROM model_version WHERE id = ?", (key,))
    if row is None:
        raise ModelVersionNotFound(name, version)
    alias_history.record_lost_version(transaction, *row)
    session.run("DELETE FROM registered_model_alias WHERE model_id = ? AND version = ?", row)
    session.run("DELETE FROM model_version WHERE id = ?", (key,))
    touch(transaction, row[0])
    transaction.announce_model(name)


def set_tag(transaction: Transaction, name: str, version: str | int, tag: KeyValue) -> None:
    """Set a tag of a version."""
    check_registry_tags([tag])
    _put_tags(transaction, reading.find_version(transaction.session, name, version), [tag])
    transaction.announce_model(name)


def delete_tag(transaction: Transaction, name: str, version: str | int, key: str) -> None:
    """Remove a tag of a version; one that is not there is fine, as in MLflow."""
    check_key(key, "key")
    transaction.session.run(
        "DELETE FROM model_version_tag WHERE version_id = ? AND key = ?",
        (reading.find_version(transaction.session, name, version), key),
    )
    transaction.announce_model(name)


def _put_tags(transaction: Transaction, key: int, tags: Sequence[KeyValue]) -> None:
    transaction.session.many(
        "INSERT INTO model_version_tag (version_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (version_id, key) DO UPDATE SET value = excluded.value",
        [(key, tag.key, tag.value) for tag in tags],
    )
