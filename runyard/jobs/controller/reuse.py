"""When two steps do the same: then the outputs of the earlier one are taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from runyard.jobs.entities import SNAPSHOT_PROPERTY, Input, Job, PipelineJob

# Files of a local input that are looked at.
MOST_FILES = 10_000
# Of a job, what does not change what it does.
_NAMES = (
    "name",
    "display_name",
    "experiment_name",
    "description",
    "tags",
    "properties",
    "parent_job_name",
    "services",
    "identity",
    "queue_settings",
    "compute",
    "timeout",
    "retries",
)


def reuse_key(job: Job) -> str:
    """What a step is and reads, as a SHA-256: the same key promises the same outputs.

    Its inputs are resolved: the output of a step is a place that names the job which made it.
    """
    told = [_essence(msgspec.to_builtins(job)), [_version(given.path) for given in _inputs(job)]]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _essence(job: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in job.items() if name not in _NAMES}
    found["snapshot"] = job.get("properties", {}).get(SNAPSHOT_PROPERTY)
    for name in ("task", "trial"):
        if name in found:
            # Where the code was; what it is is the snapshot.
            found[name] = {key: value for key, value in found[name].items() if key != "code"}
    if "jobs" in found:
        found["jobs"] = {step: _essence(inner) for step, inner in found["jobs"].items()}
    return found


def _inputs(job: Job) -> Iterator[Input]:
    yield from job.inputs.values()
    if isinstance(job, PipelineJob):
        for step in job.jobs.values():
            yield from _inputs(step)


def _version(path: str | None) -> list[list[str | int]]:
    """What tells the content of a local path from another one that lies there later."""
    if path is None:
        return []
    place = Path(path.removeprefix("file://"))
    if "://" in str(place) or not place.exists():
        return []
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    return [
        [each.relative_to(place).as_posix(), each.stat().st_size, each.stat().st_mtime_ns]
        for each in found[:MOST_FILES]
        if each.is_file()
    ]
