"""Jobs: commands that Runyard runs by itself, with their code, environment, inputs and nodes.

import runyard.jobs

job = runyard.jobs.submit("job.yml")
runyard.jobs.wait(job.name)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runyard.job_entities import JobInfo
    from runyard.jobs.client import Client

# What is imported by the functions: supervisors start often, and need none of it.


def submit(
    file: str | Path, overrides: Sequence[str] = (), server: str | None = None, strict: bool = False
) -> JobInfo:
    """Queue the job of a file, with values set as `inputs.lr=0.1`; raises JobFileError, Away and Refused.

    `server`: else MLFLOW_TRACKING_URI, else http://127.0.0.1:5000.
    """
    from runyard.jobs.spec import load_job

    path = Path(file)
    loaded = load_job(path, overrides, strict)
    return client(server).submit(loaded.job, path.read_text(encoding="utf-8"))


def wait(name: str, seconds: float | None = None, server: str | None = None) -> JobInfo:
    """Wait until a job has ended; raises TimeoutError."""
    return client(server).wait(name, seconds)


def cancel(name: str, server: str | None = None) -> JobInfo:
    """Ask for a job's end."""
    return client(server).cancel(name)


def client(server: str | None = None) -> Client:
    """All calls."""
    from runyard.jobs.client import Client

    return Client(server)
