"""What the server answers about jobs and artifacts: written by its endpoints, read by whoever asks over HTTP."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.job_entities import JobInfo


class JobAnswer(Entity):
    """One job."""

    job: JobInfo


class Jobs(Entity):
    """A page of jobs, the newest first."""

    jobs: list[JobInfo]
    next_page_token: str = ""


class WorkAnswer(Entity):
    """What there is to do. `gone` are jobs that the runner does not hold any more: it ends what it has of them."""

    bell: int
    queued: list[JobInfo] = []
    cancel: list[str] = []
    gone: list[str] = []


class Claimed(Entity):
    """Whether it is the runner's, and then the job."""

    claimed: bool
    job: JobInfo | None = None


class Digests(Entity):
    """Names of blobs."""

    digests: list[str]


class FoundFile(Entity):
    """A file or a folder among a run's artifacts."""

    path: str
    is_dir: bool = False


class Listing(Entity):
    """A page of artifacts, in the shape of MLflow's answer."""

    files: list[FoundFile] = []
    next_page_token: str = ""
