"""Writes to runs: creation, status, trash, parameters, tags, and batches of everything.

Functions that say so check everything before they change anything, so that they need no savepoint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from runyard.entities import ACTIVE, DELETED, RUNNING, KeyValue, Run, RunData, RunInfo
from runyard.errors import InvalidParameter, NotFound
from runyard.store.metadata import experiments
from runyard.store.metadata.jobs_of_runs import is_job
from runyard.store.metadata.names import random_name
from runyard.store.metadata.run_cache import RunRow
from runyard.store.metadata.search.archive import ARCHIVED_TAG
from runyard.store.operation import Batch
from runyard.store.transaction import Transaction

NAME_TAG = "mlflow.runName"
_ADD_TAG = "INSERT INTO run_tag (run_id, key, value) VALUES (?, ?, ?)"
_PUT_TAG = f"{_ADD_TAG} ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value"


class NewRun(NamedTuple):
    """What a client says of a run that it creates."""

    run_id: str
    experiment_id: str
    name: str
    user_id: str
    start_time: int | None
    tags: Sequence[KeyValue]
    status: str = RUNNING


def create(transaction: Transaction, new: NewRun) -> str:
    """Create a running run and return its id; see `insert`."""
    return insert(transaction, new).info.run_id


def insert(transaction: Transaction, new: NewRun) -> Run:
    """Create a running run and return it as a reader would find it; checks first, then writes.

    Raises ExperimentNotFound, or InvalidParameter when the experiment is in the trash or the name is given
    twice and differently.
    """
    session = transaction.session
    experiment, location = _experiment(transaction, new.experiment_id)
    tags = {tag.key: tag.value for tag in new.tags}
    tags[NAME_TAG] = name = _name(new.name, tags.get(NAME_TAG))
    info = RunInfo(
        run_id=new.run_id,
        run_uuid=new.run_id,
        run_name=name,
        experiment_id=str(experiment),
        user_id=new.user_id,
        status=new.status,
        start_time=transaction.now if new.start_time is None else new.start_time,
        artifact_uri=_artifact_uri(location, new.run_id),
        lifecycle_stage=ACTIVE,
    )
    key = session.insert(
        "INSERT INTO run (run_id, experiment_id, name, user_id, status, start_time, artifact_uri) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (new.run_id, experiment, name, new.user_id, info.status, info.start_time, info.artifact_uri),
    )
    session.many(_ADD_TAG, [(key, tag, value) for tag, value in tags.items()])
    transaction.runs.put_new(RunRow(key, new.run_id, experiment, ACTIVE))
    transaction.metrics.begin_run(key)
    transaction.announce(new.run_id, experiment, "created")
    return Run(info, RunData([], [], [KeyValue(tag, tags[tag]) for tag in sorted(tags)]))


def _experiment(transaction: Transaction, experiment_id: str) -> tuple[int, str]:
    """The row id and the artifact location of an active experiment; raises as `require_active` does."""
    known = transaction.runs.experiment(experiment_id)
    if known is not None:
        return known
    session = transaction.session
    key = experiments.require_active(session, experiment_id)
    row = session.one("SELECT artifact_location FROM experiment WHERE id = ?", (key,))
    assert row is not None
    transaction.runs.put_experiment(experiment_id, key, row[0])
    return key, row[0]


def _artifact_uri(location: str, run_id: str) -> str:
    """Below the experiment's location; a query, such as an access signature, stays at the end."""
    base, mark, query = location.partition("?")
    return f"{base.rstrip('/')}/{run_id}/artifacts{mark}{query}"


def _name(name: str, tag: str | None) -> str:
    if name and tag and name != tag:
        raise InvalidParameter(
            f"Parameter 'run_name' is '{name}' and the tag '{NAME_TAG}' is '{tag}': they must be equal."
        )
    return name or tag or random_name()


class RunUpdate(NamedTuple):
    """What a client changes of a run; None leaves a field as it is."""

    status: str | None
    end_time: int | None
    name: str | None


def update(transaction: Transaction, run_id: str, change: RunUpdate) -> str:
    """Change an active run's status, end time or name; returns the id.

    A job's status and end time are its runner's: each of its processes says that the run has ended when it ends itself.
    """
    run = transaction.runs.active(run_id)
    session = transaction.session
    if (change.status or change.end_time is not None) and is_job(session, run.key):
        change = change._replace(status=None, end_time=None)
    if change.status is not None:
        session.run("UPDATE run SET status = ? WHERE id = ?", (change.status, run.key))
    if change.end_time is not None:
        session.run("UPDATE run SET end_time = ? WHERE id = ?", (change.end_time, run.key))
    if change.name:
        session.run("UPDATE run SET name = ? WHERE id = ?", (change.name, run.key))
        session.run(_PUT_TAG, (run.key, NAME_TAG, change.name))
    transaction.announce(run_id, run.experiment_id, "status")
    return run_id


