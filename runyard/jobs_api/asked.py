"""Checks a job that somebody wants, whoever asks for it: a program, or a page of the studio."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from runyard import rules
from runyard.entities import KeyValue
from runyard.errors import InvalidParameter
from runyard.jobs import entities
from runyard.store.jobs import creating

DIGEST = re.compile(r"[0-9a-f]{64}")
DESCRIPTION_TAG = "mlflow.note.content"
TYPE_TAG = "runyard.job"


class Asked(NamedTuple):
    """`snapshot` is the digest of the code; `source` the job file as it was written."""

    job: entities.Job
    snapshot: str | None
    source: str
    user: str


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 in lower-case hexadecimal digits."""
    return DIGEST.fullmatch(text) is not None


def new_job(asked: Asked, computes: Collection[str], strict: bool) -> creating.NewJob:
    """What is queued, with a name; `computes` are those that there are.

    Raises InvalidParameter; with `strict` also for a compute that another one would stand for.
    """
    # Here, because the reader of job files would make each start of the server longer.
    from runyard.jobs.spec.mapping import map_compute

    job = asked.job
    decision = map_compute(job.compute, computes)
    if decision.is_guess and strict:
        raise InvalidParameter(f"Invalid value '{job.compute}' for parameter 'compute': {decision.message}")
    job.name = job.name or creating.made_up_name()
    _check(asked, job.name)
    return creating.NewJob(
        name=job.name,
        type=kind_of(job),
        experiment=job.experiment_name or "Default",
        display_name=job.display_name or job.name,
        user=asked.user,
        tags=_tags(job),
        spec=entities.encode(job).decode(),
        source=asked.source,
        snapshot=asked.snapshot,
        compute=decision.value,
        message=decision.message if decision.is_guess else "",
        parent=job.parent_job_name,
    )


def kind_of(job: entities.Job) -> str:
    """command, sweep or pipeline."""
    return str(type(job).__struct_config__.tag)


def _check(asked: Asked, name: str) -> None:
    if not entities.JOB_NAME.fullmatch(name):
        raise InvalidParameter(
            f"Invalid value '{name}' for parameter 'name': it must begin with a letter or a digit, and have at "
            "most 255 letters, digits, _ and -."
        )
    if asked.snapshot is not None and not is_digest(asked.snapshot):
        raise InvalidParameter(
            "Invalid value for parameter 'snapshot': it must be a SHA-256 in hexadecimal digits."
        )
    display_name = asked.job.display_name or name
    rules.check_length(display_name, "display_name", rules.MAX_TAG_VALUE)
    for field, text in (
        ("display_name", display_name),
        ("experiment_name", asked.job.experiment_name or ""),
        ("user", asked.user),
        ("source", asked.source),
    ):
        rules.check_text(text, field)


def _tags(job: entities.Job) -> list[KeyValue]:
    tags = dict(job.tags)
    if job.description:
        tags[DESCRIPTION_TAG] = job.description
    tags[TYPE_TAG] = kind_of(job)
    return [KeyValue(key, rules.kept_tag(key, value, f"tags.{key}")) for key, value in tags.items()]
