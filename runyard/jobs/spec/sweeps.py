"""Sweeps: a trial, where its values come from, and what it is to reach."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from runyard.jobs.entities import Command, Distributed, EarlyTermination, Objective, Sampling, SweepJob
from runyard.jobs.spec.command import read_command
from runyard.jobs.spec.components import adopt, read_component_only
from runyard.jobs.spec.described import READ_ONLY, read_described
from runyard.jobs.spec.expressions import renamed
from runyard.jobs.spec.fields import REFERENCE, Fields, is_finite, kind_of, read_file
from runyard.jobs.spec.items import Item

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


def read_sweep(fields: Fields, in_pipeline: bool) -> SweepJob | None:
    """A sweep; None where what can't be left out is missing."""
    described = read_described(fields, in_pipeline, limits=LIMITS)
    sampling = _sampling(fields)
    space = _search_space(fields, sampling)
    trial = _trial(fields, described, set(names_of(space)))
    objective = _objective(fields)
    limits = fields.fields("limits")
    total = concurrent = trial_timeout = None
    if limits is not None:
        total = limits.integer("max_total_trials", least=1)
        concurrent = limits.integer("max_concurrent_trials", least=1)
        trial_timeout = limits.integer("trial_timeout", least=1)
    if limits is not None and total is not None and (concurrent or 0) > total:
        limits.problem("max_concurrent_trials", f"It must be at most max_total_trials, {total}.")
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


def _trial(fields: Fields, described: dict[str, Any], space: set[str]) -> Command | None:
    """The command of each trial; what its component says of inputs and outputs goes into `described`."""
    item = fields.require("trial")
    if item is None:
        return None
    if isinstance(item.value, str) and not item.value.startswith(REFERENCE):
        inside = _component(fields, item.value)
    else:
        inside = fields.fields("trial")
    if inside is None:
        return None
    # Checks find it there, with its own lines.
    fields.item.value["trial"] = inside.item
    read_component_only(inside)
    inside.passed(*READ_ONLY, "name", "display_name", "description", "tags")
    inside.passed("inputs", "outputs")
    found = read_command(inside)
    adopt(inside, fields, described, space)
    inside.end()
    # A component has inputs where a sweep has dimensions.
    sampled = {f"inputs.{name}": f"search_space.{name}" for name in space - set(described["inputs"])}
    found.command = renamed(found.command, sampled)
    variables = found.environment_variables
    found.environment_variables = {name: renamed(text, sampled) for name, text in variables.items()}
    return found


def _component(fields: Fields, text: str) -> Fields | None:
    """A component of its own file."""
    if text.startswith("azureml:"):
        fields.problem("trial", f"'{text}' is registered in the cloud: name the component's file.")
        return None
    path = fields.path_of("trial", text)
    if path is None:
        return None
    item = read_file(path, fields.findings, lambda told: fields.problem("trial", told))
    return None if item is None else Fields(item, fields.where("trial"), fields.findings)


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


def names_of(space: Mapping[str, Distributed]) -> Iterator[str]:
    """All names that a trial may get values of: a choice may bring values of its own, at any depth."""
    yield from space
    for dimension in space.values():
        for value in dimension.values or []:
            yield from _inner(value)


def _inner(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield str(name)
            yield from _inner(each)
    elif isinstance(value, list):
        for each in value:
            yield from _inner(each)


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
    if not _all_finite(plain):
        fields.problem("values", "Numbers must be finite.")
        return []
    return plain


def _all_finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_all_finite, value.values()))
    if isinstance(value, list):
        return all(map(_all_finite, value))
    return not isinstance(value, int | float) or is_finite(value)


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
