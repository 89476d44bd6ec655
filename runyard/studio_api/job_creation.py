"""Makes jobs of files that are written in a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from fastapi import APIRouter

from runyard.jobs.snapshot import Blobs
from runyard.jobs.spec import JobFileError, Problem
from runyard.jobs_api.asked import Asked, new_job
from runyard.jobs_api.blobs import FOLDER
from runyard.store.jobs import creating, reading
from runyard.studio_api import job_models as models
from runyard.studio_api.job_text import Original, keep_code, original_of, read
from runyard.studio_api.jobs import detail
from runyard.studio_api.models import JobProblem
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

Computes = Callable[[], Collection[str]]


def job_creation_routes(reader: Reader, computes: Computes) -> APIRouter:
    """Routes that check a job file, and queue its job; `computes` are those that there are by then."""
    router = APIRouter(tags=["jobs"])

    async def original(name: str | None) -> Original | None:
        return None if name is None else original_of(await reader.read(reading.get, name))

    @router.post("/job-check", response_model=models.CheckedJob, **needs("read"))
    async def check_job(body: models.JobText) -> models.CheckedJob:
        """All that is wrong with a job file; nothing is fetched or queued."""
        again = await original(body.from_job)
        try:
            loaded, _ = await reader.call(lambda: read(body.text, again))
        except JobFileError as error:
            return models.CheckedJob(problems=problems(error.problems), warnings=[])
        return models.CheckedJob(problems=[], warnings=problems(loaded.warnings))

    @router.post("/jobs", response_model=models.JobDetail, **needs("write"))
    async def create_job(body: models.NewJobText) -> models.JobDetail:
        """Queue the job of a file; with `from_job`, local code is that job's."""
        again = await original(body.from_job)
        blobs = Blobs(reader.store.folder / FOLDER)

        def checked() -> creating.NewJob:
            loaded, kept = read(body.text, again)
            job = loaded.job
            job.experiment_name = job.experiment_name or body.experiment
            asked = Asked(job, keep_code(job, kept, blobs), body.text, "")
            return new_job(asked, computes(), bool(reader.store.settings.runner_strict))

        # Not on the threads of files: git may take long.
        new = await asyncio.to_thread(checked)
        name = await reader.write(lambda transaction: creating.create(transaction, new))
        return detail(await reader.read(reading.get, name))

    return router


def problems(found: Collection[Problem]) -> list[JobProblem]:
    """As an answer tells them."""
    return [
        JobProblem(line=each.line, column=each.column, field=each.field, message=each.message)
        for each in found
    ]
