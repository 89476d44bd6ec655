"""Writes a job file for a job that has none, such as a trial of a sweep."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import yaml

from runyard.jobs import entities

# What a trial's sweep chose for it, among its properties.
CHOSEN = "runyard.search_space."
_EXPRESSION = re.compile(r"\$\{\{\s*search_space\.(\w+)\s*\}\}", re.ASCII)
# Fields that are written as they are kept.
_PLAIN = ("display_name", "experiment_name", "description", "compute")
# Of tags that say what a job was to the one that began it.
_OWN_TAG = "runyard."


def job_yaml(job: entities.Job, has_code: bool) -> str:
    """A job file that says what a command is; empty where that can't be said in one.

    With `has_code`, local code stands for that of the job itself.
    """
    if not isinstance(job, entities.CommandJob) or _is_built(job.task.environment):
        return ""
    file: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(job, name))}
    task = job.task
    file["command"] = _with_values(task.command, job.properties)
    if has_code or task.code is not None:
        file["code"] = task.code or "."
    if task.environment is not None:
        file["environment"] = _environment(task.environment)
    variables = {
        name: _with_values(value, job.properties) for name, value in task.environment_variables.items()
    }
    for name, value in (
        ("tags", {key: value for key, value in job.tags.items() if not key.startswith(_OWN_TAG)}),
        ("environment_variables", variables),
        ("distribution", task.distribution and _given(task.distribution)),
        ("resources", _resources(task.resources)),
        ("inputs", {name: _input(each) for name, each in job.inputs.items()}),
        ("outputs", {name: _given(each) or None for name, each in job.outputs.items()}),
        ("limits", {} if job.timeout is None else {"timeout": _whole(job.timeout)}),
        ("retries", _given(job.retries)),
    ):
        if value:
            file[name] = value
    return yaml.safe_dump(file, sort_keys=False, allow_unicode=True, width=10_000)


def _is_built(environment: entities.Environment | None) -> bool:
    """Whether it is made of files, which a page does not have."""
    return environment is not None and environment.dockerfile is not None


def _with_values(text: str, properties: dict[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: properties.get(CHOSEN + match[1], match[0]), text)


def _environment(environment: entities.Environment) -> Any:
    if environment.reference is not None:
        return environment.reference
    given = _given(environment)
    if "conda" in given:
        given["conda_file"] = given.pop("conda")
    return given


def _resources(resources: entities.Resources) -> dict[str, Any]:
    given = _given(resources)
    if "memory_bytes" in given:
        given["memory"] = f"{given.pop('memory_bytes')}b"
    return given


def _input(given: entities.Input) -> Any:
    return given.value if given.type == "literal" else _given(given)


def _given(part: entities.Part) -> dict[str, Any]:
    """What differs from the default."""
    found: dict[str, Any] = msgspec.to_builtins(part)
    return found


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number
