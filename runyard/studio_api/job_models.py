"""What the studio is told of jobs, and what it says to make one."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import JobProblem, Model

MOST_CHARACTERS = 1_000_000


class JobRank(Model):
    rank: int
    local_rank: int
    pid: int | None
    exit_code: int | None = Field(description="negative for the signal that ended it; null while it runs")
    started: int | None
    ended: int | None
    log: str = Field(description="path of its output among the job's artifacts; empty where unknown")


class JobNode(Model):
    index: int
    state: str
    host: str
    reason: str
    message: str
    ranks: list[JobRank]


class JobStep(Model):
    """A state that a job came into."""

    time: int
    state: str
    message: str


class JobRow(Model):
    """A job as the queue shows it."""

    name: str = Field(description="also the id of its run")
    type: str = Field(description="command, sweep or pipeline")
    state: str
    display_name: str
    experiment_id: str
    experiment_name: str
    reason: str = Field(description="a word for the cause: exit_code, signal, timeout, canceled, …")
    message: str = Field(description="why it waits, or why it ended")
    created: int
    started: int | None = Field(description="when its first process began")
    ended: int | None
    cancel_requested: int | None
    compute: str
    runner: str | None
    retry: int = Field(description="how often it was tried before")
    parent: str | None


class QueuedJob(JobRow):
    position: int | None = Field(description="among those that wait for its compute, from 1; null once begun")


class JobQueue(Model):
    jobs: list[QueuedJob] = Field(description="those that have not ended, the oldest first")
    counts: dict[str, int] = Field(description="how many are in each state, also those that are not listed")
    more: bool = Field(description="whether there are more than are listed")


class JobDetail(JobRow):
    nodes: list[JobNode]
    events: list[JobStep] = Field(description="the states that it passed, in order")
    source: str = Field(description="the job file as it was written, or made; empty where that can't be done")
    is_written: bool = Field(description="whether somebody wrote the job file; else it is made of the job")
    snapshot: str | None = Field(description="digest of its code")


class JobText(Model):
    """A job file; its local code can only be that of another job."""

    text: str = Field(max_length=MOST_CHARACTERS)
    from_job: str | None = Field(default=None, description="the job whose code a local `code` stands for")


class NewJobText(JobText):
    experiment: str | None = Field(default=None, description="where the file names none; else Default")


class CheckedJob(Model):
    """All that is wrong with a job file; it can be submitted when nothing is."""

    problems: list[JobProblem]
    warnings: list[JobProblem] = Field(description="what does not mean here what it means elsewhere")


class CodeFile(Model):
    path: str
    size: int = Field(description="bytes")
    executable: bool


class JobCode(Model):
    """The code of a job as it was when it was submitted."""

    digest: str | None = Field(description="null for a job without code")
    files: list[CodeFile] = Field(description="by path")


class CodeText(Model):
    """A file of a job's code."""

    path: str
    size: int = Field(description="bytes of the whole file")
    text: str | None = Field(description="its beginning, of 1 MiB at most; null for bytes that are no text")
    more: bool = Field(description="whether the file is longer than the text")
