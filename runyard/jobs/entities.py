"""What a job file says, once it is read and checked: the shape that is kept and that travels.

The names are those of the command-job YAML. Durations are seconds. A field that equals its default is left out.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

Scalar = str | int | float | bool

# A job's name is its run's id.
JOB_NAME = re.compile(r"[a-zA-Z0-9][\w\-]{0,254}", re.ASCII)

# Properties: the digest of a pipeline step's code, and, before each name, the values of a sweep's trial.
SNAPSHOT_PROPERTY = "runyard.snapshot"
SEARCH_SPACE_PREFIX = "runyard.search_space."

PathType = Literal["uri_folder", "uri_file", "mltable", "mlflow_model", "custom_model", "triton_model"]
InputMode = Literal["ro_mount", "download", "direct", "eval_mount", "eval_download"]
OutputMode = Literal["rw_mount", "mount", "upload", "direct"]


class Part(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all."""


class Input(Part, kw_only=True):
    """A value, or the address of a file or folder; `binding` is an expression of a pipeline's step."""

    type: PathType | Literal["literal"] = "uri_folder"
    # Of a literal.
    value: Scalar | None = None
    # Absolute when it is on this machine; otherwise an address.
    path: str | None = None
    mode: InputMode | None = None
    binding: str | None = None


class Output(Part, kw_only=True):
    """A file or folder that the command writes; `name` and `version` register it."""

    type: PathType = "uri_folder"
    mode: OutputMode | None = None
    path: str | None = None
    name: str | None = None
    version: str | None = None
    binding: str | None = None


class Distribution(Part, kw_only=True):
    """How processes of one job find each other."""

    type: Literal["pytorch", "mpi", "tensorflow", "ray"]
    process_count_per_instance: int = 1
    # Of TensorFlow; None is the number of nodes.
    worker_count: int | None = None
    parameter_server_count: int = 0


class Resources(Part, kw_only=True):
    """What a job takes; `instance_count` is the number of nodes."""

    instance_count: int = 1
    instance_type: str | None = None
    shm_size: str | None = None
    docker_args: str | list[str] | None = None
    locations: list[str] = []
    max_instance_count: int | None = None
    properties: dict[str, Any] = {}
    # Of each node, for a runner's slots. Runyard's own; None is what the runner gives.
    cpus: float | None = None
    gpus: float | None = None
    memory_bytes: int | None = None


class Environment(Part, kw_only=True):
    """What the command's Python is made of; exactly one of reference, image, dockerfile and requirements, or none.

    The contents of files are in it, so that it means the same on every machine.
    """

    # As written: `azureml:NAME:VERSION`, `azureml:NAME@latest`, `azureml://registries/…`, `current`.
    reference: str | None = None
    image: str | None = None
    # The content of a conda file.
    conda: dict[str, Any] | None = None
    # The content of a build context's Dockerfile, and of the small text files beside it, by name.
    dockerfile: str | None = None
    files: dict[str, str] = {}
    # Runyard's own: lines of a requirements file, and a version of Python as "3.11".
    requirements: list[str] | None = None
    python: str | None = None


class Service(Part, kw_only=True):
    """Something to be reached while a job runs: accepted and explained, not started."""

    type: str | None = None
    port: int | None = None
    nodes: str | None = None
    log_dir: str | None = None
    ssh_public_keys: str | None = None
    properties: dict[str, Any] = {}


class Retries(Part, kw_only=True):
    """Runyard's own: how often a command that failed is tried again."""

    count: int = 0


class Command(Part, kw_only=True):
    """What is run, in what, on how many nodes: a command job, a sweep's trial, or a component."""

    command: str
    # A local folder or file, absolute; a git address; or None.
    code: str | None = None
    environment: Environment | None = None
    environment_variables: dict[str, str] = {}
    distribution: Distribution | None = None
    resources: Resources = msgspec.field(default_factory=Resources)


class Described(Part, kw_only=True):
    """What people call a job."""

    name: str | None = None
    display_name: str | None = None
    experiment_name: str | None = None
    description: str | None = None
    tags: dict[str, str] = {}
    properties: dict[str, str] = {}
    compute: str | None = None
    services: dict[str, Service] = {}
    # Kept as they are written; nothing here depends on them.
    identity: dict[str, Any] | None = None
    queue_settings: dict[str, Any] | None = None
    parent_job_name: str | None = None
    inputs: dict[str, Input] = {}
    outputs: dict[str, Output] = {}
    # Of the whole job, from its start; None is no limit.
    timeout: float | None = None


class CommandJob(Described, tag_field="type", tag="command", kw_only=True):
    """One command."""

    task: Command
    retries: Retries = msgspec.field(default_factory=Retries)


class Objective(Part, kw_only=True):
    """What a sweep wants."""

    primary_metric: str
    goal: Literal["minimize", "maximize"]


class Sampling(Part, kw_only=True):
    """How a sweep chooses."""

    type: Literal["random", "grid", "bayesian"]
    seed: int | None = None
    rule: Literal["random", "sobol"] | None = None
    logbase: float | None = None


class Distributed(Part, kw_only=True):
    """One dimension of a search space; which fields count depends on the type."""

    type: Literal[
        "choice",
        "uniform",
        "loguniform",
        "quniform",
        "qloguniform",
        "normal",
        "lognormal",
        "qnormal",
        "qlognormal",
        "randint",
    ]
    values: list[Any] | None = None
    min_value: float | None = None
    max_value: float | None = None
    mu: float | None = None
    sigma: float | None = None
    q: float | None = None
    upper: int | None = None


class EarlyTermination(Part, kw_only=True):
    """When a sweep stops a trial."""

    type: Literal["bandit", "median_stopping", "truncation_selection"]
    evaluation_interval: int = 1
    delay_evaluation: int = 0
    slack_factor: float | None = None
    slack_amount: float | None = None
    truncation_percentage: int | None = None


class SweepJob(Described, tag_field="type", tag="sweep", kw_only=True):
    """Many trials of one command."""

    trial: Command
    sampling_algorithm: Sampling
    search_space: dict[str, Distributed]
    objective: Objective
    early_termination: EarlyTermination | None = None
    max_total_trials: int = 1000
    max_concurrent_trials: int | None = None
    trial_timeout: float | None = None


class PipelineSettings(Part, kw_only=True):
    """Of a pipeline."""

    default_compute: str | None = None
    default_datastore: str | None = None
    continue_on_step_failure: bool = True
    force_rerun: bool = False


class PipelineJob(Described, tag_field="type", tag="pipeline", kw_only=True):
    """Steps whose inputs and outputs are bound to each other."""

    jobs: dict[str, CommandJob | SweepJob | PipelineJob]
    settings: PipelineSettings = msgspec.field(default_factory=PipelineSettings)


Job = CommandJob | SweepJob | PipelineJob


def encode(job: Job) -> bytes:
    """As JSON."""
    return msgspec.json.encode(job)


def decode(data: bytes | str) -> Job:
    """From JSON; raises msgspec.ValidationError."""
    job: Job = msgspec.json.decode(data, type=Job)
    return job
