"""What stands for experiments and runs that the server has not made yet, because it can't be reached."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

from mlflow.entities import Experiment, LifecycleStage, Param, Run, RunData, RunInfo, RunStatus, RunTag

_PREFIX = "offline-"
# Such an id in a text.
PATTERN = re.compile(f"{_PREFIX}[0-9a-f]+")


def experiment_id(name: str) -> str:
    """An id for an experiment of which only the name is known; the name can be read from it."""
    return _PREFIX + name.encode().hex()


def name_of(experiment: str) -> str | None:
    """The name in such an id; None for a server's id."""
    if not experiment.startswith(_PREFIX):
        return None
    try:
        return bytes.fromhex(experiment[len(_PREFIX) :]).decode()
    except ValueError:
        return None


def experiment_field(experiment: str) -> dict[str, Any]:
    """How a request names an experiment."""
    name = name_of(experiment)
    return {"experiment_id": experiment} if name is None else {"experiment_name": name}


def new_experiment(name: str) -> Experiment:
    """An experiment that is made on the server with its first run."""
    return Experiment(experiment_id(name), name, "", LifecycleStage.ACTIVE)


def unknown_experiment(experiment: str) -> Experiment:
    """An experiment of which only the server's id is known."""
    return Experiment(experiment, experiment, "", LifecycleStage.ACTIVE)


def new_run(
    run_id: str,
    experiment: str,
    user_id: str,
    start_time: int,
    tags: Sequence[RunTag],
    run_name: str | None,
    artifact_uri: str = "",
) -> Run:
    """A run as its creator knows it."""
    info = RunInfo(
        run_id=run_id,
        experiment_id=experiment,
        user_id=user_id,
        status=RunStatus.to_string(RunStatus.RUNNING),
        start_time=start_time,
        end_time=None,
        lifecycle_stage=LifecycleStage.ACTIVE,
        artifact_uri=artifact_uri,
        run_name=run_name or run_id[:8],
        **_older(run_id),
    )
    return Run(info, RunData([], [], list(tags)))


def unknown_run(run_id: str, artifact_uri: str = "") -> Run:
    """A run of which only the id is known, as that of a job."""
    return new_run(run_id, "0", "", 0, [], None, artifact_uri)


def without_metrics(run: Run) -> Run:
    """What is known of a run that can't be read now: its latest metrics are others by now."""
    params = [Param(key, value) for key, value in run.data.params.items()]
    return Run(run.info, RunData([], params, [RunTag(key, value) for key, value in run.data.tags.items()]))


def _older(run_id: str) -> dict[str, Any]:
    """What MLflow 2 asks for besides."""
    return {"run_uuid": run_id} if "run_uuid" in inspect.signature(RunInfo.__init__).parameters else {}
