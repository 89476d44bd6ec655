"""The endpoints for people's programs: create, get, list and cancel jobs."""

from __future__ import annotations

from runyard import rules
from runyard.errors import InvalidParameter, NotFound
from runyard.http.codec import decode, encode, read_and_encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.job_entities import STATES
from runyard.jobs.answers import JobAnswer, Jobs
from runyard.jobs_api import wire
from runyard.jobs_api.asked import Asked, new_job
from runyard.jobs_api.blobs import blobs_of
from runyard.store.jobs import changing, creating, reading
from runyard.store.metadata.session import Session

MOST_JOBS = 1000


async def create(request: Request) -> Response:
    """Queue a job; a retry of the same request finds the job that the first one made."""
    new = _checked(await decode(request, wire.CreateJob), request)
    if new.snapshot is not None and not blobs_of(request).has(new.snapshot):
        raise NotFound(f"The snapshot '{new.snapshot}' is not here: upload it before the job.")
    name = await request.write(lambda tx: creating.create(tx, new))
    return encode(request, JobAnswer(await request.read(reading.get, name)))


def _checked(wanted: wire.CreateJob, request: Request) -> creating.NewJob:
    context = request.context
    asked = Asked(wanted.job, wanted.snapshot, wanted.source, wanted.user)
    return new_job(asked, context.pools.known(), bool(context.settings.runner_strict))


async def get(request: Request) -> Response:
    """One job with its file and the states that it passed."""
    wanted = await decode(request, wire.NamedJob)
    return await read_and_encode(request, lambda session: JobAnswer(reading.get(session, wanted.name)))


async def list_jobs(request: Request) -> Response:
    """Jobs, the newest first; parameters: state (repeatable), experiment, parent, compute, max_results, page_token."""
    query = request.query
    states = query.get("state", [])
    for state in states:
        if state not in STATES:
            raise InvalidParameter(
                f"Invalid value '{state}' for parameter 'state': it must be one of {', '.join(STATES)}."
            )
    wanted = reading.Wanted(
        states=states,
        experiment=_last(query, "experiment"),
        parent=_last(query, "parent"),
        compute=_last(query, "compute"),
        before=_number(query, "page_token"),
        limit=min(MOST_JOBS, _number(query, "max_results") or 100),
    )

    def answer(session: Session) -> Jobs:
        jobs, more = reading.listed(session, wanted)
        return Jobs(jobs, "" if more is None else str(more))

    return await read_and_encode(request, answer)


def _last(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[-1]


def _number(query: dict[str, list[str]], name: str) -> int | None:
    text = _last(query, name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 2**62:
        raise InvalidParameter(
            f"Invalid value '{text}' for parameter '{name}': it must be an integer from 1 on."
        )
    return int(text)


async def cancel(request: Request) -> Response:
    """End a job and all that it began; one that has ended stays as it is."""
    wanted = await decode(request, wire.CancelJob)
    rules.check_length(wanted.message, "message", rules.MAX_TAG_VALUE)
    rules.check_text(wanted.message, "message")
    await request.write(lambda tx: changing.cancel_tree(tx, wanted.name, wanted.message))
    return encode(request, JobAnswer(await request.read(reading.get, wanted.name)))


ROUTES = [
    Route("POST", "/2.0/runyard/jobs/create", create, "write"),
    Route("GET", "/2.0/runyard/jobs/get", get, "read"),
    Route("GET", "/2.0/runyard/jobs/list", list_jobs, "read"),
    Route("POST", "/2.0/runyard/jobs/cancel", cancel, "write"),
]
