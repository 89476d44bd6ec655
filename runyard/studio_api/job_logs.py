"""Where the output of a job's processes lies."""

from __future__ import annotations

from runyard.job_entities import JobInfo, NodeState
from runyard.jobs import entities
from runyard.jobs.supervisor.order import Order
from runyard.jobs.supervisor.ranks import ranks_of


def log_paths(job: JobInfo, spec: entities.Job, node: NodeState) -> dict[int, str]:
    """The path of each rank's output among the job's artifacts, as the node's supervisor names it."""
    if not isinstance(spec, entities.CommandJob):
        return {}
    order = Order(
        name=job.name,
        retry=job.retry,
        node=node.index,
        nodes=spec.task.resources.instance_count,
        address="",
        artifact_uri=job.artifact_uri,
        experiment_id=job.experiment_id,
        experiment_name=job.experiment_name,
        job=spec,
        snapshot=job.snapshot,
        environments="",
    )
    return {rank.rank: f"{order.prefix}user_logs/{rank.log}" for rank in ranks_of(order)}
