"""Takes a job from state to state: what runners report, what people cancel, and what is not heard of any more."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from runyard.errors import NotFound
from runyard.job_entities import (
    CANCEL_REQUESTED,
    CANCELED,
    FAILED,
    FINAL,
    HELD,
    NOT_RESPONDING,
    PROGRESS,
    QUEUED,
    RUN_STATUS,
    RUNNING,
    STARTING,
    JobReport,
)
from runyard.store.jobs.reading import unfinished_children
from runyard.store.metadata.session import Row, Session, marks
from runyard.store.transaction import Transaction

_SELECT = """
    SELECT job.run_id, run.run_id, run.experiment_id, job.state, job.runner, job.retry, job.started, job.message
    FROM job JOIN run ON run.id = job.run_id
"""


class _Job:
    """The part of a row that changes depend on."""

    def __init__(self, row: Row) -> None:
        (
            self.key,
            self.name,
            self.experiment,
            self.state,
            self.runner,
            self.retry,
            self.started,
            self.message,
        ) = row


def claim(transaction: Transaction, name: str, runner: str) -> int:
    """Give a queued job to a runner: 1 when it has it now. Of two runners that ask, one gets it."""
    job = _find(transaction.session, name)
    if job.state != QUEUED:
        return int(job.runner == runner and job.state == STARTING)
    transaction.session.run(
        "UPDATE job SET runner = ?, heard = ? WHERE run_id = ?", (runner, transaction.now, job.key)
    )
    _enter(transaction, job, STARTING, "", "")
    return 1


def report(transaction: Transaction, runner: str, reports: Sequence[JobReport]) -> list[str]:
    """Keep what a runner says of its jobs; the names of those that are not its own any more."""
    gone = []
    for each in reports:
        try:
            job = _find(transaction.session, each.name)
        except NotFound:
            gone.append(each.name)
            continue
        if job.runner != runner or job.state in FINAL:
            gone.append(each.name)
        else:
            _take(transaction, job, each)
    return gone


def _take(transaction: Transaction, job: _Job, said: JobReport) -> None:
    session = transaction.session
    session.run("UPDATE job SET heard = ? WHERE run_id = ?", (transaction.now, job.key))
    if said.nodes is not None:
        nodes = msgspec.json.encode(said.nodes).decode()
        changed = session.run(
            "UPDATE job SET nodes = ? WHERE run_id = ? AND nodes <> ?", (nodes, job.key, nodes)
        )
        if changed:
            transaction.announce(job.name, job.experiment, "status")
    if said.retry != job.retry:
        session.run("UPDATE job SET retry = ? WHERE run_id = ?", (said.retry, job.key))
    if said.started is not None and job.started is None:
        _begin(transaction, job, said.started)
        if said.state != RUNNING:
            add_event(transaction, job.key, RUNNING, "", said.started)
    state = said.state
    if state is None and job.state == NOT_RESPONDING:
        state = RUNNING
    if state is None or state == job.state:
        return
    if job.state == CANCEL_REQUESTED and state in PROGRESS:
        return
    message = said.message
    if job.state == CANCEL_REQUESTED and state == CANCELED and said.reason == "canceled":
        # Who asked for it knew why; its runner does not.
        message = job.message
    _enter(transaction, job, state, said.reason, message)


def explain(transaction: Transaction, waiting: Sequence[tuple[str, str]]) -> None:
    """Say why queued jobs wait."""
    for name, message in waiting:
        changed = transaction.session.run(
            "UPDATE job SET message = ? WHERE state = ? AND message <> ? "
            "AND run_id = (SELECT id FROM run WHERE run_id = ?)",
            (message, QUEUED, message, name),
        )
        if changed:
            job = _find(transaction.session, name)
            transaction.announce(job.name, job.experiment, "status")


def cancel(transaction: Transaction, name: str, message: str = "Canceled on request.") -> str:
    """Ask for a job's end and return its state: one that waits is canceled at once, one that has ended stays."""
    job = _find(transaction.session, name)
    if job.state in FINAL or job.state == CANCEL_REQUESTED:
        return str(job.state)
    transaction.session.run(
        "UPDATE job SET cancel_requested = ? WHERE run_id = ?", (transaction.now, job.key)
    )
    state = CANCEL_REQUESTED if job.runner is not None else CANCELED
    _enter(transaction, job, state, "canceled", message)
    transaction.announce(job.name, job.experiment, "job")
    return state


