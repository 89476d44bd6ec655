"""What is known of a job: what its pages, its command line and its runner are told.

Times are milliseconds since 1970 UTC. Absent values and empty lists are left out of answers.
"""

from __future__ import annotations

import msgspec

from runyard.entities import Entity

NOT_STARTED = "NotStarted"
QUEUED = "Queued"
STARTING = "Starting"
PREPARING = "Preparing"
RUNNING = "Running"
FINALIZING = "Finalizing"
COMPLETED = "Completed"
FAILED = "Failed"
CANCEL_REQUESTED = "CancelRequested"
CANCELED = "Canceled"
NOT_RESPONDING = "NotResponding"

# In the order in which a job passes them.
PROGRESS = (NOT_STARTED, QUEUED, STARTING, PREPARING, RUNNING, FINALIZING)
FINAL = (COMPLETED, FAILED, CANCELED)
STATES = (*PROGRESS, NOT_RESPONDING, CANCEL_REQUESTED, *FINAL)
# Those in which a runner works for it.
HELD = (STARTING, PREPARING, RUNNING, FINALIZING, NOT_RESPONDING, CANCEL_REQUESTED)

# The status that MLflow's clients see of a job's run.
RUN_STATUS = {
    NOT_STARTED: "SCHEDULED",
    QUEUED: "SCHEDULED",
    STARTING: "SCHEDULED",
    PREPARING: "SCHEDULED",
    RUNNING: "RUNNING",
    FINALIZING: "RUNNING",
    NOT_RESPONDING: "RUNNING",
    CANCEL_REQUESTED: "RUNNING",
    COMPLETED: "FINISHED",
    FAILED: "FAILED",
    CANCELED: "KILLED",
}


# It is left out: a job file is asked for of one job alone.
NO_FILE = msgspec.Raw()


class RankState(Entity):
    """One process of a node: `exit_code` is negative for the signal that ended it, and None while it runs."""

    rank: int
    local_rank: int
    pid: int | None = None
    exit_code: int | None = None
    started: int | None = None
    ended: int | None = None


class NodeState(Entity):
    """One node of a job, as its supervisor says it."""

    index: int
    state: str
    host: str = ""
    # Of the supervisor.
    pid: int | None = None
    ranks: list[RankState] = []
    reason: str = ""
    message: str = ""


class JobEvent(Entity):
    """A state that a job came into, and why."""

    time: int
    state: str
    message: str = ""


class JobInfo(Entity):
    """A job, which is named as its run.

    `reason` is a word that programs can tell causes by: exit_code, signal, out_of_memory, timeout, canceled, lost,
    supervisor, environment, snapshot, data, mapping; of a sweep trials, sweep, and of a pipeline steps, pipeline,
    controller of both. `message` is a sentence: why it waits, or why it ended.
    """

    name: str
    type: str
    state: str
    experiment_id: str
    experiment_name: str
    display_name: str
    created: int
    compute: str = ""
    reason: str = ""
    message: str = ""
    started: int | None = None
    ended: int | None = None
    cancel_requested: int | None = None
    parent: str | None = None
    runner: str | None = None
    # How often it was tried before.
    retry: int = 0
    snapshot: str | None = None
    nodes: list[NodeState] = []
    # Where its files go.
    artifact_uri: str = ""
    # Of one job only: the job file as it was checked, and as it was written.
    job: msgspec.Raw = NO_FILE
    source: str = ""
    events: list[JobEvent] = []

    @property
    def is_final(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in FINAL


class JobReport(Entity):
    """What a runner says of a job that it holds; a state that is left out stays as it is."""

    name: str
    state: str | None = None
    reason: str = ""
    message: str = ""
    retry: int = 0
    # When its first process began; a short job has ended before anybody saw it run.
    started: int | None = None
    nodes: list[NodeState] | None = None
