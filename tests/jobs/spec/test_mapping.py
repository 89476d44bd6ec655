"""What stands for a cloud's computes and environments."""

from __future__ import annotations

from typing import Any

import pytest

from runyard.jobs.entities import Environment
from runyard.jobs.spec.mapping import EnvironmentNotMapped, map_compute, map_environment


@pytest.mark.parametrize(
    ("given", "known", "chosen", "guesses"),
    [
        (None, (), "local", False),
        ("local", (), "local", False),
        ("serverless", (), "local", False),
        ("azureml:gpu", ("local", "gpu"), "gpu", False),
        ("gpu", ("local", "gpu"), "gpu", False),
        ("azureml:gpu-cluster", ("local",), "local", True),
    ],
)
def test_computes(given: str | None, known: tuple[str, ...], chosen: str, guesses: bool) -> None:
    found = map_compute(given, known)
    assert (found.value, found.is_guess) == (chosen, guesses)
    assert given is None or given.removeprefix("azureml:") in found.message


def test_no_environment_is_the_runners_own() -> None:
    assert map_environment(None).uses_current
    assert map_environment(Environment(reference="current")).uses_current


@pytest.mark.parametrize(
    ("reference", "package", "python"),
    [
        ("azureml://registries/azureml/environments/sklearn-1.5/labels/latest", "scikit-learn", None),
        ("azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu@latest", "scikit-learn", "3.8"),
        ("AzureML-lightgbm-3.3@latest", "lightgbm", None),
        ("azureml:AzureML-acpt-pytorch-2.2-cuda12.1@latest", "torch", None),
        ("azureml:AzureML-tensorflow-2.16-cuda12@latest", "tensorflow", None),
        ("azureml:AzureML-minimal-py311-inference:1", "mlflow", "3.11"),
    ],
)
def test_curated_names(reference: str, package: str, python: str | None) -> None:
    plan = map_environment(Environment(reference=reference))
    assert package in plan.requirements
    assert "mlflow" in plan.requirements
    assert plan.python == python
    assert plan.decisions[0].is_guess and reference in plan.decisions[0].message


def test_a_name_that_says_nothing_is_an_error() -> None:
    with pytest.raises(
        EnvironmentNotMapped, match="Nothing here stands for the environment 'azureml:ours:3'"
    ):
        map_environment(Environment(reference="azureml:ours:3"))


def test_requirements_are_taken_as_they_are_but_for_the_clouds() -> None:
    lines = [
        "numpy>=1",
        "# a comment",
        "",
        "azureml-mlflow==1.5",
        "azureml.core",
        "-i https://x/simple",
        "mlflow==2.9",
    ]
    plan = map_environment(Environment(requirements=lines, python="3.11"))
    assert plan.requirements == ["numpy>=1", "mlflow", "runyard-mlflow", "-i https://x/simple", "mlflow==2.9"]
    assert plan.python == "3.11"
    assert [decision.message for decision in plan.decisions if decision.is_guess] == [
        "mlflow and runyard-mlflow stand for 'azureml-mlflow==1.5'.",
        "'azureml.core' is left out: it speaks to the cloud alone.",
    ]


def test_a_conda_file_is_what_pip_has_of_it() -> None:
    conda: dict[str, Any] = {
        "channels": ["conda-forge"],
        "dependencies": [
            "python=3.10.4",
            "pip<=22",
            "numpy=1.26",
            "pytorch::pytorch=2.1.0=cpu",
            "scikit-learn>=1.2",
            "gxx_linux-64",
            {"pip": ["six", "azureml-mlflow"]},
        ],
    }
    plan = map_environment(Environment(conda=conda, image="mcr.microsoft.com/azureml/openmpi"))
    assert plan.python == "3.10"
    assert plan.requirements == [
        "numpy==1.26.*",
        "torch==2.1.0",
        "scikit-learn>=1.2",
        "six",
        "mlflow",
        "runyard-mlflow",
    ]
    said = " ".join(decision.message for decision in plan.decisions)
    assert "'gxx_linux-64' is left out" in said and "channels are ignored" in said and "The image" in said


def test_plain_images_of_python() -> None:
    plan = map_environment(Environment(image="docker.io/library/python:3.12-slim"))
    assert (plan.python, plan.requirements) == ("3.12", [])


def test_a_dockerfile_that_only_installs() -> None:
    text = """
# syntax=docker/dockerfile:1
FROM python:3.11 AS base
WORKDIR /app
COPY requirements.txt /tmp/
RUN pip install --no-cache-dir -U pip && \\
    python -m pip install -r /tmp/requirements.txt 'pandas<3'
ENV A=b
"""
    plan = map_environment(
        Environment(dockerfile=text, files={"requirements.txt": "six\n\n# no\ntomli==2.0\n"})
    )
    assert (plan.python, plan.requirements) == ("3.11", ["pip", "six", "tomli==2.0", "pandas<3"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("FROM python:3.11\nRUN apt-get update", "Line 2 of the Dockerfile runs 'apt-get update'"),
        (
            "FROM python:3.11\nRUN pip install -r r.txt",
            "Line 2 of the Dockerfile reads 'r.txt', which is not beside it",
        ),
        ("FROM a\nFROM b", "Line 2 of the Dockerfile begins a second image"),
        ("RUN pip install six", "names no image"),
        ("FROM python:3.11\nHEALTHCHECK NONE", "Line 2 of the Dockerfile, 'HEALTHCHECK NONE'"),
    ],
)
def test_a_dockerfile_that_does_more_is_refused(text: str, message: str) -> None:
    with pytest.raises(EnvironmentNotMapped, match=message):
        map_environment(Environment(dockerfile=text))
