"""The three kinds of jobs, and the components that pipelines are made of."""

from __future__ import annotations

import math
from typing import Any

from runyard.jobs.entities import (
    Command,
    CommandJob,
    Distributed,
    EarlyTermination,
    Input,
    Job,
    Objective,
    Output,
    PipelineJob,
    PipelineSettings,
    Retries,
    Sampling,
    SweepJob,
)
from runyard.jobs.spec.command import read_command
from runyard.jobs.spec.described import NAME, READ_ONLY, read_described
from runyard.jobs.spec.fields import REFERENCE, Fields, kind_of, read_file
from runyard.jobs.spec.items import Item

KINDS = ("command", "sweep", "pipeline")
SAMPLINGS = ("random", "grid", "bayesian")
LIMITS = ("max_total_trials", "max_concurrent_trials", "trial_timeout")
TERMINATIONS = ("bandit", "median_stopping", "truncation_selection")
# Fields of each kind of dimension.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "choice": ("values",),
    "uniform": ("min_value", "max_value"),
    "loguniform": ("min_value", "max_value"),
    "quniform": ("min_value", "max_value", "q"),
    "qloguniform": ("min_value", "max_value", "q"),
    "normal": ("mu", "sigma"),
    "lognormal": ("mu", "sigma"),
    "qnormal": ("mu", "sigma", "q"),
    "qlognormal": ("mu", "sigma", "q"),
    "randint": ("upper",),
}
MOST_STEPS = 1000


def read_job(fields: Fields, in_pipeline: bool = False, depth: int = 0) -> Job | None:
    """A job of any kind; command is the one that needs no word."""
    kind = fields.text("type")
    if kind is None:
        kind = "command"
    if kind not in KINDS:
        fields.problem("type", f"'{kind}' is not one of {', '.join(KINDS)}.")
        return None
    if in_pipeline and fields.has("component"):
        return _of_component(fields, depth)
    if kind == "command":
        return _command_job(fields, in_pipeline)
    if kind == "sweep":
        return _sweep_job(fields, in_pipeline)
    return _pipeline_job(fields, in_pipeline, depth)


def _command_job(fields: Fields, in_pipeline: bool) -> CommandJob:
    found = CommandJob(
        task=read_command(fields), retries=_retries(fields), **read_described(fields, in_pipeline)
    )
    fields.end()
    return found


def _retries(fields: Fields) -> Retries:
    inside = fields.fields("retries")
    if inside is None:
        return Retries()
    count = inside.integer("count", least=0) or 0
    inside.end()
    return Retries(count=count)


# Sweeps


def _sweep_job(fields: Fields, in_pipeline: bool) -> SweepJob | None:
    described = read_described(fields, in_pipeline, limits=LIMITS)
    trial = _trial(fields)
    sampling = _sampling(fields)
    space = _search_space(fields, sampling)
    objective = _objective(fields)
    limits = fields.fields("limits")
    total = concurrent = trial_timeout = None
    if limits is not None:
        total = limits.integer("max_total_trials", least=1)
        concurrent = limits.integer("max_concurrent_trials", least=1)
        trial_timeout = limits.integer("trial_timeout", least=1)
    termination = _early_termination(fields)
    fields.end()
    if trial is None or objective is None:
        return None
    return SweepJob(
        trial=trial,
        sampling_algorithm=sampling,
        search_space=space,
        objective=objective,
        early_termination=termination,
        max_total_trials=total or 1000,
        max_concurrent_trials=concurrent,
        trial_timeout=None if trial_timeout is None else float(trial_timeout),
        **described,
    )


def _trial(fields: Fields) -> Command | None:
    item = fields.require("trial")
    if item is None:
        return None
    if isinstance(item.value, str) and not item.value.startswith(REFERENCE):
        # A component of its own file.
        path = fields.path_of("trial", item.value)
        item = (
            None
            if path is None
            else read_file(path, fields.findings, lambda text: fields.problem("trial", text))
        )
        inside = None if item is None else Fields(item, fields.where("trial"), fields.findings)
    else:
        inside = fields.fields("trial")
    if inside is None:
        return None
    inside.passed(*READ_ONLY, "name", "display_name", "description", "inputs", "outputs", "tags")
    found = read_command(inside)
    inside.end()
    return found


