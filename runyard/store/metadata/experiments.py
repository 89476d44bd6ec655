"""Experiments and their tags."""

from __future__ import annotations

import time
from collections.abc import Sequence

from runyard.entities import ACTIVE, DELETED, Experiment, KeyValue
from runyard.errors import AlreadyExists, ExperimentNotFound, InvalidParameter, NotFound
from runyard.store.metadata.session import Session, in_list, slices
from runyard.store.transaction import Transaction

WORKSPACE = "default"
DEFAULT_ID = 0
_COLUMNS = "id, name, artifact_location, lifecycle_stage, creation_time, last_update_time"


def ensure_default(transaction: Transaction) -> None:
    """Create the experiment `Default` with id 0, which runs without an experiment belong to."""
    session = transaction.session
    if session.one("SELECT 1 FROM experiment WHERE id = ?", (DEFAULT_ID,)) is None:
        now = time.time_ns() // 1_000_000
        session.run(
            "INSERT INTO experiment (id, workspace, name, artifact_location, creation_time, last_update_time) "
            "VALUES (?, ?, 'Default', ?, ?, ?)",
            (DEFAULT_ID, WORKSPACE, default_location(DEFAULT_ID), now, now),
        )


def default_location(experiment_id: int) -> str:
    """Where an experiment's artifacts lie unless its creator says otherwise."""
    return f"mlflow-artifacts:/{experiment_id}"


def key_of(experiment_id: str) -> int:
    """The row id that an experiment id names; raises ExperimentNotFound when it can't name one."""
    if experiment_id.isascii() and experiment_id.isdigit() and len(experiment_id) < 19:
        return int(experiment_id)
    raise ExperimentNotFound(experiment_id)


def create(
    transaction: Transaction, name: str, artifact_location: str | None, tags: Sequence[KeyValue]
) -> str:
    """Create an experiment and return its id; raises AlreadyExists."""
    session = transaction.session
    taken = session.one(
        "SELECT lifecycle_stage FROM experiment WHERE workspace = ? AND name = ?", (WORKSPACE, name)
    )
    if taken is not None:
        hint = " It is in the trash: restore it or empty the trash." if taken[0] == DELETED else ""
        raise AlreadyExists(f"An experiment with name '{name}' already exists.{hint}")
    key = session.insert(
        "INSERT INTO experiment (workspace, name, artifact_location, creation_time, last_update_time) "
        "VALUES (?, ?, ?, ?, ?)",
        (WORKSPACE, name, artifact_location or "", transaction.now, transaction.now),
    )
    if not artifact_location:
        session.run("UPDATE experiment SET artifact_location = ? WHERE id = ?", (default_location(key), key))
    _put_tags(session, key, tags)
    return str(key)


def ensure(transaction: Transaction, name: str) -> str:
    """The id of the active experiment of this name, which is created where there is none.

    Raises AlreadyExists when it is in the trash.
    """
    row = transaction.session.one(
        "SELECT id FROM experiment WHERE workspace = ? AND name = ? AND lifecycle_stage = ?",
        (WORKSPACE, name, ACTIVE),
    )
    return create(transaction, name, None, []) if row is None else str(row[0])


def load(session: Session, keys: Sequence[int]) -> list[Experiment]:
    """The experiments with these row ids, in this order, with their tags."""
    found: dict[int, Experiment] = {}
    for part in slices(keys):
        names, values = in_list(part, "id")
        for row in session.iterate(f"SELECT {_COLUMNS} FROM experiment WHERE id IN ({names})", values):
            found[row[0]] = Experiment(
                experiment_id=str(row[0]),
                name=row[1],
                artifact_location=row[2],
                lifecycle_stage=row[3],
                creation_time=row[4],
                last_update_time=row[5],
                tags=[],
            )
        tags = f"SELECT experiment_id, key, value FROM experiment_tag WHERE experiment_id IN ({names})"
        for key, name, value in session.iterate(tags, values):
            found[key].tags.append(KeyValue(name, value))
    return [found[key] for key in keys if key in found]


def active_ids(session: Session) -> list[str]:
    """Ids of all experiments that are not in the trash."""
    return [
        str(row[0]) for row in session.all("SELECT id FROM experiment WHERE lifecycle_stage = ?", (ACTIVE,))
    ]


def all_ids(session: Session) -> list[str]:
    """Ids of all experiments, also of those in the trash."""
    return [str(row[0]) for row in session.all("SELECT id FROM experiment")]


def get(session: Session, experiment_id: str) -> Experiment:
    """The experiment with this id, deleted or not; raises ExperimentNotFound."""
    with session.snapshot():
        found = load(session, [key_of(experiment_id)])
    if not found:
        raise ExperimentNotFound(experiment_id)
    return found[0]


