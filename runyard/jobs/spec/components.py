"""Components: commands and pipelines of their own file, which say what inputs they take."""

from __future__ import annotations

from typing import Any, NamedTuple

from runyard.jobs.entities import Command, Input, Job, Output
from runyard.jobs.spec.command import read_command
from runyard.jobs.spec.data import Limits, read_inputs, read_limits, read_outputs
from runyard.jobs.spec.fields import Fields
from runyard.jobs.spec.items import Item
from runyard.jobs.spec.problems import hint

# Of a command; a step's take the place of its component's.
OVERRIDDEN = ("resources", "distribution", "environment", "code")


class Declared(NamedTuple):
    """What a component says of one of its inputs; `given` is its default."""

    given: Input
    limits: Limits
    is_optional: bool


def declared(component: Fields, inputs: dict[str, Input]) -> dict[str, Declared]:
    """The inputs of a component, by name."""
    inside = component.fields("inputs")
    found = {}
    for name, given in inputs.items():
        item = None if inside is None else inside.get(name)
        limits, is_optional = Limits(), False
        if inside is not None and item is not None and isinstance(item.value, dict):
            fields = Fields(item, inside.where(name), inside.findings)
            limits, is_optional = read_limits(fields), fields.boolean("optional", False)
        found[name] = Declared(given, limits, is_optional)
    return found


def is_given(given: Input) -> bool:
    """Whether an input has a value, a path, or one that it is bound to."""
    return given.value is not None or given.path is not None or given.binding is not None


def check_given(fields: Fields, inputs: dict[str, Input]) -> None:
    """Tell of inputs of a job that have no value: only a component may leave them open."""
    inside = fields.fields("inputs")
    for name, each in declared(fields, inputs).items():
        if inside is not None and not _is_written(inside.get(name)) and not each.is_optional:
            what = "a value" if each.given.type == "literal" else "a path"
            inside.problem(name, f"It needs {what}, or `optional: true`.")


def _is_written(item: Item | None) -> bool:
    """Whether an input has a value or path in its file, right or wrong; one that is adopted is not in it."""
    if item is None or not isinstance(item.value, dict):
        return True
    found = [item.value[name] for name in ("value", "default", "path") if name in item.value]
    return any(each.value is not None for each in found)


def read_component_only(fields: Fields) -> None:
    """What only a component's file has."""
    if not fields.boolean("is_deterministic", True):
        fields.warn(
            "is_deterministic", "A step that is unchanged is used again all the same: see force_rerun."
        )


def bind(fields: Fields, component: Fields, job: Job, own: dict[str, Any]) -> None:
    """Put what a step says into the job that its component is."""
    known = declared(component, job.inputs)
    inside = fields.fields("inputs")
    for name, given in own.pop("inputs").items():
        assert inside is not None
        found = _taken(inside, name, given, known)
        if found is not None:
            job.inputs[name] = found
    _tell_missing(fields, known, job.inputs, inside)
    _bind_outputs(fields, job, own.pop("outputs"))
    # A component's own name and version are no job's.
    job.name = None
    for name in ("display_name", "description", "compute", "timeout", "experiment_name"):
        if own[name] is not None:
            setattr(job, name, own[name])
    job.tags |= own["tags"]
    job.properties |= own["properties"]


def _tell_missing(
    fields: Fields, known: dict[str, Declared], inputs: dict[str, Input], inside: Fields | None
) -> None:
    for name, each in known.items():
        # One that is there and wrong has its own problem.
        is_written = inside is not None and inside.has(name)
        if not is_given(inputs[name]) and not each.is_optional and not is_written:
            fields.problem("inputs", f"The component's input '{name}' is missing.")


def _taken(inside: Fields, name: str, given: Input, known: dict[str, Declared]) -> Input | None:
    """An input that a step gives, as its component takes it; None with a problem."""
    if name not in known:
        told = hint(name, known) or f" It has {', '.join(known) or 'none'}."
        inside.problem(name, f"The component has no input '{name}'.{told}")
        return None
    there = known[name].given
    if given.binding is not None:
        return Input(type=there.type, mode=given.mode or there.mode, binding=given.binding)
    if (given.type == "literal") != (there.type == "literal"):
        wanted = "a value" if there.type == "literal" else f"as {{type: {there.type}, path: …}}"
        inside.problem(name, f"The component's input is of the type {there.type}: it must be {wanted}.")
        return None
    if given.type == "literal":
        return Input(type="literal", value=_value(inside, name, known[name].limits))
    given.mode = given.mode or there.mode
    return given


def _value(inside: Fields, name: str, limits: Limits) -> Any:
    item = inside.get(name)
    if item is not None and isinstance(item.value, dict):
        fields = Fields(item, inside.where(name), inside.findings)
        return limits.taken(fields, "value" if fields.has("value") else "default")
    return limits.taken(inside, name)


def _bind_outputs(fields: Fields, job: Job, outputs: dict[str, Output]) -> None:
    inside = fields.fields("outputs")
    for name, output in outputs.items():
        if name not in job.outputs:
            assert inside is not None
            told = hint(name, job.outputs) or f" It has {', '.join(job.outputs) or 'none'}."
            inside.problem(name, f"The component has no output '{name}'.{told}")
            continue
        output.type = job.outputs[name].type
        job.outputs[name] = output


def override(fields: Fields, task: Command) -> None:
    """Set what a step says of its component's command; environment variables are added."""
    held = {name: fields.item.value[name] for name in OVERRIDDEN if fields.has(name)}
    if fields.has("environment_variables"):
        held["environment_variables"] = fields.item.value["environment_variables"]
    if not held:
        return
    content = {"command": Item(task.command, fields.item.place), **held}
    found = read_command(Fields(Item(content, fields.item.place), fields.path, fields.findings))
    task.environment_variables |= found.environment_variables
    for name in held.keys() & set(OVERRIDDEN):
        setattr(task, name, getattr(found, name))


def adopt(component: Fields, fields: Fields, described: dict[str, Any], sampled: set[str]) -> None:
    """Give a sweep the inputs and outputs of its trial's component; `sampled` come from the search space."""
    known = declared(component, read_inputs(component))
    inside = fields.fields("inputs")
    inputs: dict[str, Input] = described["inputs"]
    for name in list(inputs) if known else ():
        assert inside is not None
        found = _taken(inside, name, inputs[name], known)
        inputs[name] = found or inputs[name]
    for name, each in known.items():
        if name not in sampled:
            inputs.setdefault(name, each.given)
    _tell_missing(fields, {name: each for name, each in known.items() if name in inputs}, inputs, inside)
    described["outputs"] = read_outputs(component) | described["outputs"]
