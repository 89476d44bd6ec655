"""Writes to registered models: creation, name, description, tags, aliases, removal.

Those that answer the model return its row id.
"""

from __future__ import annotations

from collections.abc import Sequence

from runyard.entities import KeyValue
from runyard.errors import AlreadyExists, InvalidState
from runyard.rules import check_key, check_text
from runyard.store.metadata.experiments import WORKSPACE
from runyard.store.registry import alias_history, reading
from runyard.store.registry.names import (
    check_alias,
    check_model_name,
    check_new_alias,
    check_registry_tags,
    is_prompt,
    version_number,
)
from runyard.store.transaction import Transaction


def create(
    transaction: Transaction, name: str, description: str | None = None, tags: Sequence[KeyValue] = ()
) -> int:
    """Create a registered model without versions; raises AlreadyExists."""
    check_model_name(name)
    check_text(description or "", "description")
    check_registry_tags(tags)
    _refuse_taken(transaction, name, is_prompt(tags))
    key = transaction.session.insert(
        "INSERT INTO registered_model (workspace, name, description, creation_time, last_update_time) "
        "VALUES (?, ?, ?, ?, ?)",
        (WORKSPACE, name, description, transaction.now, transaction.now),
    )
    _put_tags(transaction, key, tags)
    transaction.announce_model(name)
    return key


def _refuse_taken(transaction: Transaction, name: str, prompt: bool) -> None:
    row = transaction.session.one(
        "SELECT id FROM registered_model WHERE workspace = ? AND name = ?", (WORKSPACE, name)
    )
    if row is None:
        return
    there = is_prompt(reading.model_of(transaction.session, row[0]).tags)
    kinds = {True: "prompt", False: "registered model"}
    if there == prompt:
        raise AlreadyExists(f"A {kinds[prompt]} with name '{name}' already exists.")
    raise AlreadyExists(
        f"A {kinds[prompt]} can't have the name '{name}', because a {kinds[there]} has it already."
    )


def rename(transaction: Transaction, name: str, new_name: str) -> int:
    """Give a registered model and its versions another name; raises AlreadyExists."""
    key = reading.find_model(transaction.session, name)
    check_model_name(new_name, "new_name")
    taken = transaction.session.one(
        "SELECT id FROM registered_model WHERE workspace = ? AND name = ?", (WORKSPACE, new_name)
    )
    if taken is not None and taken[0] != key:
        raise AlreadyExists(f"A registered model with name '{new_name}' already exists.")
    transaction.session.run("UPDATE registered_model SET name = ? WHERE id = ?", (new_name, key))
    transaction.session.run(
        "UPDATE model_version SET last_update_time = ? WHERE model_id = ?", (transaction.now, key)
    )
    touch(transaction, key)
    transaction.announce_model(name)
    return key


def update(transaction: Transaction, name: str, description: str | None) -> int:
    """Replace a registered model's description; None removes it."""
    check_text(description or "", "description")
    key = reading.find_model(transaction.session, name)
    transaction.session.run("UPDATE registered_model SET description = ? WHERE id = ?", (description, key))
    touch(transaction, key)
    transaction.announce_model(name)
    return key


def delete(transaction: Transaction, name: str) -> None:
    """Remove a registered model with its versions, tags and aliases."""
    key = reading.find_model(transaction.session, name)
    transaction.session.run("DELETE FROM registered_model WHERE id = ?", (key,))
    transaction.announce_model(name)


def set_tag(transaction: Transaction, name: str, tag: KeyValue) -> None:
    """Set a tag of a registered model."""
    check_registry_tags([tag])
    _put_tags(transaction, reading.find_model(transaction.session, name), [tag])
    transaction.announce_model(name)


def delete_tag(transaction: Transaction, name: str, key: str) -> None:
    """Remove a tag of a registered model; one that is not there is fine, as in MLflow."""
    check_key(key, "key")
    transaction.session.run(
        "DELETE FROM registered_model_tag WHERE model_id = ? AND key = ?",
        (reading.find_model(transaction.session, name), key),
    )
    transaction.announce_model(name)


def set_alias(transaction: Transaction, name: str, alias: str, version: str | int) -> None:
    """Make an alias name a version, whatever it named before; raises ModelVersionNotFound."""
    check_new_alias(alias)
    reading.find_version(transaction.session, name, version)
    key, number = reading.find_model(transaction.session, name), version_number(version)
    alias_history.record(transaction, key, alias, number)
    transaction.session.run(
        "INSERT INTO registered_model_alias (model_id, alias, version) VALUES (?, ?, ?) "
        "ON CONFLICT (model_id, alias) DO UPDATE SET version = excluded.version",
        (key, alias, number),
    )
    transaction.announce_model(name)


def move_alias(transaction: Transaction, name: str, alias: str, version: str | int, held: str | None) -> None:
    """Make an alias name a version if it still names `held` (None: nothing); raises InvalidState when it does not."""
    model = reading.get_model(transaction.session, name)
    names = {each.alias: each.version for each in model.aliases}.get(alias)
    if names != held:
        now = "no version" if names is None else f"version {names}"
        raise InvalidState(f"The alias '{alias}' names {now} by now: somebody else changed it. Look again.")
    set_alias(transaction, name, alias, version)


def delete_alias(transaction: Transaction, name: str, alias: str) -> None:
    """Remove an alias; one that is not there is fine, as in MLflow."""
    check_alias(alias)
    key = reading.find_model(transaction.session, name)
    alias_history.record(transaction, key, alias, None)
    transaction.session.run(
        "DELETE FROM registered_model_alias WHERE model_id = ? AND alias = ?", (key, alias)
    )
    transaction.announce_model(name)


def touch(transaction: Transaction, key: int) -> None:
    """Note that a registered model changed now."""
    transaction.session.run(
        "UPDATE registered_model SET last_update_time = ? WHERE id = ?", (transaction.now, key)
    )


def _put_tags(transaction: Transaction, key: int, tags: Sequence[KeyValue]) -> None:
    transaction.session.many(
        "INSERT INTO registered_model_tag (model_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (model_id, key) DO UPDATE SET value = excluded.value",
        [(key, tag.key, tag.value) for tag in tags],
    )