def get_by_name(session: Session, name: str) -> Experiment:
    """The experiment with this name, deleted or not; raises ExperimentNotFound."""
    with session.snapshot():
        row = session.one("SELECT id FROM experiment WHERE workspace = ? AND name = ?", (WORKSPACE, name))
        if row is None:
            raise ExperimentNotFound(name)
        return load(session, [row[0]])[0]


def require_active(session: Session, experiment_id: str) -> int:
    """The row id of an active experiment; raises ExperimentNotFound or InvalidParameter."""
    key = key_of(experiment_id)
    row = session.one("SELECT lifecycle_stage FROM experiment WHERE id = ?", (key,))
    if row is None:
        raise ExperimentNotFound(experiment_id)
    if row[0] != ACTIVE:
        raise InvalidParameter(
            f"The experiment {experiment_id} must be in the 'active' state. Its current state is {row[0]}."
        )
    return key


def rename(transaction: Transaction, experiment_id: str, name: str) -> None:
    """Give an active experiment another name; raises AlreadyExists."""
    session = transaction.session
    key = require_active(session, experiment_id)
    taken = session.one("SELECT id FROM experiment WHERE workspace = ? AND name = ?", (WORKSPACE, name))
    if taken is not None and taken[0] != key:
        raise AlreadyExists(f"An experiment with name '{name}' already exists.")
    session.run(
        "UPDATE experiment SET name = ?, last_update_time = ? WHERE id = ?", (name, transaction.now, key)
    )
    transaction.announce("", key, "renamed")


def delete(transaction: Transaction, experiment_id: str) -> None:
    """Move an experiment and its active runs to the trash."""
    session = transaction.session
    key = key_of(experiment_id)
    row = session.one("SELECT lifecycle_stage FROM experiment WHERE id = ?", (key,))
    if row is None or row[0] != ACTIVE:
        raise ExperimentNotFound(experiment_id)
    session.run(
        "UPDATE experiment SET lifecycle_stage = ?, last_update_time = ? WHERE id = ?",
        (DELETED, transaction.now, key),
    )
    session.run(
        "UPDATE run SET lifecycle_stage = ?, deleted_time = ? WHERE experiment_id = ? AND lifecycle_stage = ?",
        (DELETED, transaction.now, key, ACTIVE),
    )
    transaction.runs.forget()
    transaction.announce("", key, "deleted")


def restore(transaction: Transaction, experiment_id: str) -> None:
    """Take an experiment, and the runs that were deleted with it, out of the trash."""
    session = transaction.session
    key = key_of(experiment_id)
    row = session.one("SELECT lifecycle_stage, last_update_time FROM experiment WHERE id = ?", (key,))
    if row is None or row[0] != DELETED:
        raise ExperimentNotFound(experiment_id)
    session.run(
        "UPDATE experiment SET lifecycle_stage = ?, last_update_time = ? WHERE id = ?",
        (ACTIVE, transaction.now, key),
    )
    # Nothing changes a deleted experiment, so its last update is the moment of its deletion.
    session.run(
        "UPDATE run SET lifecycle_stage = ?, deleted_time = NULL WHERE experiment_id = ? AND deleted_time = ?",
        (ACTIVE, key, row[1]),
    )
    transaction.runs.forget()
    transaction.announce("", key, "deleted")


def set_tag(transaction: Transaction, experiment_id: str, tag: KeyValue) -> None:
    """Set a tag of an active experiment."""
    key = require_active(transaction.session, experiment_id)
    _put_tags(transaction.session, key, [tag])
    _touch(transaction, key)


def delete_tag(transaction: Transaction, experiment_id: str, name: str) -> None:
    """Remove a tag of an active experiment; raises NotFound when it has none of that name."""
    key = require_active(transaction.session, experiment_id)
    removed = transaction.session.run(
        "DELETE FROM experiment_tag WHERE experiment_id = ? AND key = ?", (key, name)
    )
    if not removed:
        raise NotFound(f"The experiment {experiment_id} has no tag with key '{name}'.")
    _touch(transaction, key)


def _touch(transaction: Transaction, key: int) -> None:
    transaction.session.run("UPDATE experiment SET last_update_time = ? WHERE id = ?", (transaction.now, key))


def _put_tags(session: Session, key: int, tags: Sequence[KeyValue]) -> None:
    session.many(
        "INSERT INTO experiment_tag (experiment_id, key, value) VALUES (?, ?, ?) "
        "ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value",
        [(key, tag.key, tag.value) for tag in tags],
    )
