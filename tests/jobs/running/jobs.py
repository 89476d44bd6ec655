"""What tests of running jobs share: jobs as structs, and a client that waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runyard.job_entities import JobInfo
from runyard.jobs.client import Client
from runyard.jobs.entities import Command, CommandJob, Distribution, Resources
from tests.faults.server import Server

# Seconds that anything may take on a machine that does other things, too.
LONG = 60.0


def command(text: str, nodes: int = 1, processes: int = 0, **more: Any) -> CommandJob:
    """A job of one command; with `processes`, PyTorch's variables for so many on each node."""
    task = Command(
        command=text,
        code=more.pop("code", None),
        environment_variables=more.pop("variables", {}),
        distribution=Distribution(type=more.pop("kind", "pytorch"), process_count_per_instance=processes)
        if processes
        else None,
        resources=more.pop("resources", None) or Resources(instance_count=nodes),
    )
    return CommandJob(task=task, experiment_name="jobs", **more)


def submit(server: Server, job: CommandJob) -> str:
    """Queue a job; its name."""
    return Client(server.address).submit(job).name


def run(server: Server, job: CommandJob) -> JobInfo:
    """Queue a job and wait until it has ended."""
    return Client(server.address).wait(submit(server, job), LONG)


def get(server: Server, name: str) -> JobInfo:
    """A job as it is now."""
    return Client(server.address).get(name)


def until(true: Callable[[], Any], seconds: float = LONG) -> None:
    """Wait for something; fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def is_in(server: Server, name: str, state: str) -> bool:
    """Whether a job is in a state; fails when it has ended in another one."""
    job = get(server, name)
    assert job.state == state or not job.is_final, f"{job.state}: {job.message}"
    return job.state == state


def artifact(server: Server, job: JobInfo, path: str) -> bytes:
    """The content of a job's file, as the workspace keeps it."""
    found = server.folder / "artifacts" / job.experiment_id / job.name / "artifacts" / path
    return found.read_bytes()


def artifacts(server: Server, job: JobInfo) -> list[str]:
    """The paths of a job's files."""
    folder = server.folder / "artifacts" / job.experiment_id / job.name / "artifacts"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def node_folder(server: Server, name: str, node: int = 0, retry: int = 0) -> Path:
    """Where a node's supervisor works."""
    return server.folder / "runner" / "jobs" / name / f"try-{retry}" / f"node-{node}"
