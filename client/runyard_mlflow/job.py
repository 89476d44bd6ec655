"""Inside a job: what a script logs without a run of its own belongs to the job's run."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mlflow.entities import RunTag

from runyard_mlflow.settings import given_job

PARENT_TAG = "mlflow.parentRunId"


def run_without_start() -> str:
    """The job's run, when mlflow begins one only because something is to be logged; else empty.

    mlflow forgets MLFLOW_RUN_ID once it has resumed that run: what is logged after autologging has ended it, or by a
    process that the script starts, would go to a new run each.
    """
    job = given_job()
    return job if job and _is_implicit() else ""


def with_parent(tags: Sequence[RunTag]) -> list[RunTag]:
    """The tags of a run that the script begins, which is the job's child unless it is another's."""
    job = given_job()
    if not job or any(tag.key == PARENT_TAG for tag in tags):
        return list(tags)
    return [*tags, RunTag(PARENT_TAG, job)]


def _is_implicit() -> bool:
    """Whether mlflow.log_metric or one like it asks: the run is no `start_run`'s of the script."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        if (
            frame.f_code.co_name == "_get_or_start_run"
            and frame.f_globals.get("__name__") == "mlflow.tracking.fluent"
        ):
            return True
    return False
