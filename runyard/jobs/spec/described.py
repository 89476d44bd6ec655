"""What all kinds of jobs have in common."""

from __future__ import annotations

from typing import Any

from runyard.jobs.entities import JOB_NAME, Service
from runyard.jobs.spec.data import read_inputs, read_outputs
from runyard.jobs.spec.fields import Fields
from runyard.jobs.spec.items import Item

# Written by services into files that they hand out; of no meaning in one that is handed in.
READ_ONLY = (
    "$schema",
    "id",
    "status",
    "creation_context",
    "log_files",
    "parameters",
    "type",
    "version",
    "resource_id",
    "is_deterministic",
)


TIERS = ("spot", "basic", "standard", "premium", "null")
PRIORITIES = ("low", "medium", "high")
IDENTITIES = ("user_identity", "user", "managed", "managed_identity", "aml_token")


def read_described(fields: Fields, in_pipeline: bool = False, limits: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of Described, by name; `limits` are those that the caller reads by itself."""
    fields.passed(*READ_ONLY)
    name = fields.text("name")
    if name is not None and not JOB_NAME.fullmatch(name):
        fields.problem(
            "name",
            f"'{name}' must begin with a letter or digit, and have at most 255 letters, digits, _ and -.",
        )
    return {
        "name": name,
        "display_name": fields.text("display_name"),
        "experiment_name": fields.text("experiment_name"),
        "description": fields.text("description"),
        "tags": fields.texts("tags"),
        "properties": fields.texts("properties"),
        "compute": _compute(fields),
        "services": _services(fields),
        "identity": _identity(fields),
        "queue_settings": _queue_settings(fields),
        "parent_job_name": fields.text("parent_job_name"),
        "inputs": read_inputs(fields, in_pipeline),
        "outputs": read_outputs(fields, in_pipeline),
        "timeout": _timeout(fields, limits),
    }


def _compute(fields: Fields) -> str | None:
    item = fields.get("compute")
    if item is not None and isinstance(item.value, dict):
        inside = fields.fields("compute")
        assert inside is not None
        target = inside.text("target")
        inside.passed("instance_count", "instance_type")
        inside.end()
        return target
    return fields.text("compute")


def _timeout(fields: Fields, limits: tuple[str, ...]) -> float | None:
    inside = fields.fields("limits")
    if inside is None:
        return None
    found = inside.integer("timeout", least=1)
    inside.passed("type", *limits)
    inside.end()
    return None if found is None else float(found)


def _identity(fields: Fields) -> dict[str, Any] | None:
    inside = fields.fields("identity")
    if inside is not None:
        inside.choice("type", IDENTITIES, required=True)
    return _ignored(fields, "identity", "Jobs run as the user that the runner runs as.")


def _queue_settings(fields: Fields) -> dict[str, Any] | None:
    inside = fields.fields("queue_settings")
    if inside is not None:
        inside.choice("job_tier", TIERS)
        inside.choice("priority", PRIORITIES)
        inside.end()
    return _ignored(fields, "queue_settings", "Jobs begin in the order in which they came.")


def _ignored(fields: Fields, name: str, message: str) -> dict[str, Any] | None:
    found = fields.mapping(name)
    if found is not None:
        fields.warn(name, f"It is kept, and changes nothing here. {message}")
    return found


def _services(fields: Fields) -> dict[str, Service]:
    inside = fields.fields("services")
    if inside is None:
        return {}
    found = inside.each(_service)
    for name in found:
        inside.warn(name, "It is kept, and not started: what runs on this machine can be reached there.")
    return found


def _service(fields: Fields, name: str, item: Item) -> Service:
    inside = Fields(item, fields.where(name), fields.findings)
    found = Service(
        type=inside.text("type"),
        port=inside.integer("port", least=1),
        nodes=inside.text("nodes"),
        log_dir=inside.text("log_dir"),
        ssh_public_keys=inside.text("ssh_public_keys"),
        properties=inside.mapping("properties") or {},
    )
    inside.passed("job_service_type", "status", "endpoint", "error_message")
    inside.end()
    return found
