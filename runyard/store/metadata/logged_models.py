"""Writes to logged models: creation, status, parameters, tags, trash."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from runyard.entities import DELETED, KeyValue
from runyard.errors import InvalidParameter, MissingParameter, NotFound
from runyard.rules import MAX_KEY, check_length, check_text
from runyard.store.metadata import experiments
from runyard.store.metadata.logged_model_data import find
from runyard.store.metadata.logged_model_entities import PENDING, WIRE_STATUSES
from runyard.store.metadata.model_metrics import record_model_metrics
from runyard.store.metadata.names import random_name
from runyard.store.metadata.session import Session
from runyard.store.transaction import Transaction

__all__ = [
    "NewLoggedModel",
    "create",
    "delete",
    "delete_tag",
    "finalize",
    "log_params",
    "record_model_metrics",
    "set_tags",
]

MAX_NAME = 500
_FORBIDDEN = re.compile(r"[/:.%\"']")


class NewLoggedModel(NamedTuple):
    """What a client says of a logged model that it creates."""

    experiment_id: str
    name: str = ""
    model_type: str = ""
    source_run_id: str = ""
    params: Sequence[KeyValue] = ()
    tags: Sequence[KeyValue] = ()
    # Chosen here when it is empty.
    model_id: str = ""


def create(transaction: Transaction, new: NewLoggedModel) -> str:
    """Create a pending model in an active experiment and return its id.

    Its files will lie under the experiment's artifacts.
    """
    _check_name(new.name)
    for field in ("model_type", "source_run_id"):
        check_length(getattr(new, field), field, MAX_NAME)
        check_text(getattr(new, field), field)
    session = transaction.session
    experiment = experiments.require_active(session, new.experiment_id)
    location = session.one("SELECT artifact_location FROM experiment WHERE id = ?", (experiment,))
    assert location is not None
    model_id = new.model_id or f"m-{secrets.token_hex(16)}"
    key = session.insert(
        "INSERT INTO logged_model (model_id, experiment_id, source_run_id, name, model_type, artifact_location, "
        "status, creation_time, last_update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            model_id,
            experiment,
            new.source_run_id,
            new.name or random_name(),
            new.model_type,
            f"{location[0].rstrip('/')}/models/{model_id}/artifacts",
            PENDING,
            transaction.now,
            transaction.now,
        ),
    )
    _put_params(session, key, model_id, new.params)
    _put_tags(session, key, new.tags)
    return model_id


def _check_name(name: str) -> None:
    check_length(name, "name", MAX_NAME)
    check_text(name, "name")
    if _FORBIDDEN.search(name):
        raise InvalidParameter(
            f"Invalid value '{name}' for parameter 'name': '/', ':', '.', '%', '\"' and \"'\" are not allowed."
        )


def finalize(transaction: Transaction, model_id: str, status: str) -> None:
    """Set a model's status, one of WIRE_STATUSES's keys."""
    if status not in WIRE_STATUSES:
        raise InvalidParameter(
            f"Invalid value '{status}' for parameter 'status': it must be one of {', '.join(WIRE_STATUSES)}."
        )
    key = find(transaction.session, model_id, allow_deleted=True)
    transaction.session.run(
        "UPDATE logged_model SET status = ?, last_update_time = ? WHERE id = ?",
        (status, transaction.now, key),
    )


def delete(transaction: Transaction, model_id: str) -> None:
    """Move a model to the trash; one that is there already stays as it is."""
    key = find(transaction.session, model_id, allow_deleted=True)
    transaction.session.run(
        "UPDATE logged_model SET lifecycle_stage = ?, last_update_time = ? WHERE id = ? AND lifecycle_stage <> ?",
        (DELETED, transaction.now, key, DELETED),
    )


def log_params(transaction: Transaction, model_id: str, params: Sequence[KeyValue]) -> None:
    """Add parameters; the same value again is fine, another one raises InvalidParameter."""
    key = find(transaction.session, model_id, allow_deleted=True)
    _put_params(transaction.session, key, model_id, params)


def set_tags(transaction: Transaction, model_id: str, tags: Sequence[KeyValue]) -> None:
    """Set tags; of a key that is given twice, the last value stays."""
    _put_tags(transaction.session, find(transaction.session, model_id, allow_deleted=True), tags)


def delete_tag(transaction: Transaction, model_id: str, key: str) -> None:
    """Remove a tag; raises NotFound when the model has none of that name."""
    removed = transaction.session.run(
        "DELETE FROM logged_model_tag WHERE model_id = ? AND key = ?",
        (find(transaction.session, model_id, allow_deleted=True), key),
    )
    if not removed:
        raise NotFound(f"The logged model {model_id} has no tag with key '{key}'.")


def _put_params(session: Session, key: int, model_id: str, params: Sequence[KeyValue]) -> None:
    _check_pairs(params)
    known: dict[str, str] = dict(
        session.all("SELECT key, value FROM logged_model_param WHERE model_id = ?", (key,))
    )
    for param in params:
        if known.setdefault(param.key, param.value) != param.value:
            raise InvalidParameter(
                f"Changing param values is not allowed. Param with key '{param.key}' was already logged with value "
                f"'{known[param.key]}' for model '{model_id}'. Attempted logging new value '{param.value}'."
            )
    session.many(
        "INSERT INTO logged_model_param (model_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (model_id, key) DO NOTHING",
        [(key, param.key, param.value) for param in params],
    )


def _put_tags(session: Session, key: int, tags: Sequence[KeyValue]) -> None:
    _check_pairs(tags)
    session.many(
        "INSERT INTO logged_model_tag (model_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (model_id, key) DO UPDATE SET value = excluded.value",
        [(key, tag.key, tag.value) for tag in tags],
    )


def _check_pairs(pairs: Sequence[KeyValue]) -> None:
    """MLflow takes any key here, and values of any length."""
    for pair in pairs:
        if not pair.key:
            raise MissingParameter("key")
        check_length(pair.key, "key", MAX_KEY)
        check_text(pair.key, "key")
        check_text(pair.value, pair.key)
