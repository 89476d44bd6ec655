"""Puts a job into the queue, with the run that it belongs to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from runyard.entities import KeyValue
from runyard.errors import AlreadyExists, NotFound
from runyard.job_entities import QUEUED, RUN_STATUS
from runyard.store.jobs.changing import add_event
from runyard.store.metadata import experiments, runs
from runyard.store.metadata.names import random_name
from runyard.store.metadata.search.run_tree import PARENT_TAG
from runyard.store.metadata.session import Session
from runyard.store.transaction import Transaction

# Of names that are made up: no vowels, so that they spell nothing.
LETTERS = "bcdfghjklmnpqrstvwxyz0123456789"


class NewJob(NamedTuple):
    """What is asked for, checked; `spec` is the job file as JSON, `source` as it was written."""

    name: str
    type: str
    experiment: str
    display_name: str
    user: str
    tags: Sequence[KeyValue]
    spec: str
    source: str
    snapshot: str | None
    compute: str
    # Said of it at once: why it is not the compute that was named.
    message: str
    parent: str | None


def made_up_name() -> str:
    """A name that no other job has: `calm-otter-` and ten letters."""
    words = random_name().rsplit("-", 1)[0]
    return f"{words}-{''.join(secrets.choice(LETTERS) for _ in range(10))}"


def create(transaction: Transaction, new: NewJob) -> str:
    """Queue a job and return its name.

    Raises AlreadyExists for a name that a run has, and NotFound for a parent that is no job.
    """
    session = transaction.session
    transaction.flush()
    if session.one("SELECT 1 FROM run WHERE run_id = ?", (new.name,)) is not None:
        raise AlreadyExists(f"There is a run or job with the name '{new.name}' already: choose another one.")
    tags = list(new.tags)
    if new.parent is not None:
        key_of(session, new.parent)
        tags.append(KeyValue(PARENT_TAG, new.parent))
    run = runs.NewRun(
        run_id=new.name,
        experiment_id=experiments.ensure(transaction, new.experiment),
        name=new.display_name,
        user_id=new.user,
        start_time=transaction.now,
        tags=tags,
        status=RUN_STATUS[QUEUED],
    )
    runs.insert(transaction, run)
    key = transaction.runs.active(new.name).key
    session.run(
        "INSERT INTO job (run_id, type, spec, source, snapshot, compute, parent, state, reason, message, created, "
        "retry, nodes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, 0, '[]')",
        (
            key,
            new.type,
            new.spec,
            new.source,
            new.snapshot,
            new.compute,
            new.parent,
            QUEUED,
            new.message,
            transaction.now,
        ),
    )
    add_event(transaction, key, QUEUED, new.message)
    transaction.announce(new.name, run.experiment_id, "job")
    return new.name


def key_of(session: Session, name: str) -> int:
    """The row id of a job; raises NotFound."""
    row = session.one(
        "SELECT job.run_id FROM job JOIN run ON run.id = job.run_id WHERE run.run_id = ?", (name,)
    )
    if row is None:
        raise NotFound(f"There is no job with the name '{name}'.")
    key: int = row[0]
    return key
