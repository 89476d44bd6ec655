"""Files as people have them for the hosted service are read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs import entities
from runyard.jobs.spec import load_job
from runyard.jobs.spec.mapping import map_environment

FILES = Path(__file__).with_name("files")


@pytest.mark.parametrize(
    "path", sorted(FILES.glob("*/job.yml")) + sorted(FILES.glob("*/pipeline.yml")), ids=str
)
def test_a_file_of_the_hosted_service(path: Path) -> None:
    job = load_job(path).job
    assert entities.decode(entities.encode(job)) == job
    tasks: list[entities.Command] = []
    if isinstance(job, entities.CommandJob):
        tasks = [job.task]
    elif isinstance(job, entities.SweepJob):
        tasks = [job.trial]
    else:
        assert len(job.jobs) >= 10
        tasks = [step.task for step in job.jobs.values() if isinstance(step, entities.CommandJob)]
    for task in tasks:
        plan = map_environment(task.environment)
        assert plan.uses_current or plan.requirements
