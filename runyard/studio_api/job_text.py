"""Reads a job file that somebody wrote in a page, where no folder of theirs is at hand.

Its local `code` can be that of a job before it alone: the snapshot of that job is used again. Code in git is fetched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from runyard.job_entities import JobInfo
from runyard.jobs import entities
from runyard.jobs.entities import SNAPSHOT_PROPERTY
from runyard.jobs.snapshot import Blobs, collect, encode, from_git, keep
from runyard.jobs.spec import JobFileError, Loaded, Problem, load_job_text

SOURCE = "job.yml"
ADVICE = (
    "is a local path, which a page can't read. Submit the file with `runyard job create -f FILE`, which uploads "
    "the code; or clone a job that has it."
)


class Part(NamedTuple):
    """A command with code of its own: the job itself, a sweep's trial, or a pipeline's step."""

    field: str
    task: entities.Command
    properties: dict[str, str]


class Original(NamedTuple):
    """The job whose code is used again."""

    name: str
    codes: dict[str, str | None]
    snapshots: dict[str, str]


def original_of(info: JobInfo) -> Original:
    """What a job knows of its code: what its file said, and what was kept, by the field that names it."""
    parts = list(parts_of(entities.decode(bytes(info.job))))
    kept = {part.field: part.properties.get(SNAPSHOT_PROPERTY) for part in parts}
    for field in ("code", "trial.code"):
        if field in kept and info.snapshot is not None:
            kept[field] = info.snapshot
    snapshots = {field: digest for field, digest in kept.items() if digest is not None}
    return Original(info.name, {part.field: part.task.code for part in parts}, snapshots)


def parts_of(job: entities.Job, path: str = "") -> Iterator[Part]:
    """All commands of a job."""
    if isinstance(job, entities.CommandJob):
        yield Part(f"{path}code", job.task, job.properties)
    elif isinstance(job, entities.SweepJob):
        yield Part(f"{path}trial.code", job.trial, job.properties)
    else:
        for name, step in job.jobs.items():
            yield from parts_of(step, f"{path}jobs.{name}.")


def read(text: str, original: Original | None) -> tuple[Loaded, dict[str, str]]:
    """The job, and the digests of code that is used again, by field; raises JobFileError with all that is wrong."""
    again = {} if original is None else _again(text, original)
    try:
        loaded = load_job_text(text, None, SOURCE, [f"{field}=null" for field in again])
    except JobFileError as error:
        raise JobFileError([_advised(problem) for problem in error.problems]) from None
    assert original is not None or not again
    for part in parts_of(loaded.job):
        if original is not None and part.field in again:
            part.task.code = original.codes[part.field]
    return loaded, again


def _again(text: str, original: Original) -> dict[str, str]:
    """Fields that name code which the original has: a local path, or the same address."""
    found = {}
    for field, digest in original.snapshots.items():
        code = _value(text, field)
        is_local = isinstance(code, str) and not is_address(code)
        if is_local or (code is not None and code == original.codes[field]):
            found[field] = digest
    return found


def _value(text: str, field: str) -> Any:
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        # The reader tells what is wrong with it.
        return None
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _advised(problem: Problem) -> Problem:
    is_code = problem.field == "code" or problem.field.endswith(".code")
    if not is_code or "local path" not in problem.message:
        return problem
    path = problem.message.partition(" is a local path")[0]
    return problem._replace(message=f"{path} {ADVICE}")


def is_address(code: str) -> bool:
    """Whether code lies in a repository, or somewhere else that is no path."""
    return "://" in code or code.startswith(("git@", "git+", "azureml:"))


def keep_code(job: entities.Job, again: dict[str, str], blobs: Blobs) -> str | None:
    """Fetch what lies in git; the digest of the job's own code. A pipeline's steps keep theirs.

    Raises GitFailed and InvalidParameter.
    """
    own = None
    for part in parts_of(job):
        digest = again.get(part.field)
        if digest is None and part.task.code is not None:
            digest = _fetch(part.task.code, blobs)
        if isinstance(job, entities.PipelineJob):
            if digest is not None:
                part.properties[SNAPSHOT_PROPERTY] = digest
        else:
            own = digest
    return own


def _fetch(address: str, blobs: Blobs) -> str:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        code = from_git(address, None, Path(folder), log)
        snapshot = collect(code)
        keep(code, snapshot, blobs)
        blobs.put(snapshot.digest, BytesIO(encode(snapshot)))
        return snapshot.digest
