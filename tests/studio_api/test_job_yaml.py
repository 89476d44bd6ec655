from __future__ import annotations

import pytest

from runyard.jobs.entities import CommandJob, decode, encode
from runyard.jobs.spec import load_job_text
from runyard.studio_api.job_yaml import job_yaml

FULL = """\
display_name: größte
experiment_name: digits
description: |
  A **note**.
  And more.
tags: {team: vision, number: '3'}
command: |
  cd x
  python train.py --lr ${{inputs.lr}}
environment: {requirements: [numpy, 'mlflow>=3'], python: '3.11'}
environment_variables: {A: '1', B: x}
distribution: {type: pytorch, process_count_per_instance: 2}
resources: {instance_count: 2, cpus: 1.5, memory: 2g}
inputs:
  lr: 0.1
  on: true
  word: 'yes'
  data: {type: uri_file, path: /data/x.csv, mode: download}
outputs: {model: {type: mlflow_model}, other: }
limits: {timeout: 60}
retries: {count: 2}
compute: big
"""


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        "command: ls\n",
        "command: ls\nenvironment: azureml:sklearn@latest\n",
        "command: ls\nenvironment: {image: 'python:3.12', conda_file: {dependencies: [numpy]}}\n",
        "command: ls\ncode: https://example.org/code.git#main\n",
    ],
)
def test_what_is_written_is_read_as_the_same_job(text: str) -> None:
    job = load_job_text(text, None).job
    written = job_yaml(job, has_code=False)
    assert encode(load_job_text(written, None).job) == encode(job)


def test_local_code_is_named_where_there_is_some() -> None:
    job = load_job_text("command: ls\n", None).job
    assert "code: .\n" in job_yaml(job, has_code=True)
    assert "code" not in job_yaml(job, has_code=False)


def test_a_trial_has_the_values_that_were_chosen_for_it() -> None:
    job = load_job_text("command: ls\n", None).job
    assert isinstance(job, CommandJob)
    job.task.command = "train --lr ${{ search_space.lr }} --depth ${{search_space.depth}}"
    job.properties = {"runyard.search_space.lr": "0.1"}
    job.tags = {"runyard.trial": "1", "team": "vision"}
    written = job_yaml(job, has_code=False)
    assert "tags:\n  team: vision\n" in written
    assert "runyard" not in written
    assert "train --lr 0.1 --depth ${{search_space.depth}}" in written


def test_nothing_is_written_where_files_are_needed() -> None:
    built = '{"type":"command","task":{"command":"ls","environment":{"dockerfile":"FROM python"}}}'
    assert job_yaml(decode(built), has_code=False) == ""
    sweep = load_job_text(
        "type: sweep\ntrial: {command: ls}\nsampling_algorithm: grid\n"
        "search_space: {lr: {type: choice, values: [1]}}\n"
        "objective: {primary_metric: loss, goal: minimize}\n",
        None,
    ).job
    assert job_yaml(sweep, has_code=False) == ""
