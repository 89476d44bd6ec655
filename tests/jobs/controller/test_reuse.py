"""When two steps are the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runyard.jobs.controller import bindings
from runyard.jobs.controller.reuse import reuse_key
from runyard.jobs.entities import SNAPSHOT_PROPERTY, Command, CommandJob, Input, Output, PipelineJob


def step(**more: object) -> CommandJob:
    found = CommandJob(
        task=Command(command="train", code="/home/me/src"),
        inputs={"n": Input(type="literal", value=1), "data": Input(path="azureml://jobs/j/outputs/o")},
        outputs={"model": Output()},
        properties={SNAPSHOT_PROPERTY: "a" * 64},
    )
    for name, value in more.items():
        setattr(found, name, value)
    return found


def changed(change: Callable[[CommandJob], object]) -> CommandJob:
    found = step()
    change(found)
    return found


def test_what_does_not_change_what_a_step_does() -> None:
    same = step(name="x", display_name="y", tags={"a": "b"}, compute="big", timeout=3.0, description="z")
    same.task.code = "/tmp/other"
    assert reuse_key(same) == reuse_key(step())


@pytest.mark.parametrize(
    "change",
    [
        lambda job: setattr(job.task, "command", "test"),
        lambda job: job.task.environment_variables.update(A="b"),
        lambda job: job.properties.update({SNAPSHOT_PROPERTY: "b" * 64}),
        lambda job: job.inputs.update(n=Input(type="literal", value=2)),
        lambda job: job.inputs.update(data=Input(path="azureml://jobs/k/outputs/o")),
        lambda job: job.outputs.update(more=Output()),
    ],
)
def test_what_makes_another_step_of_it(change: Callable[[CommandJob], object]) -> None:
    made = changed(change)
    assert reuse_key(made) != reuse_key(step())
    outer = [PipelineJob(jobs={"a": made}), PipelineJob(jobs={"a": step()})]
    assert reuse_key(outer[0]) != reuse_key(outer[1])


def test_a_local_file_that_was_written_again(tmp_path: Path) -> None:
    def key() -> str:
        job = step(inputs={"data": Input(path=str(tmp_path))})
        return reuse_key(PipelineJob(jobs={"a": job}))

    (tmp_path / "data.csv").write_text("1,2")
    before = key()
    assert key() == before
    (tmp_path / "data.csv").write_text("1,2,3")
    assert key() != before


def test_an_input_of_a_step_takes_the_place_of_another() -> None:
    first = step(inputs={"n": Input(binding="${{parent.inputs.count}}", mode="download")})
    second = step(
        inputs={
            "n": Input(binding="${{parent.jobs.first.inputs.n}}"),
            "all": Input(binding="${{parent.jobs.first.outputs.artifacts}}", mode="direct"),
        },
        outputs={"model": Output(binding="${{parent.outputs.model}}")},
        compute="${{parent.inputs.where}}",
    )
    pipeline = PipelineJob(
        jobs={"second": second, "first": first},
        inputs={"count": Input(type="literal", value=3), "where": Input(type="literal", value="big")},
        outputs={"model": Output()},
    )
    bindings.check(pipeline)
    found = bindings.resolved(pipeline, "second", lambda step, name: f"azureml://{step}/{name}")
    assert found.inputs == {
        "n": Input(type="literal", value=3),
        "all": Input(path="azureml://first/artifacts", mode="direct"),
    }
    assert (found.compute, found.outputs["model"].binding) == ("big", None)
    # The pipeline's own are as they were.
    assert pipeline.jobs["second"].inputs["n"].binding == "${{parent.jobs.first.inputs.n}}"