def _sampling(fields: Fields) -> Sampling:
    item = fields.get("sampling_algorithm")
    if item is None:
        return Sampling(type="random")
    if not isinstance(item.value, dict) and not str(item.value).startswith(REFERENCE):
        kind = fields.choice("sampling_algorithm", SAMPLINGS)
        return Sampling(type=kind or "random")  # type: ignore[arg-type]  # `choice` has checked it
    inside = fields.fields("sampling_algorithm")
    if inside is None:
        return Sampling(type="random")
    found = Sampling(
        type=inside.choice("type", SAMPLINGS, required=True) or "random",  # type: ignore[arg-type]  # checked
        seed=inside.integer("seed", least=0),
        rule=inside.choice("rule", ("random", "sobol")),  # type: ignore[arg-type]  # `choice` has checked it
        logbase=_logbase(inside),
    )
    inside.end()
    return found


def _logbase(fields: Fields) -> float | None:
    item = fields.get("logbase")
    if item is not None and item.value == "e":
        return math.e
    return fields.number("logbase")


def _search_space(fields: Fields, sampling: Sampling) -> dict[str, Distributed]:
    fields.require("search_space")
    inside = fields.fields("search_space")
    if inside is None:
        return {}

    def read(each: Fields, name: str, item: Item) -> Distributed | None:
        resolved = each.resolve(name, item)
        return (
            None
            if resolved is None
            else _dimension(Fields(resolved, each.where(name), each.findings), sampling)
        )

    found = inside.each(read)
    if not found:
        inside.problem("", "It needs one dimension at least.")
    return found


def _dimension(fields: Fields, sampling: Sampling) -> Distributed | None:
    kind = fields.choice("type", tuple(DIMENSIONS), required=True)
    if kind is None:
        return None
    needed = DIMENSIONS[kind]
    values: dict[str, Any] = {}
    for name in needed:
        if fields.require(name) is None:
            continue
        if name == "values":
            values[name] = _values(fields)
        elif name == "upper":
            values[name] = fields.integer(name, least=1)
        else:
            values[name] = fields.number(name, least=0 if name in ("q", "sigma") else None)
    low, high = values.get("min_value"), values.get("max_value")
    if low is not None and high is not None and low >= high:
        fields.problem("max_value", f"It must be above min_value, {low:g}, and is {high:g}.")
    if kind in ("loguniform", "qloguniform") and high is not None and high > 700:
        fields.problem("max_value", "It is an exponent of e, and must be at most 700.")
    if sampling.type == "grid" and kind != "choice":
        fields.problem("type", f"A grid takes choice alone, and this is {kind}.")
    fields.end()
    return Distributed(type=kind, **values)  # type: ignore[arg-type]  # `choice` has checked it


def _values(fields: Fields) -> list[Any]:
    item = fields.get("values")
    assert item is not None
    if not isinstance(item.value, list) or not item.value:
        fields.problem("values", f"It must be a list of at least one value, and is {kind_of(item.value)}.")
        return []
    plain: list[Any] = item.plain()
    return plain


def _objective(fields: Fields) -> Objective | None:
    fields.require("objective")
    inside = fields.fields("objective")
    if inside is None:
        return None
    goal = inside.choice("goal", ("minimize", "maximize"), required=True)
    metric = inside.text("primary_metric", required=True)
    inside.passed("type")
    inside.end()
    if goal is None or metric is None:
        return None
    return Objective(primary_metric=metric, goal=goal)  # type: ignore[arg-type]  # `choice` has checked it


def _early_termination(fields: Fields) -> EarlyTermination | None:
    inside = fields.fields("early_termination")
    if inside is None:
        return None
    kind = inside.choice("type", TERMINATIONS, required=True)
    found = EarlyTermination(
        type=kind or "median_stopping",  # type: ignore[arg-type]  # `choice` has checked it
        evaluation_interval=inside.integer("evaluation_interval", least=1) or 1,
        delay_evaluation=inside.integer("delay_evaluation", least=0) or 0,
        slack_factor=inside.number("slack_factor", least=0),
        slack_amount=inside.number("slack_amount", least=0),
        truncation_percentage=inside.integer("truncation_percentage", least=1),
    )
    inside.passed("exclude_finished_jobs")
    inside.end()
    if kind == "bandit" and (found.slack_factor is None) == (found.slack_amount is None):
        inside.problem("", "Bandit needs slack_factor or slack_amount, and not both.")
    if kind == "truncation_selection" and not 1 <= (found.truncation_percentage or 0) <= 99:
        inside.problem("truncation_percentage", "It must be from 1 to 99.")
    return found