def delete(transaction: Transaction, run_id: str) -> None:
    """Move a run to the trash; a run that is there already stays as it is."""
    run = transaction.runs.get(run_id)
    if run.lifecycle_stage == ACTIVE:
        transaction.session.run(
            "UPDATE run SET lifecycle_stage = ?, deleted_time = ? WHERE id = ?",
            (DELETED, transaction.now, run.key),
        )
    _moved(transaction, run)


def restore(transaction: Transaction, run_id: str) -> None:
    """Take a run out of the trash; the experiment it belongs to must be active."""
    run = transaction.runs.get(run_id)
    experiments.require_active(transaction.session, str(run.experiment_id))
    transaction.session.run(
        "UPDATE run SET lifecycle_stage = ?, deleted_time = NULL WHERE id = ?", (ACTIVE, run.key)
    )
    _moved(transaction, run)


def _moved(transaction: Transaction, run: RunRow) -> None:
    transaction.runs.forget(run.run_id)
    transaction.announce(run.run_id, run.experiment_id, "deleted")


def set_tags(transaction: Transaction, run_id: str, tags: Sequence[KeyValue]) -> None:
    """Set tags of an active run; checks first, then writes."""
    run = transaction.runs.active(run_id)
    _put_tags(transaction, run, tags)


def delete_tag(transaction: Transaction, run_id: str, key: str) -> None:
    """Remove a tag of an active run; raises NotFound when it has none of that name."""
    run = transaction.runs.active(run_id)
    removed = transaction.session.run("DELETE FROM run_tag WHERE run_id = ? AND key = ?", (run.key, key))
    if not removed:
        raise NotFound(f"The run {run_id} has no tag with key '{key}'.")
    _announce_tags(transaction, run, [key])


def change_tags(
    transaction: Transaction, run_ids: Sequence[str], put: Sequence[KeyValue], remove: Sequence[str]
) -> int:
    """Remove tags from active runs, of those that have them, and then set others; how many runs changed."""
    changed = 0
    for run_id in dict.fromkeys(run_ids):
        removed = _remove_tags(transaction, run_id, remove)
        if put:
            set_tags(transaction, run_id, put)
        changed += bool(put or removed)
    return changed


def _remove_tags(transaction: Transaction, run_id: str, keys: Sequence[str]) -> int:
    run = transaction.runs.active(run_id)
    removed = sum(
        transaction.session.run("DELETE FROM run_tag WHERE run_id = ? AND key = ?", (run.key, key))
        for key in keys
    )
    if removed:
        _announce_tags(transaction, run, keys)
    return removed


def log_batch(transaction: Transaction, batch: Batch) -> None:
    """Log metrics, parameters and tags together or not at all; checks first, then writes.

    A parameter never changes: the same value again is fine, another one raises InvalidParameter.
    """
    run = transaction.runs.active(batch.run_id)
    if batch.params:
        new = _new_params(transaction, run, batch.params)
        _put_params(transaction, run, new)
    if batch.tags:
        _put_tags(transaction, run, batch.tags)
    if batch.metrics:
        transaction.metrics.append(run.key, run.run_id, run.experiment_id, batch.metrics)


def _new_params(transaction: Transaction, run: RunRow, params: Sequence[KeyValue]) -> dict[str, str]:
    """Those of `params` that the run does not have yet; raises InvalidParameter for changed ones."""
    session = transaction.session
    wanted = {param.key: param.value for param in params}
    if transaction.runs.is_blank(run.key):
        return wanted
    if len(wanted) == 1:
        key = next(iter(wanted))
        rows = session.all("SELECT key, value FROM param WHERE run_id = ? AND key = ?", (run.key, key))
    else:
        rows = session.all("SELECT key, value FROM param WHERE run_id = ?", (run.key,))
    for key, value in rows:
        if key not in wanted:
            continue
        if wanted[key] != value:
            raise InvalidParameter(
                f"Changing param values is not allowed. Param with key '{key}' was already logged with value "
                f"'{value}' for run '{run.run_id}'. Attempted logging new value '{wanted[key]}'."
            )
        del wanted[key]
    return wanted


def _put_params(transaction: Transaction, run: RunRow, params: dict[str, str]) -> None:
    transaction.session.many(
        "INSERT INTO param (run_id, key, value) VALUES (?, ?, ?)",
        [(run.key, key, value) for key, value in params.items()],
    )
    transaction.announce(run.run_id, run.experiment_id, "params")


def _put_tags(transaction: Transaction, run: RunRow, tags: Sequence[KeyValue]) -> None:
    session = transaction.session
    session.many(_PUT_TAG, [(run.key, tag.key, tag.value) for tag in tags])
    for tag in tags:
        if tag.key == NAME_TAG:
            session.run("UPDATE run SET name = ? WHERE id = ?", (tag.value, run.key))
    _announce_tags(transaction, run, [tag.key for tag in tags])


def _announce_tags(transaction: Transaction, run: RunRow, keys: Sequence[str]) -> None:
    transaction.announce(run.run_id, run.experiment_id, "tags")
    # Lists gain and lose the run.
    if ARCHIVED_TAG in keys:
        transaction.announce(run.run_id, run.experiment_id, "archived")
