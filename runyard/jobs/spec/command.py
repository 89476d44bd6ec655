"""What is run, in what, on how many nodes."""

from __future__ import annotations

import re

from runyard.jobs.entities import Command, Distribution, Resources
from runyard.jobs.spec.data import ADDRESS, local_path
from runyard.jobs.spec.environment import read_environment
from runyard.jobs.spec.expressions import OLD, modern
from runyard.jobs.spec.fields import Fields

DISTRIBUTIONS = ("pytorch", "mpi", "tensorflow", "ray")
_BYTES = re.compile(r"(\d+(?:\.\d+)?)\s*([bkmg]?)b?", re.IGNORECASE)
_UNITS = {"": 1, "b": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
# Nodes and processes of one job: beyond it somebody mistyped.
MOST_NODES, MOST_PROCESSES = 1000, 1000


def read_command(fields: Fields) -> Command:
    """The fields of a command; the caller tells of unknown ones."""
    if fields.has("additional_includes"):
        fields.warn("additional_includes", "They are not copied: put what the code needs below 'code'.")
    return Command(
        command=_modern(fields, "command", fields.text("command", required=True) or ""),
        code=_code(fields),
        environment=read_environment(fields),
        environment_variables=_variables(fields),
        distribution=_distribution(fields),
        resources=_resources(fields),
    )


def _modern(fields: Fields, name: str, text: str) -> str:
    if OLD.search(text):
        fields.warn(name, "'{inputs.x}' is of an older form: it is read as '${{inputs.x}}'.")
    return modern(text)


def _variables(fields: Fields) -> dict[str, str]:
    found = fields.texts("environment_variables")
    for name in found:
        if not name or "=" in name or "\0" in name:
            fields.problem("environment_variables", f"'{name}' is no name of an environment variable.")
    return {name: modern(value) for name, value in found.items()}


def _code(fields: Fields) -> str | None:
    text = fields.text("code")
    if text is None:
        return None
    if text.startswith("azureml:"):
        fields.warn("code", f"'{text}' is in the cloud: the job will have no code.")
        return None
    text = local_path(text)
    if ADDRESS.match(text) or text.startswith("git@"):
        return text
    found = fields.path_of("code", text)
    return None if found is None else str(found)


def _distribution(fields: Fields) -> Distribution | None:
    inside = fields.fields("distribution")
    if inside is None:
        return None
    kind = inside.choice("type", DISTRIBUTIONS, required=True)
    processes = inside.integer("process_count_per_instance", least=1)
    workers = inside.integer("worker_count", least=1)
    servers = inside.integer("parameter_server_count", least=0)
    inside.passed(
        "address",
        "port",
        "include_dashboard",
        "dashboard_port",
        "head_node_additional_args",
        "worker_node_additional_args",
    )
    inside.end()
    if processes is not None and processes > MOST_PROCESSES:
        inside.problem("process_count_per_instance", f"It must be at most {MOST_PROCESSES}.")
    if kind is None:
        return None
    if kind == "tensorflow" and processes is not None:
        inside.problem("process_count_per_instance", "TensorFlow's processes are counted by worker_count.")
    if kind != "tensorflow" and (workers is not None or servers is not None):
        inside.problem("worker_count", f"It belongs to TensorFlow, and the type is {kind}.")
    if kind == "ray":
        inside.warn("type", "Ray is not started: the command runs once on each node.")
    return Distribution(
        type=kind,  # type: ignore[arg-type]  # `choice` has checked it
        process_count_per_instance=processes or 1,
        worker_count=workers,
        parameter_server_count=servers or 0,
    )


def _resources(fields: Fields) -> Resources:
    inside = fields.fields("resources")
    if inside is None:
        return Resources()
    count = inside.integer("instance_count", least=1) or 1
    if count > MOST_NODES:
        inside.problem("instance_count", f"It must be at most {MOST_NODES}.")
    found = Resources(
        instance_count=count,
        instance_type=inside.text("instance_type"),
        shm_size=inside.text("shm_size"),
        docker_args=_docker_args(inside),
        locations=inside.strings("locations") or [],
        max_instance_count=inside.integer("max_instance_count", least=1),
        properties=inside.mapping("properties") or {},
        cpus=inside.number("cpus", least=0),
        gpus=inside.number("gpus", least=0),
        memory_bytes=_memory(inside),
    )
    inside.end()
    return found


def _docker_args(fields: Fields) -> str | list[str] | None:
    item = fields.get("docker_args")
    if item is None:
        return None
    fields.warn("docker_args", "It is kept, and changes nothing: there is no container here.")
    return fields.strings("docker_args") if isinstance(item.value, list) else fields.text("docker_args")


def _memory(fields: Fields) -> int | None:
    text = fields.text("memory")
    if text is None:
        return None
    match = _BYTES.fullmatch(text.strip())
    if match is None:
        fields.problem("memory", f"'{text}' is no size: it must be as 4g or 512m.")
        return None
    return int(float(match[1]) * _UNITS[match[2].lower()])
