"""Reads jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from runyard.errors import NotFound
from runyard.job_entities import CANCEL_REQUESTED, FINAL, HELD, QUEUED, STATES, JobEvent, JobInfo, NodeState
from runyard.store.metadata.session import Row, Session, marks

_SELECT = """
    SELECT run.run_id, job.type, job.state, run.experiment_id, experiment.name, run.name, job.created, job.compute,
        job.reason, job.message, job.started, job.ended, job.cancel_requested, job.parent, job.runner, job.retry,
        job.snapshot, job.nodes, run.artifact_uri, job.run_id
    FROM job JOIN run ON run.id = job.run_id JOIN experiment ON experiment.id = run.experiment_id
"""
_nodes = msgspec.json.Decoder(list[NodeState])


class Wanted(NamedTuple):
    """Which jobs; what is empty does not count. `before` is the row id of the last one that was seen."""

    states: Sequence[str] = ()
    experiment: str = ""
    parent: str = ""
    compute: str = ""
    deleted: bool = False
    before: int | None = None
    limit: int = 100


def get(session: Session, name: str) -> JobInfo:
    """One job with its file and its states; raises NotFound."""
    with session.snapshot():
        row = session.one(f"{_SELECT} WHERE run.run_id = ?", (name,))
        if row is None:
            raise NotFound(f"There is no job with the name '{name}'.")
        job = _info(row)
        key = row[-1]
        spec = session.one("SELECT spec, source FROM job WHERE run_id = ?", (key,))
        assert spec is not None
        job.job, job.source = msgspec.Raw(spec[0].encode()), spec[1]
        rows = session.all("SELECT time, state, message FROM job_event WHERE job_id = ? ORDER BY id", (key,))
        job.events = [JobEvent(*row) for row in rows]
        return job


def listed(session: Session, wanted: Wanted) -> tuple[list[JobInfo], int | None]:
    """Jobs, the newest first, and where the next page goes on."""
    conditions, values = ["run.lifecycle_stage = ?"], ["deleted" if wanted.deleted else "active"]
    if wanted.states:
        conditions.append(f"job.state IN ({marks(wanted.states)})")
        values += wanted.states
    for column, value in (
        ("experiment.name", wanted.experiment),
        ("job.parent", wanted.parent),
        ("job.compute", wanted.compute),
    ):
        if value:
            conditions.append(f"{column} = ?")
            values.append(value)
    parameters: list[str | int] = [*values]
    if wanted.before is not None:
        conditions.append("job.run_id < ?")
        parameters.append(wanted.before)
    where = " AND ".join(conditions)
    rows = session.all(
        f"{_SELECT} WHERE {where} ORDER BY job.run_id DESC LIMIT ?", (*parameters, wanted.limit + 1)
    )
    more = rows[wanted.limit - 1][-1] if len(rows) > wanted.limit else None
    return [_info(row) for row in rows[: wanted.limit]], more


def queued(session: Session, limit: int) -> list[JobInfo]:
    """Those that wait, the oldest first, with their files."""
    rows = session.all(
        f"{_SELECT} WHERE job.state = ? AND run.lifecycle_stage = 'active' ORDER BY job.run_id LIMIT ?",
        (QUEUED, limit),
    )
    return _with_files(session, rows)


def unfinished(session: Session, limit: int) -> tuple[list[JobInfo], dict[str, int]]:
    """Those that wait or are worked for, the oldest first, and how many are in each such state."""
    states = [state for state in STATES if state not in FINAL]
    active = f"job.state IN ({marks(states)}) AND run.lifecycle_stage = 'active'"
    with session.snapshot():
        rows = session.all(f"{_SELECT} WHERE {active} ORDER BY job.run_id LIMIT ?", (*states, limit))
        counts = session.all(
            f"SELECT job.state, count(*) FROM job JOIN run ON run.id = job.run_id WHERE {active} GROUP BY job.state",
            tuple(states),
        )
    return [_info(row) for row in rows], dict(counts)


def held(session: Session, runner: str, names: Sequence[str]) -> list[JobInfo]:
    """Those of `names` that a runner holds, with their files."""
    rows = session.all(f"{_SELECT} WHERE job.runner = ? AND run.run_id IN ({marks(names)})", (runner, *names))
    return _with_files(session, rows)


def to_cancel(session: Session, runner: str) -> list[str]:
    """The names of a runner's jobs that somebody wants to end."""
    rows = session.all(
        "SELECT run.run_id FROM job JOIN run ON run.id = job.run_id WHERE job.runner = ? AND job.state = ?",
        (runner, CANCEL_REQUESTED),
    )
    return [row[0] for row in rows]


def silent(session: Session, since: int) -> bool:
    """Whether a job's runner was heard of last before `since`."""
    row = session.one(
        f"SELECT 1 FROM job WHERE state IN ({marks(HELD)}) AND heard < ? LIMIT 1", (*HELD, since)
    )
    return row is not None


def unfinished_children(session: Session, parent: str) -> list[str]:
    """The names of a job's children that have not ended."""
    rows = session.all(
        "SELECT run.run_id FROM job JOIN run ON run.id = job.run_id WHERE job.parent = ? AND job.ended IS NULL",
        (parent,),
    )
    return [row[0] for row in rows]


def _with_files(session: Session, rows: Sequence[Row]) -> list[JobInfo]:
    jobs = [_info(row) for row in rows]
    for job, row in zip(jobs, rows, strict=True):
        spec = session.one("SELECT spec FROM job WHERE run_id = ?", (row[-1],))
        assert spec is not None
        job.job = msgspec.Raw(spec[0].encode())
    return jobs


def _info(row: Row) -> JobInfo:
    return JobInfo(
        name=row[0],
        type=row[1],
        state=row[2],
        experiment_id=str(row[3]),
        experiment_name=row[4],
        display_name=row[5],
        created=row[6],
        compute=row[7],
        reason=row[8],
        message=row[9],
        started=row[10],
        ended=row[11],
        cancel_requested=row[12],
        parent=row[13],
        runner=row[14],
        retry=row[15],
        snapshot=row[16],
        nodes=_nodes.decode(row[17]),
        artifact_uri=row[18],
    )
