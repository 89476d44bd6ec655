"""Whole files, and everything that can be wrong in one."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runyard.jobs import entities
from runyard.jobs.entities import CommandJob, PipelineJob, SweepJob
from runyard.jobs.spec import JobFileError, load_job, load_job_text
from runyard.jobs.spec.checks import needs, sorted_steps
from tests.jobs.spec.reading import command, load, problems


def test_a_file_with_every_field(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "conda.yml").write_text("dependencies: [python=3.10, {pip: [six]}]")
    (tmp_path / "job.yml").write_text(
        textwrap.dedent(
            """
            $schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
            type: command
            name: my-job_1
            display_name: A job
            experiment_name: e
            description: |
              # What it does
            tags: {team: vision, number: 3, flag: true, nothing: }
            properties: {a: b}
            command: >-
              python train.py --lr ${{inputs.lr}} --data ${{ inputs.data }} --out ${{outputs.model}}
            code: src
            environment:
              image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04
              conda_file: conda.yml
            environment_variables: {N: 3, B: true, LR: "${{inputs.lr}}"}
            inputs:
              lr: 1e-3
              flag: false
              words: "a b"
              data: {type: uri_file, path: data.csv, mode: download}
              web: {type: uri_file, path: https://host/x.csv}
              optional: {type: string, optional: true}
            outputs:
              model: {type: mlflow_model, mode: rw_mount}
              empty:
            distribution: {type: pytorch, process_count_per_instance: 2}
            compute: azureml:gpu
            resources: {instance_count: 2, instance_type: X, shm_size: 4g, cpus: 1.5, gpus: 0, memory: 1.5g}
            limits: {timeout: 3600}
            retries: {count: 2}
            services: {tb: {type: tensor_board, log_dir: outputs/tb}}
            identity: {type: user_identity}
            queue_settings: {job_tier: spot}
            status: Completed
            creation_context: {created_at: x}
            """
        )
    )
    loaded = load_job(tmp_path / "job.yml")
    job = loaded.job
    assert isinstance(job, CommandJob)
    assert (job.name, job.display_name, job.experiment_name) == ("my-job_1", "A job", "e")
    assert job.description == "# What it does\n"
    assert job.tags == {"team": "vision", "number": "3", "flag": "true", "nothing": ""}
    assert job.task.code == str(tmp_path / "src")
    assert job.task.command.endswith("--out ${{outputs.model}}")
    assert job.task.environment is not None
    assert job.task.environment.conda == {"dependencies": ["python=3.10", {"pip": ["six"]}]}
    assert job.task.environment_variables == {"N": "3", "B": "true", "LR": "${{inputs.lr}}"}
    assert job.inputs["lr"] == entities.Input(type="literal", value="1e-3")
    assert job.inputs["flag"].value is False
    assert job.inputs["data"].path == str(tmp_path / "data.csv")
    assert (job.inputs["data"].type, job.inputs["data"].mode) == ("uri_file", "download")
    assert job.inputs["optional"] == entities.Input(type="literal")
    assert job.outputs["model"].type == "mlflow_model" and job.outputs["empty"] == entities.Output()
    assert job.task.distribution == entities.Distribution(type="pytorch", process_count_per_instance=2)
    resources = job.task.resources
    assert (resources.instance_count, resources.cpus, resources.memory_bytes) == (2, 1.5, 3 * 2**29)
    assert (job.compute, job.timeout, job.retries.count) == ("azureml:gpu", 3600.0, 2)
    assert [warning.field for warning in loaded.warnings] == ["services.tb", "identity", "queue_settings"]
    assert entities.decode(entities.encode(job)) == job


WRONG: list[tuple[str, list[str]]] = [
    ("", ["1: The file is empty."]),
    ("- a", ["1: It must be a mapping, and is a list."]),
    ("a: [", ["1: This is no YAML: expected the node content, but found '<stream end>'."]),
    ("compute: x", ["1: The field 'command' is missing."]),
    ("command:\n", ["1: The field 'command' is missing."]),
    ("command: a\ncomand: b", ["2: comand: There is no such field here. Did you mean 'command'?"]),
    ("command: a\ncommand: b", ["2: The key 'command' stands here more than once."]),
    ("command: [a]", ["1: command: It must be a text, and is a list."]),
    ("type: comand\ncommand: a", ["1: type: 'comand' is not one of command, sweep, pipeline."]),
    (
        "command: a\nname: a/b",
        ["2: name: 'a/b' must begin with a letter or digit, and have at most 255 letters"],
    ),
    ("command: a\ncode: nowhere", ["2: code: 'nowhere' is a local path, and there is no folder"]),
    ("command: a\ntags: [x]", ["2: tags: It must be a mapping, and is a list."]),
    (
        "command: a\nlimits: {timeout: 1h}",
        ["2: limits.timeout: It must be an integer, and is the text '1h'."],
    ),
    ("command: a\nlimits: {timeout: 0}", ["2: limits.timeout: It must be at least 1, and is 0."]),
    (
        "command: a\nresources: {instance_count: true}",
        ["2: resources.instance_count: It must be an integer"],
    ),
    ("command: a\nresources: {memory: lots}", ["2: resources.memory: 'lots' is no size"]),
    ("command: a\ndistribution: {}", ["2: distribution: The field 'type' is missing."]),
    (
        "command: a\ndistribution: {type: pytorc}",
        ["2: distribution.type: 'pytorc' is not one of pytorch, mpi"],
    ),
    (
        "command: a\ndistribution: {type: tensorflow, process_count_per_instance: 2}",
        ["2: distribution.process_count_per_instance: TensorFlow's processes are counted by worker_count."],
    ),
    (
        "command: a\ndistribution: {type: mpi, worker_count: 2}",
        ["2: distribution.worker_count: It belongs"],
    ),
    ("command: ${{inputs.x}}", ["1: command: '${{inputs.x}}' stands for nothing."]),
    (
        "command: a\ninputs: {rate: 1}\nenvironment_variables: {A: '${{inputs.rat}}'}",
        ["3: environment_variables.A: '${{inputs.rat}}' stands for nothing. Did you mean 'inputs.rate'?"],
    ),
    ("command: a\ninputs: {a-b: 1}", ["2: inputs.a-b: The name must begin with a letter"]),
    ("command: a\ninputs: {a: [1]}", ["2: inputs.a: It must be a value, or a mapping"]),
    (
        "command: a\ninputs: {a: {type: uri_fil, path: 'https://host'}}",
        ["2: inputs.a.type: 'uri_fil' is not one of uri_folder, uri_file"],
    ),
    ("command: a\ninputs: {a: {type: integer, default: x}}", ["2: inputs.a.default: It must be an integer"]),
    (
        "command: a\ninputs: {a: {type: number, default: 3, max: 2}}",
        ["2: inputs.a.default: It must be at most 2"],
    ),
    ("command: a\noutputs: {a: 3}", ["2: outputs.a: It must be a mapping, or empty"]),
    (
        "command: a\nenvironment: {image: x, channels: [a]}",
        ["2: environment.channels: 'channels' belongs into"],
    ),
    (
        "command: a\nenvironment: {}",
        ["2: environment: It needs one of image, conda_file, build and requirements."],
    ),
    ("command: a\nenvironment: {image: x, requirements: [y]}", ["2: environment.requirements: 'image' and"]),
    (
        "command: a\nenvironment: {requirements: [x], python: 3}",
        ["2: environment.python: '3' is no version of Python"],
    ),
    (
        "command: a\nenvironment: {conda_file: nowhere.yml}",
        ["2: environment.conda_file: 'nowhere.yml' is"],
    ),
    ("command: a\nretries: {count: -1}", ["2: retries.count: It must be at least 0, and is -1."]),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_is_wrong_is_told_with_its_line(text: str, expected: list[str]) -> None:
    found = problems(text)
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(f"job.yml:{start}"), line


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        """\
        comand: x
        code: nowhere
        resources: {instance_count: 0}
        inputs: {a: {type: uri_file, path: missing.csv}}
        """,
        tmp_path,
    )
    assert [line.split(":")[1] for line in found] == ["1", "1", "2", "3", "4"]


def test_values_are_set_from_outside() -> None:
    text = "command: echo ${{inputs.lr}}\ninputs: {lr: 1}"
    job = command(text, None, "inputs.lr=0.5", "tags.a=b", "limits.timeout=5", "display_name=")
    assert (job.inputs["lr"].value, job.tags, job.timeout) == (0.5, {"a": "b"}, 5.0)
    assert problems(text, None, "inputs.lr.x=1") == [
        "--set:1: inputs.lr.x: 'inputs.lr' is no mapping: nothing inside of it can be set."
    ]
    assert problems(text, None, "environment=file:e.yml", "environment.image=x")[0].startswith(
        "--set:1: environment"
    )
    assert problems(text, None, "inputs") == ["--set:1: inputs: It must be as inputs.lr=0.1."]
    assert problems(text, None, "nonsense=1")[0].startswith("--set:1: nonsense: There is no such field here.")
    assert problems(text, None, "limits.timeout=x")[0].startswith(
        "--set:1: limits.timeout: It must be an integer"
    )


def test_parts_may_be_in_other_files(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "env.yml").write_text("image: python:3.11\nbad: 1\n")
    (tmp_path / "parts" / "good.yml").write_text("conda_file: conda.yml\n")
    (tmp_path / "parts" / "conda.yml").write_text("dependencies: [numpy]\n")
    found = problems("command: a\nenvironment: file:parts/env.yml", tmp_path)
    assert found[0].startswith(
        "env.yml:2: environment.bad: There is no such field here. It may have $schema, build"
    )
    job = command("command: a\nenvironment: file:parts/good.yml", tmp_path)
    assert job.task.environment is not None and job.task.environment.conda == {"dependencies": ["numpy"]}
    assert "There is no" in problems("command: a\nenvironment: file:no.yml", tmp_path)[0]


def test_a_build_context_is_read_in(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / "Dockerfile").write_text("FROM python:3.11\nRUN pip install -r requirements.txt\n")
    (tmp_path / "docker" / "requirements.txt").write_text("six\n")
    (tmp_path / "docker" / "picture.png").write_bytes(b"\xff\xfe\x00")
    job = command("command: a\nenvironment: {build: {path: docker}, name: x, version: 3}", tmp_path)
    assert job.task.environment is not None
    assert job.task.environment.files == {"requirements.txt": "six\n"}
    assert problems("command: a\nenvironment: {build: {path: docker, dockerfile_path: D}}", tmp_path) == [
        f"job.yml:2: environment.build.dockerfile_path: There is no '{tmp_path / 'docker' / 'D'}'."
    ]


def test_anchors_merges_and_words_of_yaml() -> None:
    job = command(
        """
        x: &base {a: 1, b: 2}
        command: a
        environment_variables: {<<: *base, b: 3, yes: on, date: 2020-01-01}
        """.replace("x: &base", "properties: &base")
    )
    assert job.task.environment_variables == {"a": "1", "b": "3", "yes": "true", "date": "2020-01-01"}


def test_a_file_that_stands_for_billions_is_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join(['*' + old] * 10)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert "more than 100,000 values" in problems("\n".join(["command: a", *lines]))[0]


def test_clouds_are_explained_or_refused() -> None:
    text = "command: a\ncode: azureml:code:1\ninputs: {x: {path: azureml:data@latest}, y: {path: 'wasbs://a@b/c'}}"
    loaded = load(text)
    assert [warning.field for warning in loaded.warnings] == ["code", "inputs.x.path", "inputs.y.path"]
    assert len(problems(text, strict=True)) == 3


def test_old_expressions_are_read_as_new_ones() -> None:
    loaded = load("command: echo {inputs.a} ${{inputs.a}} ${x}\ninputs: {a: 1}")
    assert isinstance(loaded.job, CommandJob)
    assert loaded.job.task.command == "echo ${{inputs.a}} ${{inputs.a}} ${x}"
    assert len(loaded.warnings) == 1


SWEEP = """
type: sweep
trial:
  command: python x.py ${{search_space.lr}} ${{search_space.units}} ${{inputs.n}}
inputs: {n: 3}
sampling_algorithm: {type: random, seed: 5, rule: sobol}
search_space:
  lr: {type: loguniform, min_value: -6, max_value: -1}
  c: {type: choice, values: [{units: 1}, {units: 2}]}
  r: {type: randint, upper: 10}
  q: {type: qnormal, mu: 0, sigma: 1, q: 0.5}
objective: {goal: maximize, primary_metric: acc}
early_termination: {type: bandit, slack_factor: 0.1, evaluation_interval: 2, delay_evaluation: 5}
limits: {max_total_trials: 20, max_concurrent_trials: 4, timeout: 100, trial_timeout: 10}
"""


def test_a_sweep() -> None:
    job = load(SWEEP).job
    assert isinstance(job, SweepJob)
    assert job.sampling_algorithm == entities.Sampling(type="random", seed=5, rule="sobol")
    assert job.search_space["lr"] == entities.Distributed(type="loguniform", min_value=-6.0, max_value=-1.0)
    assert job.search_space["c"].values == [{"units": 1}, {"units": 2}]
    assert (job.max_total_trials, job.max_concurrent_trials, job.timeout, job.trial_timeout) == (
        20,
        4,
        100.0,
        10.0,
    )
    assert job.early_termination == entities.EarlyTermination(
        type="bandit", slack_factor=0.1, evaluation_interval=2, delay_evaluation=5
    )
    assert entities.decode(entities.encode(job)) == job


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("type: loguniform", "type: logunifor", "search_space.lr.type: 'logunifor' is not one of"),
        ("max_value: -1", "max_value: -9", "search_space.lr.max_value: It must be above min_value, -6"),
        ("upper: 10", "uper: 10", "search_space.r: The field 'upper' is missing."),
        (
            "values: [{units: 1}, {units: 2}]",
            "values: []",
            "search_space.c.values: It must be a list of at least one",
        ),
        ("{type: random, seed: 5, rule: sobol}", "grid", "search_space.lr.type: A grid takes choice alone"),
        ("goal: maximize", "goal: max", "objective.goal: 'max' is not one of minimize, maximize."),
        ("slack_factor: 0.1", "slack_factor: 0.1, slack_amount: 1", "early_termination: Bandit needs"),
        ("objective: {goal: maximize, primary_metric: acc}", "", "The field 'objective' is missing."),
        (
            "search_space.lr}}",
            "search_space.lt}}",
            "trial.command: '${{search_space.lt}}' stands for nothing.",
        ),
    ],
)
def test_what_is_wrong_in_a_sweep(old: str, new: str, message: str) -> None:
    assert old in SWEEP
    found = problems(SWEEP.replace(old, new))
    assert any(message in line for line in found), found


PIPELINE = """
type: pipeline
inputs: {lr: 0.1, data: {path: https://host/data}}
outputs: {model: }
settings: {continue_on_step_failure: false, default_compute: azureml:cpu}
jobs:
  last:
    command: cat ${{inputs.model}}
    inputs: {model: "${{parent.jobs.train.outputs.model}}"}
  train:
    component: train.yml
    inputs: {data: "${{parent.jobs.clean.outputs.data}}", epochs: 5}
    outputs: {model: "${{parent.outputs.model}}"}
    resources: {instance_count: 2}
  clean:
    command: cp ${{inputs.raw}} ${{outputs.data}}
    inputs: {raw: {type: uri_file, path: "${{parent.inputs.data}}"}}
    outputs: {data: }
"""
COMPONENT = """
type: command
name: train
version: 3
display_name: Train
inputs:
  data: {type: uri_folder}
  epochs: {type: integer, default: 1, min: 1}
  note: {type: string, optional: true}
outputs: {model: {type: mlflow_model}}
command: python train.py ${{inputs.data}} ${{inputs.epochs}} $[[--note ${{inputs.note}}]] ${{outputs.model}}
"""


def test_a_pipeline(tmp_path: Path) -> None:
    (tmp_path / "train.yml").write_text(COMPONENT)
    job = load(PIPELINE, tmp_path).job
    assert isinstance(job, PipelineJob)
    train = job.jobs["train"]
    assert isinstance(train, CommandJob)
    assert (train.name, train.display_name) == (None, "Train")
    assert train.inputs["epochs"].value == 5
    assert train.inputs["data"].binding == "${{parent.jobs.clean.outputs.data}}"
    assert (train.outputs["model"].type, train.outputs["model"].binding) == (
        "mlflow_model",
        "${{parent.outputs.model}}",
    )
    assert train.task.resources.instance_count == 2
    assert job.settings == entities.PipelineSettings(default_compute="cpu", continue_on_step_failure=False)
    assert sorted_steps(job) == ["clean", "train", "last"]
    assert needs(job, "train") == {"clean"}
    assert entities.decode(entities.encode(job)) == job


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "jobs.train.outputs.model",
            "jobs.trian.outputs.model",
            "There is no step 'trian'. Did you mean 'train'?",
        ),
        (
            "jobs.train.outputs.model",
            "jobs.train.outputs.modl",
            "The step 'train' has no output 'modl'. Did you mean",
        ),
        ("parent.inputs.data", "parent.inputs.dat", "The pipeline has no input 'dat'. Did you mean 'data'?"),
        ("parent.outputs.model", "parent.outputs.m", "The pipeline has no output 'm'."),
        ("epochs: 5", "epoch: 5", "The component has no input 'epoch'. Did you mean 'epochs'?"),
        (
            '"${{parent.inputs.data}}"',
            '"${{parent.jobs.last.outputs.artifacts}}"',
            "Steps wait for each other: clean",
        ),
        ("component: train.yml", "component: azureml:train:1", "is registered in the cloud"),
        ("component: train.yml", "component: no.yml", "There is no '"),
        ("command: cat", "comand: cat", "jobs.last.comand: There is no such field here."),
    ],
)
def test_what_is_wrong_in_a_pipeline(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "train.yml").write_text(COMPONENT)
    assert old in PIPELINE
    found = problems(PIPELINE.replace(old, new), tmp_path)
    assert any(message in line for line in found), found


def test_a_problem_in_a_component_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "train.yml").write_text(COMPONENT.replace("min: 1", "mim: 1"))
    found = problems(PIPELINE, tmp_path)
    assert found[0].startswith(
        "train.yml:8: jobs.train.component.inputs.epochs.mim: There is no such field here."
    )


def test_a_pipeline_that_contains_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.yml").write_text("type: pipeline\njobs: {a: {component: p.yml}, b: {component: p.yml}}")
    found = problems((tmp_path / "p.yml").read_text(), tmp_path)
    assert len(found) == 4 and all("The pipeline of 'p.yml' contains itself." in line for line in found)
    (tmp_path / "p.yml").write_text("type: pipeline\njobs: {a: 'file:p.yml', b: 'file:p.yml'}")
    assert "contains itself" in problems((tmp_path / "p.yml").read_text(), tmp_path)[0]


def test_pipelines_are_nested_ten_deep_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        text = "{type: command, command: a}"
        for _ in range(depth):
            text = f"{{type: pipeline, jobs: {{a: {text}}}}}"
        return text

    assert isinstance(load(nested(11)).job, PipelineJob)
    assert "nested more than 10 deep" in problems(nested(12))[0]


NAMES = st.sampled_from(
    "type command code environment inputs outputs jobs trial search_space objective limits resources distribution "
    "sampling_algorithm early_termination settings tags image conda_file build path mode component timeout x".split()
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["command", "sweep", "pipeline", "file:x", "${{inputs.x}}", "grid"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_whatever_stands_in_a_file_is_a_job_or_a_problem(content: dict[str, Any]) -> None:
    try:
        job = load_job_text(yaml.safe_dump(content), None).job
    except JobFileError as error:
        assert error.problems
    else:
        assert entities.decode(entities.encode(job)) == job


@given(st.text(max_size=60))
def test_whatever_the_text_is(text: str) -> None:
    try:
        load_job_text(text, None)
    except JobFileError as error:
        assert error.problems
