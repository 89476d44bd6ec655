"""What requests of jobs and their answers look like."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.job_entities import JobInfo, JobReport
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


class JobAnswer(Entity):
    """One job."""

    job: JobInfo


class Jobs(Entity):
    """A page of jobs, the newest first."""

    jobs: list[JobInfo]
    next_page_token: str = ""


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


class WorkAnswer(Entity):
    """What there is to do. `gone` are jobs that the runner does not hold any more: it ends what it has of them."""

    bell: int
    queued: list[JobInfo] = []
    cancel: list[str] = []
    gone: list[str] = []


class Claim(Entity):
    """A runner wants a job."""

    runner: str
    name: str


class Claimed(Entity):
    """Whether it is the runner's, and then the job."""

    claimed: bool
    job: JobInfo | None = None
