"""What steps may say of their components, and what sweeps of their trial's."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs.entities import CommandJob, PipelineJob, SweepJob
from tests.jobs.spec.reading import load, problems

COMPONENT = """\
type: command
command: a ${{inputs.folder}} ${{inputs.count}} $[[${{inputs.note}}]]
inputs:
  folder: {type: uri_folder}
  count: {type: integer, min: 1, max: 9}
  share: {type: number, default: 0.5}
  kind: {type: string, default: x, enum: [x, y]}
  flag: {type: boolean, default: false}
  note: {type: string, optional: true}
outputs: {out: }
"""
STEP = """\
type: pipeline
inputs: {d: {path: https://host/d}, n: 3}
jobs:
  s:
    component: c.yml
    inputs: {folder: "${{parent.inputs.d}}", count: 2}
"""


@pytest.fixture(autouse=True)
def component(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text(COMPONENT)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("count: 0", "inputs.count: It must be at least 1, and is 0."),
        ("count: 10", "inputs.count: It must be at most 9, and is 10."),
        ("count: x", "inputs.count: It must be an integer, and is the text 'x'."),
        ("count: {value: 10}", "inputs.count.value: It must be at most 9, and is 10."),
        ("count: {path: https://x}", "inputs.count: The component's input is of the type literal"),
        ("count: 2, kind: z", "inputs.kind: 'z' is not one of x, y."),
        ("count: 2, flag: 3", "inputs.flag: It must be true or false, and is an integer (3)."),
        ("count: 2, flag: maybe", "inputs.flag: It must be true or false, and is the text 'maybe'."),
        ("count: 2, cuont: 2", "inputs.cuont: The component has no input 'cuont'. Did you mean 'count'?"),
        ("count: 2, zzz: 2", "has no input 'zzz'. It has folder, count, share, kind, flag, note."),
        ("share: 0.1", "inputs: The component's input 'count' is missing."),
        ("count: 'a ${{parent.inputs.n}}'", "inputs.count: 'a ${{parent.inputs.n}}' is an expression inside"),
    ],
)
def test_inputs_are_what_the_component_asks_for(tmp_path: Path, new: str, message: str) -> None:
    found = problems(STEP.replace("count: 2", new), tmp_path)
    assert any("job.yml:6: jobs.s." in line and message in line for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"${{parent.inputs.d}}"', "./x", "inputs.folder: The component's input is of the type uri_folder"),
        (
            "parent.inputs.d",
            "parent.inputs.n",
            "The pipeline's input 'n' is a value, and the component takes",
        ),
        (
            "count: 2",
            'count: "${{parent.inputs.d}}"',
            "The pipeline's input 'd' is a file or folder, and the component takes a value.",
        ),
        (
            "count: 2",
            'count: "${{parent.jobs.s.outputs.out}}"',
            "The step's output 'out' is a file or folder, and the component takes a value.",
        ),
        (
            "component: c.yml",
            "component: c.yml\n    type: sweep",
            "type: The component is a command, and not",
        ),
        (
            "component: c.yml",
            "component: c.yml\n    comand: x",
            "jobs.s.comand: There is no such field here.",
        ),
        (
            "component: c.yml",
            "component: c.yml\n    compute: ${{parent.inputs.d}}",
            "Its compute '${{parent.inputs.d}}' must name an input of the pipeline that has a value.",
        ),
        (
            "component: c.yml",
            "component: c.yml\n    outputs: {o: }",
            "outputs.o: The component has no output 'o'. It has out.",
        ),
    ],
)
def test_what_is_wrong_with_a_step(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in STEP
    found = problems(STEP.replace(old, new), tmp_path)
    assert any(message in line for line in found), found


def test_a_component_without_its_user_is_no_job(tmp_path: Path) -> None:
    assert problems(COMPONENT, tmp_path) == [
        "job.yml:4: inputs.folder: It needs a path, or `optional: true`.",
        "job.yml:5: inputs.count: It needs a value, or `optional: true`.",
    ]


def test_what_is_wrong_in_a_component_is_told_with_its_own_lines(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text(COMPONENT.replace("${{inputs.count}}", "${{inputs.cont}}"))
    assert problems(STEP, tmp_path) == [
        "c.yml:2: jobs.s.command: '${{inputs.cont}}' stands for nothing. Did you mean 'inputs.count'?"
    ]


def test_a_step_with_a_problem_makes_none_of_those_that_name_it(tmp_path: Path) -> None:
    text = STEP.replace("c.yml", "none.yml") + (
        "  t: {command: 'a ${{inputs.o}}', inputs: {o: '${{parent.jobs.s.outputs.out}}'}}\n"
    )
    assert [line.partition(" ")[0] for line in problems(text, tmp_path)] == ["job.yml:5:"]


def test_a_step_sets_what_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    more = (
        "    code: src\n    environment: {requirements: [six]}\n    retries: {count: 2}\n    tags: {a: b}\n"
        "    limits: {timeout: 5}\n    properties: {p: q}\n    outputs: {out: {type: uri_file, mode: upload}}\n"
    )
    job = load(STEP + more, tmp_path).job
    assert isinstance(job, PipelineJob)
    step = job.jobs["s"]
    assert isinstance(step, CommandJob) and step.task.environment is not None
    assert step.task.environment.requirements == ["six"]
    assert (step.task.code, step.retries.count, step.timeout) == (str(tmp_path / "src"), 2, 5.0)
    assert (step.tags, step.properties, step.outputs["out"].mode) == ({"a": "b"}, {"p": "q"}, "upload")
    # What an output is, the component says.
    assert step.outputs["out"].type == "uri_folder"


def test_files_that_are_not_taken_along_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text(COMPONENT + "additional_includes: [../lib]\nis_deterministic: false\n")
    assert [warning.field for warning in load(STEP, tmp_path).warnings] == [
        "jobs.s.component.additional_includes",
        "jobs.s.component.is_deterministic",
    ]


SWEEP = """\
type: sweep
trial: c.yml
inputs: {folder: {path: https://host/d}}
search_space: {count: {type: choice, values: [1, 2]}}
objective: {goal: minimize, primary_metric: loss}
limits: {max_total_trials: 2}
"""


def test_a_sweep_has_the_inputs_and_outputs_of_its_trial(tmp_path: Path) -> None:
    job = load(SWEEP, tmp_path).job
    assert isinstance(job, SweepJob)
    assert "${{search_space.count}}" in job.trial.command
    assert list(job.inputs) == ["folder", "share", "kind", "flag", "note"] and list(job.outputs) == ["out"]
    assert job.sampling_algorithm.type == "random"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("inputs: {folder", "inputs: {fodler", "inputs.fodler: The component has no input 'fodler'."),
        ("{count: {type", "{kind: {type", "inputs: The component's input 'count' is missing."),
        ("trial: c.yml", "trial: azureml:c:1", "trial: 'azureml:c:1' is registered in the cloud"),
        ("trial: c.yml", "trial: none.yml", "trial: There is no '"),
        (
            "trials: 2",
            "trials: 2, max_concurrent_trials: 3",
            "limits.max_concurrent_trials: It must be at most max_total_trials, 2.",
        ),
        ("values: [1, 2]", "values: [1, .inf]", "search_space.count.values: Numbers must be finite."),
    ],
)
def test_what_is_wrong_with_a_sweep_of_a_component(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SWEEP
    found = problems(SWEEP.replace(old, new), tmp_path)
    assert any(message in line for line in found), found
