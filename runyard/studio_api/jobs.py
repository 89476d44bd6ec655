"""The page of a job, and the queue."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter

from runyard.job_entities import QUEUED, JobInfo, NodeState
from runyard.jobs import entities
from runyard.store.jobs import changing, reading
from runyard.studio_api import job_models as models
from runyard.studio_api.job_logs import log_paths
from runyard.studio_api.job_yaml import job_yaml
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# Jobs on the page of the queue: more at once help nobody.
MOST_QUEUED = 500


def job_routes(reader: Reader) -> APIRouter:
    """Routes that show jobs and end them."""
    router = APIRouter(tags=["jobs"])

    @router.get("/jobs/{name}", response_model=models.JobDetail, **needs("read"))
    async def get_job(name: str) -> models.JobDetail:
        """One job: its state, the ones before, and its processes."""
        return detail(await reader.read(reading.get, name))

    @router.get("/job-queue", response_model=models.JobQueue, **needs("read"))
    async def job_queue() -> models.JobQueue:
        """Jobs that wait or run, the oldest first."""
        return _queue(*await reader.read(reading.unfinished, MOST_QUEUED))

    @router.post("/jobs/{name}/cancel", response_model=models.JobDetail, **needs("write"))
    async def cancel_job(name: str) -> models.JobDetail:
        """End a job and all that it began; one that has ended stays as it is."""
        await reader.write(lambda transaction: changing.cancel_tree(transaction, name))
        return detail(await reader.read(reading.get, name))

    return router


def _queue(jobs: list[JobInfo], counts: dict[str, int]) -> models.JobQueue:
    seen: Counter[str] = Counter()
    rows = []
    for job in jobs:
        if job.state == QUEUED:
            seen[job.compute] += 1
        position = seen[job.compute] if job.state == QUEUED else None
        rows.append(models.QueuedJob(**_row(job), position=position))
    return models.JobQueue(jobs=rows, counts=counts, more=sum(counts.values()) > len(rows))


def _row(job: JobInfo) -> dict[str, Any]:
    return {name: getattr(job, name) for name in models.JobRow.model_fields}


def detail(job: JobInfo) -> models.JobDetail:
    """A job as its page shows it."""
    spec = entities.decode(bytes(job.job))
    return models.JobDetail(
        **_row(job),
        nodes=[_node(node, log_paths(job, spec, node)) for node in job.nodes],
        events=[
            models.JobStep(time=event.time, state=event.state, message=event.message) for event in job.events
        ],
        source=job.source or job_yaml(spec, job.snapshot is not None),
        is_written=job.source != "",
        snapshot=job.snapshot,
    )


def _node(node: NodeState, logs: dict[int, str]) -> models.JobNode:
    ranks = [
        models.JobRank(
            rank=rank.rank,
            local_rank=rank.local_rank,
            pid=rank.pid,
            exit_code=rank.exit_code,
            started=rank.started,
            ended=rank.ended,
            log=logs.get(rank.rank, ""),
        )
        for rank in node.ranks
    ]
    return models.JobNode(
        index=node.index,
        state=node.state,
        host=node.host,
        reason=node.reason,
        message=node.message,
        ranks=ranks,
    )