def cancel_tree(transaction: Transaction, name: str, message: str = "Canceled on request.") -> str:
    """Cancel a job and all that it began; the state of the job."""
    state = cancel(transaction, name, message)
    for child in unfinished_children(transaction.session, name):
        _cancel_below(transaction, child, name)
    return state


def _cancel_below(transaction: Transaction, name: str, parent: str) -> None:
    cancel(transaction, name, f"Canceled with '{parent}', which began it.")
    for child in unfinished_children(transaction.session, name):
        _cancel_below(transaction, child, name)


def look_after(transaction: Transaction, silent_since: int, lost_since: int) -> None:
    """Tell of jobs whose runner was heard of last before `silent_since`, and give up those before `lost_since`."""
    rows = transaction.session.all(
        f"{_SELECT} WHERE job.state IN ({marks(HELD)}) AND job.heard < ?", (*HELD, silent_since)
    )
    for row in rows:
        job = _Job(row)
        heard = transaction.session.one("SELECT heard FROM job WHERE run_id = ?", (job.key,))
        seconds = (transaction.now - (heard[0] if heard else 0)) // 1000
        if heard is not None and heard[0] < lost_since:
            message = f"Its runner '{job.runner}' was not heard of for {seconds} seconds."
            if job.state == CANCEL_REQUESTED:
                _enter(transaction, job, CANCELED, "canceled", f"Canceled. {message}")
            else:
                _enter(transaction, job, FAILED, "lost", message)
        elif job.state not in (NOT_RESPONDING, CANCEL_REQUESTED):
            message = f"Its runner '{job.runner}' was not heard of for {seconds} seconds. It may come back."
            _enter(transaction, job, NOT_RESPONDING, "", message)


def _enter(transaction: Transaction, job: _Job, state: str, reason: str, message: str) -> None:
    session = transaction.session
    session.run(
        "UPDATE job SET state = ?, reason = ?, message = ? WHERE run_id = ?",
        (state, reason, message, job.key),
    )
    if state == RUNNING and job.started is None:
        _begin(transaction, job, transaction.now)
    if state in FINAL:
        session.run("UPDATE job SET ended = ? WHERE run_id = ?", (transaction.now, job.key))
        session.run("UPDATE run SET end_time = ? WHERE id = ?", (transaction.now, job.key))
    session.run("UPDATE run SET status = ? WHERE id = ?", (RUN_STATUS[state], job.key))
    add_event(transaction, job.key, state, message)
    transaction.announce(job.name, job.experiment, "status")


def _begin(transaction: Transaction, job: _Job, started: int) -> None:
    job.started = started
    transaction.session.run("UPDATE job SET started = ? WHERE run_id = ?", (started, job.key))
    # What waited in the queue is no part of a run's duration.
    transaction.session.run("UPDATE run SET start_time = ? WHERE id = ?", (started, job.key))


def add_event(transaction: Transaction, key: int, state: str, message: str, time: int | None = None) -> None:
    """Write down when a job came into a state: now, unless it is said."""
    transaction.session.run(
        "INSERT INTO job_event (job_id, time, state, message) VALUES (?, ?, ?, ?)",
        (key, transaction.now if time is None else time, state, message),
    )


def _find(session: Session, name: str) -> _Job:
    row = session.one(f"{_SELECT} WHERE run.run_id = ?", (name,))
    if row is None:
        raise NotFound(f"There is no job with the name '{name}'.")
    return _Job(row)
