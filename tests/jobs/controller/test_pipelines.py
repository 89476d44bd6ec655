"""Pipelines for real."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from runyard.job_entities import JobInfo
from runyard.jobs.client import Client
from runyard.jobs.entities import Input, Output, PipelineJob
from runyard.jobs.spec import load_job_text
from runyard.jobs.supervisor.order import read_status
from tests.faults.server import Server
from tests.jobs.controller.test_sweeps import LOG, data
from tests.jobs.running.jobs import LONG, artifact, command, node_folder, until


def submit(server: Server, text: str, folder: Path | None = None) -> str:
    return Client(server.address).submit(load_job_text(text, folder).job, text).name


def run(server: Server, text: str, folder: Path | None = None) -> JobInfo:
    return Client(server.address).wait(submit(server, text, folder), LONG)


def states(server: Server, name: str) -> dict[str, str]:
    found = Client(server.address).listed(parent=name)
    return {job.name.removeprefix(f"{name}_"): job.state for job in found}


TEN = """
type: pipeline
experiment_name: ten
inputs: {word: hello}
outputs: {all: }
jobs:
  a: {command: 'echo ${{inputs.w}} > ${{outputs.o}}/f', inputs: {w: '${{parent.inputs.word}}'}, outputs: {o: }}
""" + "".join(
    f"""  {name}:
    command: '{command}cat ${{{{inputs.i}}}}/f > ${{{{outputs.o}}}}/f; echo {name} >> ${{{{outputs.o}}}}/f'
    inputs: {{i: '${{{{parent.jobs.{need}.outputs.o}}}}'}}
    outputs: {{o: {'"${{parent.outputs.all}}"' if name == "h" else ""}}}
"""
    for name, need, command in (
        ("b", "a", ""),
        ("c", "a", "exit 4; "),
        ("d", "b", ""),
        ("e", "c", ""),
        ("f", "e", ""),
        ("g", "d", ""),
        ("h", "g", ""),
        ("i", "d", ""),
        ("j", "b", ""),
    )
)


def test_ten_steps_of_which_one_fails(server: Server) -> None:
    done = run(server, TEN)
    assert (done.state, done.reason) == ("Failed", "steps")
    assert done.message == "Of 10 steps failed: c; left out: e, f."
    assert states(server, done.name) == {"c": "Failed"} | dict.fromkeys("abdghij", "Completed")
    h = Client(server.address).get(f"{done.name}_h")
    assert artifact(server, h, "named-outputs/o/f") == b"hello\nb\nd\ng\nh\n"
    _, tags = data(server, done.name)
    assert tags["runyard.output.all"] == f"azureml://jobs/{done.name}_h/outputs/o"
    _, tags = data(server, h.name)
    assert (tags["mlflow.parentRunId"], tags["runyard.step"]) == (done.name, "h")


def test_the_first_failure_may_end_all(server: Server) -> None:
    text = """
type: pipeline
settings: {continue_on_step_failure: false}
jobs:
  slow: {command: sleep 60}
  bad: {command: sleep 0.5; exit 1}
  after: {command: 'true', inputs: {i: '${{parent.jobs.slow.outputs.artifacts}}'}}
"""
    done = run(server, text)
    assert (done.state, states(server, done.name)) == ("Failed", {"slow": "Canceled", "bad": "Failed"})
    slow = Client(server.address).get(f"{done.name}_slow")
    assert slow.message == "Canceled, as the step 'bad' has failed."


REUSED = """
type: pipeline
experiment_name: reuse
inputs: {n: 1}
settings: {force_rerun: FORCE}
jobs:
  a: {command: 'echo made ${{inputs.n}} > ${{outputs.o}}/f', inputs: {n: '${{parent.inputs.n}}'}, outputs: {o: }}
  b: {command: 'cat ${{inputs.i}}/f; echo THIS', inputs: {i: '${{parent.jobs.a.outputs.o}}'}}
"""


def test_steps_that_are_unchanged_are_not_run_again(server: Server) -> None:
    text = REUSED.replace("FORCE", "false")
    first = run(server, text)
    assert states(server, first.name) == {"a": "Completed", "b": "Completed"}
    again = run(server, text)
    assert (again.state, states(server, again.name)) == ("Completed", {})
    _, tags = data(server, again.name)
    assert tags["runyard.reused.a"] == f"{first.name}_a"
    elsewhere = run(server, text.replace("experiment_name: reuse", "experiment_name: elsewhere"))
    assert (elsewhere.state, states(server, elsewhere.name)) == ("Completed", {})
    changed = run(server, text.replace("THIS", "that"))
    assert states(server, changed.name) == {"b": "Completed"}
    b = Client(server.address).get(f"{changed.name}_b")
    assert artifact(server, b, "user_logs/std_log.txt") == b"made 1\nthat\n"
    other = run(server, text.replace("n: 1", "n: 2"))
    assert states(server, other.name) == {"a": "Completed", "b": "Completed"}
    forced = run(server, REUSED.replace("FORCE", "true"))
    assert states(server, forced.name) == {"a": "Completed", "b": "Completed"}
    # What has read the outputs of another job is another step.
    again = run(server, text)
    _, tags = data(server, again.name)
    assert [tags[f"runyard.reused.{step}"] for step in "ab"] == [f"{forced.name}_{step}" for step in "ab"]


def test_pipelines_hold_pipelines_sweeps_and_code(server: Server, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "make.sh").write_text("echo from code $1 > $2/f")
    (tmp_path / "src" / "log.py").write_text(LOG)
    (tmp_path / "inner.yml").write_text(
        """
