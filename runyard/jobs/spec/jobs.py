"""The three kinds of jobs, and the steps that pipelines are made of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from runyard.jobs.entities import JOB_NAME, CommandJob, Job, PipelineJob, PipelineSettings, Retries
from runyard.jobs.spec.command import read_command
from runyard.jobs.spec.components import OVERRIDDEN, bind, check_given, override, read_component_only
from runyard.jobs.spec.described import read_described
from runyard.jobs.spec.expressions import whole_name
from runyard.jobs.spec.fields import REFERENCE, Fields, read_file
from runyard.jobs.spec.items import Item
from runyard.jobs.spec.sweeps import DIMENSIONS, read_sweep

# The controller finds the kinds of dimensions here.
__all__ = ["DIMENSIONS", "read_job"]

KINDS = ("command", "sweep", "pipeline")
MOST_STEPS, MOST_DEPTH = 1000, 10
# What is around a job: None for each pipeline, and the files of components and steps.
Within = tuple[Path | None, ...]


def read_job(
    fields: Fields, in_pipeline: bool = False, within: Within = (), is_component: bool = False
) -> Job | None:
    """A job of any kind; command is the one that needs no word."""
    kind = "command" if fields.text("type") is None else fields.choice("type", KINDS)
    if kind is None:
        return None
    if in_pipeline and not is_component and fields.has("component"):
        return _of_component(fields, within)
    found: Job | None
    if kind == "command":
        found = _command_job(fields, in_pipeline)
    elif kind == "sweep":
        found = read_sweep(fields, in_pipeline)
    else:
        found = _pipeline_job(fields, in_pipeline, within)
    if found is not None and not is_component:
        check_given(fields, found.inputs)
    return found


def _command_job(fields: Fields, in_pipeline: bool) -> CommandJob:
    described = read_described(fields, in_pipeline)
    read_component_only(fields)
    found = CommandJob(task=read_command(fields), retries=_retries(fields), **described)
    fields.end()
    return found


def _retries(fields: Fields) -> Retries:
    inside = fields.fields("retries")
    if inside is None:
        return Retries()
    count = inside.integer("count", least=0) or 0
    inside.end()
    return Retries(count=count)


def _pipeline_job(fields: Fields, in_pipeline: bool, within: Within) -> PipelineJob | None:
    described = read_described(fields, in_pipeline)
    settings = _settings(fields)
    fields.require("jobs")
    steps = _steps(fields, within)
    fields.end()
    found = PipelineJob(jobs=steps, settings=settings, **described)
    _set_computes(fields, found)
    return found


def _settings(fields: Fields) -> PipelineSettings:
    inside = fields.fields("settings")
    if inside is None:
        return PipelineSettings()
    # The service takes others here, too.
    for _ in inside.entries():
        pass
    compute = inside.text("default_compute")
    return PipelineSettings(
        default_compute=None if compute is None else compute.removeprefix("azureml:"),
        default_datastore=inside.text("default_datastore"),
        continue_on_step_failure=inside.boolean("continue_on_step_failure", True),
        force_rerun=inside.boolean("force_rerun", False),
    )


def _steps(fields: Fields, within: Within) -> dict[str, Any]:
    inside = fields.fields("jobs")
    if inside is None:
        return {}
    if within.count(None) > MOST_DEPTH:
        inside.problem("", f"Pipelines are nested more than {MOST_DEPTH} deep.")
        return {}

    def read(each: Fields, name: str, item: Item) -> Job | None:
        if not JOB_NAME.fullmatch(name):
            each.problem(
                name, "A step's name must begin with a letter or digit, and have letters, digits, _ and -."
            )
        around: Within = (*within, None)
        if isinstance(item.value, str) and item.value.startswith(REFERENCE):
            path = _outside(each, name, item.value, within)
            if path is None:
                return None
            around = (*around, path)
        resolved = each.resolve(name, item)
        if resolved is None:
            return None
        step = Fields(resolved, each.where(name), each.findings)
        return read_job(step, in_pipeline=True, within=around)

    found = inside.each(read)
    if not found and not inside.findings.problems:
        inside.problem("", "It needs one step at least.")
    if len(found) > MOST_STEPS:
        inside.problem("", f"It has more than {MOST_STEPS} steps.")
    return found


def _set_computes(fields: Fields, job: PipelineJob) -> None:
    """Put values in the place of computes that are written as `${{parent.inputs.x}}`."""
    steps = fields.fields("jobs")
    for name, step in job.jobs.items():
        expression = whole_name(step.compute or "")
        if expression is None or steps is None:
            continue
        given = job.inputs.get(expression.removeprefix("parent.inputs."))
        if given is None or given.type != "literal" or given.value is None:
            steps.problem(
                name, f"Its compute '{step.compute}' must name an input of the pipeline that has a value."
            )
            continue
        step.compute = str(given.value)


def _of_component(fields: Fields, within: Within) -> Job | None:
    """A step that says which component it is: what it says itself takes the place of the component's."""
    item = fields.get("component")
    assert item is not None
    component: Item | None = item
    if isinstance(item.value, str):
        path = _component_path(fields, item.value, within)
        if path is None:
            return None
        within = (*within, path)
        component = read_file(path, fields.findings, lambda told: fields.problem("component", told))
    if component is None:
        return None
    # Checks find it there, with its own lines.
    fields.item.value["component"] = component
    inside = Fields(component, fields.where("component"), fields.findings)
    job = read_job(inside, in_pipeline=True, within=within, is_component=True)
    own = read_described(fields, in_pipeline=True)
    if job is None:
        return None
    if isinstance(job, CommandJob):
        override(fields, job.task)
        fields.passed(*OVERRIDDEN, "environment_variables")
        if fields.has("retries"):
            job.retries = _retries(fields)
    _check_kind(fields, job)
    fields.end()
    bind(fields, inside, job, own)
    return job


def _check_kind(fields: Fields, job: Job) -> None:
    kind = fields.text("type")
    there = str(job.__struct_config__.tag)
    if kind is not None and kind.lower() != there:
        fields.problem("type", f"The component is a {there}, and not a {kind}.")


def _component_path(fields: Fields, text: str, within: Within) -> Path | None:
    if text.startswith("azureml:"):
        fields.problem("component", f"'{text}' is registered in the cloud: name the component's file.")
        return None
    return _outside(fields, "component", text, within)


def _outside(fields: Fields, name: str, text: str, within: Within) -> Path | None:
    """The path of a file that is none of those that it would be a part of."""
    path = fields.path_of(name, text.removeprefix(REFERENCE))
    path = None if path is None else Path(os.path.realpath(path))
    if path is not None and path in within:
        fields.problem(name, f"The pipeline of '{path.name}' contains itself.")
        return None
    return path