# Pipelines


def _pipeline_job(fields: Fields, in_pipeline: bool, depth: int) -> PipelineJob | None:
    described = read_described(fields, in_pipeline)
    settings = _settings(fields)
    fields.require("jobs")
    steps = _steps(fields, depth)
    fields.end()
    return PipelineJob(jobs=steps, settings=settings, **described)


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


def _steps(fields: Fields, depth: int) -> dict[str, Any]:
    inside = fields.fields("jobs")
    if inside is None:
        return {}
    if depth > 10:
        inside.problem("", "Pipelines are nested more than ten deep: one may contain itself.")
        return {}

    def read(each: Fields, name: str, item: Item) -> Job | None:
        if not NAME.fullmatch(name):
            each.problem(
                name, "A step's name must begin with a letter or digit, and have letters, digits, _ and -."
            )
        resolved = each.resolve(name, item)
        if resolved is None:
            return None
        return read_job(Fields(resolved, each.where(name), each.findings), in_pipeline=True, depth=depth + 1)

    found = inside.each(read)
    if not found and not inside.findings.problems:
        inside.problem("", "It needs one step at least.")
    if len(found) > MOST_STEPS:
        inside.problem("", f"It has more than {MOST_STEPS} steps.")
    return found


def _of_component(fields: Fields, depth: int) -> Job | None:
    """A step that says which component it is: what it says itself takes the place of the component's."""
    item = fields.get("component")
    assert item is not None
    text = item.value
    component: Item | None = item
    if isinstance(text, str):
        if text.startswith("azureml:"):
            fields.problem("component", f"'{text}' is registered in the cloud: name the component's file.")
            return None
        path = fields.path_of("component", text.removeprefix(REFERENCE))
        if path is None:
            return None
        component = read_file(path, fields.findings, lambda told: fields.problem("component", told))
    if component is None:
        return None
    inside = Fields(component, fields.where("component"), fields.findings)
    job = read_job(inside, in_pipeline=True, depth=depth)
    own = read_described(fields, in_pipeline=True)
    if job is None:
        return None
    if isinstance(job, CommandJob):
        _override(fields, job)
    fields.passed("type")
    fields.end()
    _bind(fields, job, own)
    return job


def _override(fields: Fields, job: CommandJob) -> None:
    """Resources, distribution, environment and variables that a step sets for its component."""
    held = {
        name: fields.item.value[name]
        for name in ("resources", "distribution", "environment")
        if fields.has(name)
    }
    if held or fields.has("environment_variables"):
        command = Item(job.task.command, fields.item.place)
        variables = fields.item.value.get("environment_variables")
        value = {"command": command, **held} | (
            {"environment_variables": variables} if variables is not None else {}
        )
        inside = read_command(Fields(Item(value, fields.item.place), fields.path, fields.findings))
        job.task.environment_variables |= inside.environment_variables
        for name in held:
            setattr(job.task, name, getattr(inside, name))


def _bind(fields: Fields, job: Job, own: dict[str, Any]) -> None:
    inputs: dict[str, Input] = own.pop("inputs")
    outputs: dict[str, Output] = own.pop("outputs")
    for name, given in inputs.items():
        if name not in job.inputs:
            fields.problem(
                "inputs", f"The component has no input '{name}'. It has {', '.join(job.inputs) or 'none'}."
            )
            continue
        there = job.inputs[name]
        if given.binding is None and given.type != "literal":
            given.mode = given.mode or there.mode
        job.inputs[name] = given
    for name, output in outputs.items():
        if name not in job.outputs:
            fields.problem(
                "outputs", f"The component has no output '{name}'. It has {', '.join(job.outputs) or 'none'}."
            )
            continue
        there_output = job.outputs[name]
        job.outputs[name] = Output(
            type=there_output.type,
            mode=output.mode,
            path=output.path,
            name=output.name,
            binding=output.binding,
        )
    # A component's own name and version are no job's.
    job.name = None
    for name in ("display_name", "description", "compute", "timeout", "experiment_name"):
        if own[name] is not None:
            setattr(job, name, own[name])
    job.tags |= own["tags"]
