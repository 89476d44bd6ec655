"""What the inputs of a pipeline's steps are bound to."""

from __future__ import annotations

import copy
from collections.abc import Callable

from runyard.errors import InvalidParameter
from runyard.jobs.entities import Input, Job, Output, PipelineJob
from runyard.jobs.spec.checks import sorted_steps
from runyard.jobs.spec.expressions import whole_name

# Names of the folder of all that a step has written.
DEFAULT_OUTPUTS = ("artifacts", "default")
# Where an output of a step lies, once it has completed.
Places = Callable[[str, str], str]


def check(pipeline: PipelineJob) -> None:
    """Raise InvalidParameter for a binding that names nothing; what comes from no job file was not checked yet."""
    for step, job in pipeline.jobs.items():
        for name, given in job.inputs.items():
            if given.binding is not None:
                _check_input(pipeline, f"jobs.{step}.inputs.{name}", given.binding)
        for name, output in job.outputs.items():
            if output.binding is not None and bound_output(output) not in pipeline.outputs:
                raise InvalidParameter(
                    f"jobs.{step}.outputs.{name}: '{output.binding}' is no output of the pipeline."
                )
    if cycle := set(pipeline.jobs) - set(sorted_steps(pipeline)):
        raise InvalidParameter(f"jobs: steps wait for each other: {', '.join(sorted(cycle))}.")


def _check_input(pipeline: PipelineJob, field: str, binding: str) -> None:
    parts = _parts(binding)
    if len(parts) == 3 and parts[:2] == ["parent", "inputs"]:
        known = parts[2] in pipeline.inputs
    elif len(parts) == 5 and parts[:2] == ["parent", "jobs"] and parts[2] in pipeline.jobs:
        step = pipeline.jobs[parts[2]]
        outputs = {*step.outputs, *DEFAULT_OUTPUTS}
        known = parts[4] in {"outputs": outputs, "inputs": {*step.inputs}}.get(parts[3], ())
    else:
        known = False
    if not known:
        raise InvalidParameter(
            f"{field}: '{binding}' names nothing. It must be as ${{{{parent.inputs.x}}}} or "
            "${{parent.jobs.step.outputs.x}}."
        )


def bound_output(output: Output) -> str | None:
    """The name of the pipeline's output that a step's output is."""
    parts = _parts(output.binding or "")
    return parts[2] if len(parts) == 3 and parts[:2] == ["parent", "outputs"] else None


def resolved(pipeline: PipelineJob, step: str, place_of: Places) -> Job:
    """A copy of a step's job whose inputs are values and places. All that it needs has completed."""
    job = copy.deepcopy(pipeline.jobs[step])
    for name, given in job.inputs.items():
        if given.binding is not None:
            job.inputs[name] = _bound(pipeline, given, place_of)
    for output in job.outputs.values():
        # It is the pipeline's, which finds it by the step.
        output.binding = None
    job.compute = _compute(pipeline, job.compute)
    return job


def _bound(pipeline: PipelineJob, given: Input, place_of: Places) -> Input:
    parts = _parts(given.binding or "")
    if parts[1] == "inputs":
        found = copy.deepcopy(pipeline.inputs[parts[2]])
    elif parts[3] == "inputs":
        found = resolved(pipeline, parts[2], place_of).inputs[parts[4]]
    else:
        found = Input(type=given.type, path=place_of(parts[2], parts[4]))
    if found.type != "literal":
        found.mode = given.mode or found.mode
    return found


def _compute(pipeline: PipelineJob, compute: str | None) -> str | None:
    parts = _parts(compute or "")
    if parts[:2] != ["parent", "inputs"]:
        return compute
    given = pipeline.inputs.get(parts[2]) if len(parts) == 3 else None
    if given is None or given.value is None:
        raise InvalidParameter(f"compute: '{compute}' names no value of the pipeline's inputs.")
    return str(given.value)


def _parts(text: str) -> list[str]:
    return (whole_name(text) or "").split(".")
