"""What a runner tells a supervisor, and what that says of itself: two files of the node's folder."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from runyard.job_entities import NodeState
from runyard.jobs.entities import CommandJob

ORDER, STATUS, STOP, SERVER = "order.json", "status.json", "stop.json", "server"
# Held by the supervisor while it lives.
LOCK = "lock"


class Order(msgspec.Struct, kw_only=True):
    """Of one node of one try of a job."""

    name: str
    retry: int
    node: int
    nodes: int
    address: str
    token: str = ""
    artifact_uri: str
    experiment_id: str
    experiment_name: str
    job: CommandJob
    snapshot: str | None
    # Where environments are kept, and uv; None finds one.
    environments: str
    uv: str | None = None
    master_address: str = "127.0.0.1"
    master_port: int = 0
    # Of this node; None where the runner gives out no GPUs.
    gpus: list[int] | None = None
    grace_seconds: float = 10.0
    # Whether what a file means for the cloud alone is an error.
    strict: bool = False
    # What is substituted for `${{search_space.…}}`.
    search_space: dict[str, str] = {}
    # Lines of the queue's log.
    history: list[str] = []

    @property
    def mark(self) -> str:
        """What the environment of each of its processes names, and no other's."""
        return f"{self.name}/{self.retry}/{self.node}"

    @property
    def prefix(self) -> str:
        """Where in the job's artifacts the logs of this node and try go: empty, or ending with a slash."""
        retry = f"retry_{self.retry:03}/" if self.retry else ""
        return retry + (f"node_{self.node}/" if self.nodes > 1 else "")


class Stop(msgspec.Struct):
    """Why a node is to end: `reason` is canceled or peer."""

    reason: str
    message: str


class Status(msgspec.Struct):
    """How a node is; `started` tells the supervisor from another process that got its number."""

    pid: int
    started: str
    node: NodeState
    # Whether the processes run, or have run: then nothing may be started anew.
    has_begun: bool = False


def read_order(folder: Path) -> Order:
    """Raises OSError and msgspec.ValidationError."""
    return msgspec.json.decode((folder / ORDER).read_bytes(), type=Order)


def read_status(folder: Path) -> Status | None:
    """None before the supervisor has said anything."""
    try:
        return msgspec.json.decode((folder / STATUS).read_bytes(), type=Status)
    except FileNotFoundError:
        return None


def read_stop(folder: Path) -> Stop | None:
    """None while nobody wants its end."""
    try:
        return msgspec.json.decode((folder / STOP).read_bytes(), type=Stop)
    except FileNotFoundError:
        return None


def write(path: Path, value: object) -> None:
    """Replace a file, so that a reader sees the old or the new one."""
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(value if isinstance(value, bytes) else msgspec.json.encode(value))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
