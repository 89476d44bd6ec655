"""Whether the expressions of a job name what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from runyard.jobs.entities import Command, CommandJob, Input, Job, PipelineJob
from runyard.jobs.spec.expressions import names, whole_name
from runyard.jobs.spec.items import Item
from runyard.jobs.spec.problems import Findings, Problem, hint
from runyard.jobs.spec.sweeps import names_of


def check(job: Job, item: Item, findings: Findings, path: str = "") -> None:
    """Tell of names that stand for nothing; `item` is where the job was read from."""
    if isinstance(job, PipelineJob):
        _pipeline(job, item, findings, path)
        return
    known = {*(f"inputs.{name}" for name in job.inputs), *(f"outputs.{name}" for name in job.outputs)}
    # One that is wrong is told of where it stands, and not once more where it is used.
    for part in ("inputs", "outputs", "search_space"):
        known |= {f"{part}.{name}" for name in _names(item, part)}
    if isinstance(job, CommandJob):
        _command(job.task, known, item, findings, path)
        return
    known |= {f"search_space.{name}" for name in names_of(job.search_space)}
    _command(job.trial, known, _inside(item, "trial"), findings, _join(path, "trial"))


def _names(item: Item, part: str) -> Collection[str]:
    inside = item.value.get(part) if isinstance(item.value, dict) else None
    return inside.value if inside is not None and isinstance(inside.value, dict) else ()


def _command(task: Command, known: Collection[str], item: Item, findings: Findings, path: str) -> None:
    texts = {"command": task.command}
    texts |= {f"environment_variables.{name}": value for name, value in task.environment_variables.items()}
    for field, text in texts.items():
        for name, _ in names(text):
            if name not in known:
                _tell(findings, item, field, _join(path, field), _stands_for_nothing(name, known))


def _has_component(step: Item) -> bool:
    """Whether a step says which component it is."""
    return isinstance(step.value, dict) and "component" in step.value


def _stands_for_nothing(name: str, known: Collection[str]) -> str:
    text = f"'${{{{{name}}}}}' stands for nothing."
    if name.startswith("parent."):
        return f"{text} Bind an input of the step to it, and name that one: `inputs: {{x: ${{{{{name}}}}}}}`."
    places = ", ".join(sorted(known)) or "no inputs, outputs or others"
    return text + (hint(name, known) or f" There are {places}.")


def _pipeline(job: PipelineJob, item: Item, findings: Findings, path: str) -> None:
    steps = _inside(item, "jobs")
    for name, step in job.jobs.items():
        here, below = _inside(steps, name), _join(path, f"jobs.{name}")
        for field, given in step.inputs.items():
            if given.binding is not None:
                message = _binding(job, given, item, _has_component(here))
                if message:
                    _tell(findings, here, f"inputs.{field}", _join(below, f"inputs.{field}"), message)
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


def _binding(job: PipelineJob, given: Input, item: Item, is_typed: bool) -> str:
    """What is wrong with one; `is_typed` where a component says the type of the input."""
    text = given.binding or ""
    parts = (whole_name(text) or "").split(".")
    if parts[:2] == ["parent", "inputs"] and len(parts) == 3:
        return _of_pipeline(job, parts[2], given, item, is_typed)
    if parts[:2] == ["parent", "jobs"] and len(parts) == 5 and parts[3] in ("outputs", "inputs"):
        return _of_step(job, parts[2], parts[3], parts[4], given, item, is_typed)
    return f"'{text}' must be as ${{{{parent.inputs.x}}}} or ${{{{parent.jobs.step.outputs.x}}}}."


def _of_pipeline(job: PipelineJob, name: str, given: Input, item: Item, is_typed: bool) -> str:
    if name not in job.inputs:
        known = {*job.inputs, *_names(item, "inputs")}
        return "" if name in known else f"The pipeline has no input '{name}'.{hint(name, known)}"
    there = job.inputs[name]
    # A binding without a component has no type of its own.
    if is_typed and there.binding is None and (there.type == "literal") != (given.type == "literal"):
        kinds = {True: "a value", False: "a file or folder"}
        return (
            f"The pipeline's input '{name}' is {kinds[there.type == 'literal']}, and the component takes "
            f"{kinds[given.type == 'literal']}."
        )
    return ""


def _of_step(
    job: PipelineJob, step: str, part: str, name: str, given: Input, item: Item, is_typed: bool
) -> str:
    other = job.jobs.get(step)
    if other is None:
        # One that is wrong by itself has been told of.
        known = {*job.jobs, *_names(item, "jobs")}
        return "" if step in known else f"There is no step '{step}'.{hint(step, known)}"
    there: Mapping[str, object] = other.outputs if part == "outputs" else other.inputs
    is_default = part == "outputs" and name in ("artifacts", "default")
    if name not in there and not is_default:
        if name in _names(_inside(_inside(item, "jobs"), step), part):
            return ""
        return f"The step '{step}' has no {part[:-1]} '{name}'.{hint(name, there)}"
    if is_typed and part == "outputs" and given.type == "literal":
        return f"The step's output '{name}' is a file or folder, and the component takes a value."
    return ""


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
    found: dict[str, None] = {}
    rest = {step: needs(job, step) for step in job.jobs}
    while True:
        step = next((step for step, needed in rest.items() if needed <= found.keys()), None)
        if step is None:
            return list(found)
        found[step] = None
        del rest[step]


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
