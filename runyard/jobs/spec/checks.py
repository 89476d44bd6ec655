"""Whether the expressions of a job name what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from runyard.jobs.entities import Command, CommandJob, Input, Job, PipelineJob, SweepJob
from runyard.jobs.spec.expressions import names, whole_name
from runyard.jobs.spec.items import Item
from runyard.jobs.spec.problems import Findings, Problem, hint


def check(job: Job, item: Item, findings: Findings, path: str = "") -> None:
    """Tell of names that stand for nothing; `item` is where the job was read from."""
    if isinstance(job, PipelineJob):
        _pipeline(job, item, findings, path)
        return
    known = {*(f"inputs.{name}" for name in job.inputs), *(f"outputs.{name}" for name in job.outputs)}
    task = job.task if isinstance(job, CommandJob) else job.trial
    if isinstance(job, SweepJob):
        known |= {f"search_space.{name}" for name in job.search_space}
        for name in _nested(job):
            known.add(f"search_space.{name}")
        item, path = _inside(item, "trial"), _join(path, "trial")
    _command(task, known, job.inputs, item, findings, path)


def _nested(job: SweepJob) -> set[str]:
    """Names inside of values that are mappings: each choice may bring values of its own."""
    found: set[str] = set()
    for dimension in job.search_space.values():
        for value in dimension.values or []:
            if isinstance(value, dict):
                found |= {str(name) for name in value}
    return found


def _command(
    task: Command,
    known: Collection[str],
    inputs: Mapping[str, Input],
    item: Item,
    findings: Findings,
    path: str,
) -> None:
    texts = {"command": task.command}
    texts |= {f"environment_variables.{name}": value for name, value in task.environment_variables.items()}
    for field, text in texts.items():
        for name, optional in names(text):
            if name in known or name.startswith("parent."):
                continue
            if optional and name.startswith("inputs."):
                # An optional input that is not given may be left out.
                continue
            places = ", ".join(sorted(known)) or "no inputs, outputs or others"
            message = f"'${{{{{name}}}}}' stands for nothing.{hint(name, known) or f' There are {places}.'}"
            _tell(findings, item, field, _join(path, field), message)


def _pipeline(job: PipelineJob, item: Item, findings: Findings, path: str) -> None:
    steps = _inside(item, "jobs")
    for name, step in job.jobs.items():
        here, below = _inside(steps, name), _join(path, f"jobs.{name}")
        for field, given in step.inputs.items():
            if given.binding is not None:
                _binding(job, name, given.binding, f"inputs.{field}", here, findings, below)
        for field, output in step.outputs.items():
            if output.binding is not None:
                _output_binding(job, output.binding, f"outputs.{field}", here, findings, below)
        inside = _inside(here, "component")
        check(
            step, inside if isinstance(inside.value, dict) and inside is not here else here, findings, below
        )
    for cycle in find_cycle(job):
        _tell(
            findings, steps, cycle[0], _join(path, "jobs"), f"Steps wait for each other: {' → '.join(cycle)}."
        )
        break


def _binding(
    job: PipelineJob, step: str, text: str, field: str, item: Item, findings: Findings, path: str
) -> None:
    name = whole_name(text) or ""
    parts = name.split(".")
    message = ""
    if parts[:2] == ["parent", "inputs"] and len(parts) == 3:
        if parts[2] not in job.inputs:
            message = f"The pipeline has no input '{parts[2]}'.{hint(parts[2], job.inputs)}"
    elif parts[:2] == ["parent", "jobs"] and len(parts) == 5 and parts[3] in ("outputs", "inputs"):
        other = job.jobs.get(parts[2])
        if other is None:
            message = f"There is no step '{parts[2]}'.{hint(parts[2], job.jobs)}"
        else:
            there: Mapping[str, object] = other.outputs if parts[3] == "outputs" else other.inputs
            if parts[4] not in there and not (parts[3] == "outputs" and parts[4] in ("artifacts", "default")):
                message = f"The step '{parts[2]}' has no {parts[3][:-1]} '{parts[4]}'.{hint(parts[4], there)}"
    else:
        message = f"'{text}' must be as ${{{{parent.inputs.x}}}} or ${{{{parent.jobs.step.outputs.x}}}}."
    if message:
        _tell(findings, item, field, _join(path, field), message)


def _output_binding(
    job: PipelineJob, text: str, field: str, item: Item, findings: Findings, path: str
) -> None:
    parts = (whole_name(text) or "").split(".")
    if parts[:2] != ["parent", "outputs"] or len(parts) != 3:
        _tell(findings, item, field, _join(path, field), f"'{text}' must be as ${{{{parent.outputs.x}}}}.")
    elif parts[2] not in job.outputs:
        message = f"The pipeline has no output '{parts[2]}'.{hint(parts[2], job.outputs)}"
        _tell(findings, item, field, _join(path, field), message)


def needs(job: PipelineJob, step: str) -> set[str]:
    """The steps that one waits for."""
    found = set()
    for given in job.jobs[step].inputs.values():
        parts = (whole_name(given.binding or "") or "").split(".")
        if parts[:2] == ["parent", "jobs"] and len(parts) == 5 and parts[2] in job.jobs:
            found.add(parts[2])
    return found


def sorted_steps(job: PipelineJob) -> list[str]:
    """The steps, each after those that it needs; in the file's order otherwise. Steps of a cycle are left out."""
    found: list[str] = []
    rest = list(job.jobs)
    while True:
        ready = [step for step in rest if needs(job, step) <= set(found)]
        if not ready:
            return found
        found.append(ready[0])
        rest.remove(ready[0])


def find_cycle(job: PipelineJob) -> list[list[str]]:
    """One cycle of steps that wait for each other, if there is any."""
    rest = set(job.jobs) - set(sorted_steps(job))
    if not rest:
        return []
    step = min(rest)
    way: list[str] = []
    while step not in way:
        way.append(step)
        step = min(needs(job, step) & rest)
    return [[*way[way.index(step) :], step]]


def _inside(item: Item, name: str) -> Item:
    inside = item.value.get(name) if isinstance(item.value, dict) else None
    return inside if isinstance(inside, Item) else item


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _tell(findings: Findings, item: Item, field: str, path: str, message: str) -> None:
    for name in field.split("."):
        item = _inside(item, name)
    findings.problems.append(Problem(item.place.file, item.place.line, item.place.column, path, message))
