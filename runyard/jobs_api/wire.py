"""What requests of jobs look like; their answers are in `runyard/jobs/answers.py`."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.job_entities import JobReport
from runyard.jobs.entities import CommandJob, PipelineJob, SweepJob


class CreateJob(Entity):
    """`snapshot` is the digest of the code, which is there already; `source` the job file as it was written."""

    job: CommandJob | SweepJob | PipelineJob
    snapshot: str | None = None
    source: str = ""
    user: str = ""


class NamedJob(Entity):
    """A request about one job."""

    name: str


class CancelJob(Entity):
    """A request for a job's end; the message is what its page says of the cause."""

    name: str
    message: str = "Canceled on request."


class Waiting(Entity):
    """Why a queued job is not begun."""

    name: str
    message: str


class Work(Entity):
    """What a runner says, and what it waits for: an answer comes when the bell was rung more often than `bell`.

    `wait_seconds` bounds that. `most` is how many queued jobs it wants to see.
    """

    runner: str
    computes: list[str] = []
    reports: list[JobReport] = []
    waiting: list[Waiting] = []
    bell: int = -1
    wait_seconds: float = 0.0
    most: int = 0


class Claim(Entity):
    """A runner wants a job."""

    runner: str
    name: str
