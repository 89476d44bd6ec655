"""Reads the texts of these tests."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from runyard.jobs import entities
from runyard.jobs.entities import CommandJob
from runyard.jobs.spec import JobFileError, Loaded, load_job_text


def load(text: str, folder: Path | None = None, *overrides: str, strict: bool = False) -> Loaded:
    return load_job_text(textwrap.dedent(text), folder, overrides=overrides, strict=strict)


def problems(text: str, folder: Path | None = None, *overrides: str, strict: bool = False) -> list[str]:
    with pytest.raises(JobFileError) as raised:
        load(text, folder, *overrides, strict=strict)
    return str(raised.value).splitlines()


def command(text: str, folder: Path | None = None, *overrides: str) -> CommandJob:
    job = load(text, folder, *overrides).job
    assert isinstance(job, CommandJob)
    # What is kept says the same.
    assert entities.decode(entities.encode(job)) == job
    return job