type: pipeline
inputs: {word: {type: string}}
outputs: {o: }
jobs:
  make:
    command: sh make.sh ${{inputs.word}} ${{outputs.made}}
    code: src
    inputs: {word: '${{parent.inputs.word}}'}
    outputs: {made: '${{parent.outputs.o}}'}
"""
    )
    text = """
type: pipeline
inputs: {word: deep}
jobs:
  inner: {type: pipeline, component: inner.yml, inputs: {word: '${{parent.inputs.word}}'}}
  sweep:
    type: sweep
    trial:
      code: src
      command: >-
        cp ${{inputs.i}}/f ${{outputs.o}}/f && echo ${{search_space.x}} >> ${{outputs.o}}/f &&
        python log.py 0 ${{search_space.x}}
    inputs: {i: '${{parent.jobs.inner.outputs.o}}'}
    outputs: {o: }
    sampling_algorithm: grid
    search_space: {x: {type: choice, values: [3, 2]}}
    objective: {goal: minimize, primary_metric: loss}
  last: {command: 'cat ${{inputs.i}}/f', inputs: {i: '${{parent.jobs.sweep.outputs.o}}'}}
"""
    done = run(server, text, tmp_path)
    assert (done.state, done.message) == ("Completed", "")
    last = Client(server.address).get(f"{done.name}_last")
    assert artifact(server, last, "user_logs/std_log.txt") == b"from code deep\n2\n"


@pytest.mark.faults
def test_a_controller_and_a_server_that_are_killed(own_server: Server) -> None:
    server = own_server
    text = """
type: pipeline
jobs:
  a: {command: 'sleep 0.5; echo x > ${{outputs.o}}/f', outputs: {o: }}
  b: {command: 'sleep 0.5; cat ${{inputs.i}}/f', inputs: {i: '${{parent.jobs.a.outputs.o}}'}}
"""
    name = submit(server, text)
    for step in "ab":
        until(lambda: states(server, name).get(step) == "Running")  # noqa: B023
        status = read_status(node_folder(server, name))
        assert status is not None
        os.kill(status.pid, signal.SIGKILL)
        if step == "a":
            server.kill()
            server.start()
    done = Client(server.address).wait(name, LONG)
    assert (done.state, states(server, name)) == ("Completed", {"a": "Completed", "b": "Completed"})


def test_cancel_ends_the_steps_first(server: Server) -> None:
    name = submit(server, "type: pipeline\njobs: {a: {command: sleep 60}}")
    until(lambda: states(server, name).get("a") == "Running")
    Client(server.address).cancel(name)
    done = Client(server.address).wait(name, LONG)
    assert (done.state, states(server, name)) == ("Canceled", {"a": "Canceled"})


def test_a_pipeline_has_a_limit_of_time(server: Server) -> None:
    text = """
type: pipeline
limits: {timeout: 1}
jobs:
  a: {command: sleep 60, outputs: {o: }}
  b: {command: 'true', inputs: {i: '${{parent.jobs.a.outputs.o}}'}}
"""
    done = run(server, text)
    message = "The pipeline ran for longer than its limit of 1 seconds."
    assert (done.state, done.reason, done.message) == ("Canceled", "timeout", message)
    assert states(server, done.name) == {"a": "Canceled"}


def test_a_step_whose_name_is_taken(server: Server) -> None:
    Client(server.address).wait(Client(server.address).submit(command("true", name="taken_a")).name, LONG)
    done = run(server, "type: pipeline\nname: taken\njobs: {a: {command: echo taken}}")
    assert (done.state, done.reason) == ("Failed", "pipeline")
    assert done.message == "Its job 'taken_a' can't be begun: another run has this name."


@pytest.mark.parametrize(
    ("binding", "message"),
    [
        ("${{parent.inputs.n}}", "jobs.a.inputs.i: '${{parent.inputs.n}}' names nothing."),
        ("${{parent.jobs.a.outputs.o}}", "jobs: steps wait for each other: a."),
    ],
)
def test_a_pipeline_that_no_file_was_checked_of(server: Server, binding: str, message: str) -> None:
    step = command("true")
    step.inputs["i"] = Input(binding=binding)
    step.outputs["o"] = Output()
    job = PipelineJob(jobs={"a": step})
    done = Client(server.address).wait(Client(server.address).submit(job).name, LONG)
    assert (done.state, done.reason) == ("Failed", "pipeline")
    assert done.message.startswith(message)


def test_what_is_to_run_anew_is_so_in_pipelines_inside(server: Server, tmp_path: Path) -> None:
    (tmp_path / "inner.yml").write_text("type: pipeline\njobs: {a: {command: echo inside}}")
    text = """
type: pipeline
settings: {force_rerun: FORCE}
jobs: {inner: {type: pipeline, component: inner.yml}}
"""
    for force, inner in (("false", "Completed"), ("true", "Completed"), ("false", None)):
        done = run(server, text.replace("FORCE", force), tmp_path)
        assert done.state == "Completed"
        assert states(server, done.name).get("inner") == inner
        assert states(server, f"{done.name}_inner").get("a") == inner
