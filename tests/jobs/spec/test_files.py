"""Whole files as they are written for the hosted service."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.jobs import entities
from runyard.jobs.entities import CommandJob, Distribution, PipelineJob, SweepJob
from runyard.jobs.spec import JobFileError, Loaded, load_job
from runyard.jobs.spec.checks import needs, sorted_steps
from runyard.jobs.spec.mapping import map_environment

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize(
    "path", sorted(FILES.glob("*/job.yml")) + sorted(FILES.glob("*/pipeline.yml")), ids=str
)
def test_a_file_of_the_hosted_service(path: Path) -> None:
    job = load_job(path).job
    assert entities.decode(entities.encode(job)) == job
    tasks: list[entities.Command] = []
    if isinstance(job, CommandJob):
        tasks = [job.task]
    elif isinstance(job, SweepJob):
        tasks = [job.trial]
    else:
        assert len(job.jobs) >= 10
        tasks = [step.task for step in job.jobs.values() if isinstance(step, CommandJob)]
    for task in tasks:
        plan = map_environment(task.environment)
        assert plan.uses_current or plan.requirements


def read(name: str, *overrides: str, strict: bool = False) -> Loaded:
    loaded = load_job(FILES / name, overrides, strict)
    assert entities.decode(entities.encode(loaded.job)) == loaded.job
    return loaded


def command(name: str) -> CommandJob:
    job = read(name).job
    assert isinstance(job, CommandJob)
    return job


def test_a_command_in_a_curated_environment() -> None:
    job = command("command.yml")
    assert job.task.code == str(FILES / "src")
    assert job.task.command.startswith("python fit_model.py --iris-csv ${{inputs.iris_csv}} --learning-rate")
    assert job.tags == {"team": "flowers", "release": "1.10"}
    plan = map_environment(job.task.environment)
    assert plan.requirements[0] == "lightgbm" and not plan.uses_current


def test_a_command_with_a_conda_file() -> None:
    job = command("sklearn.yml")
    assert job.inputs["diabetes_csv"].path == str(FILES / "data" / "iris.csv")
    assert (job.timeout, job.task.environment_variables["VERBOSE"]) == (3600.0, "true")
    plan = map_environment(job.task.environment)
    assert plan.python == "3.10"
    # Lines of the file that conda's pip names are there, since no runner has the file.
    assert plan.requirements == [
        "scikit-learn==1.5.*",
        "mlflow==2.9.2",
        "runyard-mlflow",
        'pandas>=2,<3 ; python_version >= "3.9"',
        "matplotlib",
    ]


def test_two_nodes_of_pytorch() -> None:
    loaded = read("pytorch.yml")
    assert isinstance(loaded.job, CommandJob)
    task = loaded.job.task
    assert task.distribution == Distribution(type="pytorch", process_count_per_instance=4)
    assert (task.resources.instance_count, task.resources.shm_size) == (2, "8g")
    told = {warning.field: warning.line for warning in loaded.warnings}
    assert told == {"inputs.cifar.path": 9, "services.board": 21, "identity": 24, "queue_settings": 26}
    with pytest.raises(JobFileError) as raised:
        read("pytorch.yml", strict=True)
    assert {problem.field for problem in raised.value.problems} == set(told)


def test_a_sweep() -> None:
    job = read("sweep.yml", "limits.max_total_trials=3", "limits.max_concurrent_trials=3").job
    assert isinstance(job, SweepJob)
    assert (job.max_total_trials, job.max_concurrent_trials, job.trial_timeout) == (3, 3, 600.0)
    assert list(job.search_space) == ["learning_rate", "boosting", "depth"]
    assert job.trial.code == str(FILES / "src")


def test_a_pipeline_of_ten_steps() -> None:
    loaded = read("pipeline.yml")
    job = loaded.job
    assert isinstance(job, PipelineJob) and loaded.warnings == []
    assert sorted_steps(job) == [
        "fetch",
        "prepare",
        "split",
        "train",
        "score",
        "report",
        "tune",
        "score_tuned",
        "greet",
        "publish",
    ]
    assert needs(job, "score_tuned") == {"tune", "split"}
    assert needs(job, "publish") == {"report", "greet"}
    assert job.settings.default_compute == "cpu-cluster"


def test_what_steps_say_of_their_components() -> None:
    job = read("pipeline.yml").job
    assert isinstance(job, PipelineJob)
    train = job.jobs["train"]
    assert isinstance(train, CommandJob)
    assert (train.name, train.display_name, train.compute) == (None, "Train", "gpu-cluster")
    assert train.task.resources.instance_count == 2
    assert train.task.distribution == Distribution(type="mpi")
    assert train.task.environment_variables == {"OMP_NUM_THREADS": "2"}
    values = {name: given.value for name, given in train.inputs.items() if given.binding is None}
    assert values == {"rate": 0.1, "kernel": "linear", "note": "first", "shuffle": True}
    # A binding has the type that the component asks for.
    score = job.jobs["score"]
    assert (score.inputs["model"].type, score.inputs["model"].binding) == (
        "mlflow_model",
        "${{parent.jobs.train.outputs.model}}",
    )


def test_a_trial_of_a_component_finds_its_inputs_in_the_search_space() -> None:
    job = read("pipeline.yml").job
    assert isinstance(job, PipelineJob)
    tune = job.jobs["tune"]
    assert isinstance(tune, SweepJob)
    assert "--rate ${{search_space.rate}} --kernel ${{search_space.kernel}}" in tune.trial.command
    assert "--epochs ${{inputs.epochs}}" in tune.trial.command
    assert set(tune.inputs) == {"rows", "epochs", "note", "shuffle"}
    assert tune.outputs["model"].type == "mlflow_model"


def test_a_pipeline_inside_of_a_pipeline() -> None:
    job = read("pipeline.yml").job
    assert isinstance(job, PipelineJob)
    report = job.jobs["report"]
    assert isinstance(report, PipelineJob)
    assert report.inputs["scores"].type == "uri_file" and report.inputs["title"].value == "Report"
    assert report.outputs["page"].binding == "${{parent.outputs.page}}"
    assert sorted_steps(report) == ["draw"]


def test_a_step_of_a_file_can_be_changed_and_its_component_can_not() -> None:
    job = read("pipeline.yml", "jobs.train.inputs.epochs=7", "inputs.trainer=big").job
    assert isinstance(job, PipelineJob)
    assert (job.jobs["train"].inputs["epochs"].value, job.jobs["train"].compute) == (7, "big")
    with pytest.raises(JobFileError) as raised:
        read("pipeline.yml", "jobs.train.component.command=x")
    assert "is a reference to the file 'components/train.yml'" in str(raised.value)
