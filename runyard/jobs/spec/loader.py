"""Reads a job file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from runyard.jobs.entities import Job
from runyard.jobs.spec.checks import check
from runyard.jobs.spec.fields import Fields
from runyard.jobs.spec.items import parse
from runyard.jobs.spec.jobs import read_job
from runyard.jobs.spec.overrides import apply
from runyard.jobs.spec.problems import Findings, JobFileError, Problem


class Loaded(NamedTuple):
    """A job that was read, and what is worth a word."""

    job: Job
    warnings: list[Problem]


def load_job(path: Path, overrides: Sequence[str] = (), strict: bool = False) -> Loaded:
    """Read a job file; `strict` takes what only makes sense in a cloud for errors.

    Raises JobFileError with everything that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JobFileError([Problem(str(path), 1, 1, "", f"The file can't be read: {error}")]) from None
    return load_job_text(text, path.absolute().parent, str(path), overrides, strict)


def load_job_text(
    text: str,
    folder: Path | None,
    source: str = "job.yml",
    overrides: Sequence[str] = (),
    strict: bool = False,
) -> Loaded:
    """Read the text of a job file whose paths are relative to `folder`; without one, local paths are errors."""
    findings = Findings(strict)
    item = parse(text, source, folder, findings)
    job = None
    if item is not None:
        fields = Fields(item, "", findings)
        if isinstance(item.value, dict):
            apply(item, overrides, findings)
            job = read_job(fields)
        if job is not None:
            check(job, item, findings)
    if findings.problems or job is None:
        raise JobFileError(findings.problems or [Problem(source, 1, 1, "", "There is no job in it.")])
    return Loaded(
        job, sorted(set(findings.warnings), key=lambda problem: (problem.file, problem.line, problem.column))
    )
