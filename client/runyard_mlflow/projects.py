"""`mlflow run URI --backend runyard`: a project's entry point as a job of the server. Needs the `runyard` package.

Of the backend's configuration count COMPUTE, INSTANCE_COUNT, EXPERIMENT_NAME and STREAM_OUTPUT, as the hosted service
names them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mlflow
import yaml
from mlflow.exceptions import MlflowException
from mlflow.projects import load_project
from mlflow.projects.backend.abstract_backend import AbstractBackend
from mlflow.projects.submitted_run import SubmittedRun
from mlflow.projects.utils import fetch_and_validate_project

if TYPE_CHECKING:
    from runyard.jobs.client import Client
    from runyard.jobs.entities import CommandJob, Environment

PARAMETERS_LENGTH = 6000


class JobRun(SubmittedRun):
    """A job under way."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name

    @property
    def run_id(self) -> str:
        """The job's run."""
        return self._name

    def wait(self) -> bool:
        """Wait until it has ended; whether it completed."""
        return self._client.wait(self._name).state == "Completed"

    def get_status(self) -> Any:
        """The status of its run."""
        return mlflow.tracking.MlflowClient().get_run(self._name).info.status

    def cancel(self) -> None:
        """End it, and wait for that."""
        self._client.cancel(self._name)
        self._client.wait(self._name)


class RunyardBackend(AbstractBackend):
    """Submits projects as jobs."""

    def run(
        self,
        project_uri: str,
        entry_point: str,
        params: dict[str, Any],
        version: str | None,
        backend_config: dict[str, Any],
        tracking_uri: str,
        experiment_id: str,
    ) -> JobRun:
        """Queue the job; raises MlflowException for what can't be one."""
        client = _client(tracking_uri)
        folder = Path(fetch_and_validate_project(project_uri, version, entry_point, params))
        job = _job(folder, entry_point, params, backend_config)
        name = backend_config.get("EXPERIMENT_NAME")
        job.experiment_name = name or mlflow.get_experiment(experiment_id).name
        info = client.submit(job)
        mlflow.tracking.MlflowClient().set_tag(info.name, "mlflow.project.entryPoint", entry_point)
        _log_parameters(info.name, params)
        if backend_config.get("STREAM_OUTPUT"):
            client.stream(info.name, lambda _, data: sys.stdout.buffer.write(data))
        return JobRun(client, info.name)


def _client(tracking_uri: str) -> Client:
    try:
        from runyard.errors import RunyardError
        from runyard.jobs.client import Client
    except ImportError:
        raise MlflowException(
            "The backend 'runyard' needs the package runyard: pip install runyard"
        ) from None
    try:
        return Client(tracking_uri)
    except RunyardError as error:
        raise MlflowException(error.message) from None


def _job(folder: Path, entry_point: str, params: dict[str, Any], config: dict[str, Any]) -> CommandJob:
    from runyard.jobs.entities import Command, CommandJob, Resources

    project = load_project(str(folder))
    if project.docker_env:
        raise MlflowException(
            "The backend 'runyard' runs projects in virtual environments, and this one names an image."
        )
    command = project.get_entry_point(entry_point).compute_command(params, storage_dir=None)
    task = Command(
        command=command,
        code=str(folder),
        environment=_environment(project.env_config_path, config),
        resources=Resources(instance_count=int(config.get("INSTANCE_COUNT") or 1)),
    )
    return CommandJob(task=task, display_name=project.name or None, compute=config.get("COMPUTE"))


def _environment(path: str | None, config: dict[str, Any]) -> Environment | None:
    """What the project's file of packages says; None with `--env-manager local`, or without such a file."""
    from runyard.jobs.entities import Environment

    if path is None or config.get("ENV_MANAGER") == "local":
        return None
    content = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or {}
    if Path(path).name == "python_env.yaml" or "python" in content:
        lines = [*(content.get("build_dependencies") or []), *(content.get("dependencies") or [])]
        folder = Path(path).parent
        return Environment(requirements=_lines(lines, folder), python=_minor(content.get("python")))
    return Environment(conda=content)


def _lines(lines: list[str], folder: Path) -> list[str]:
    """Requirement lines, with those of files that they name."""
    found: list[str] = []
    for line in lines:
        if line.startswith(("-r ", "--requirement ")):
            found += (folder / line.split(maxsplit=1)[1]).read_text(encoding="utf-8").splitlines()
        else:
            found.append(line)
    return found


def _minor(version: object) -> str | None:
    return None if version is None else ".".join(str(version).split(".")[:2])


def _log_parameters(name: str, params: dict[str, Any]) -> None:
    for key, value in params.items():
        mlflow.tracking.MlflowClient().log_param(name, key, str(value)[:PARAMETERS_LENGTH])
