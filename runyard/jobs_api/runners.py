"""The endpoints for runners: what there is to do, who does it, and how it goes."""

from __future__ import annotations

from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.jobs.answers import Claimed, WorkAnswer
from runyard.jobs_api import wire
from runyard.store.jobs import changing, reading

LONGEST_WAIT = 30.0
MOST_QUEUED = 200


async def work(request: Request) -> Response:
    """Keep what a runner says, and answer what there is to do when something came into the queue, or in time."""
    wanted = await decode(request, wire.Work)
    if wanted.computes:
        request.context.pools.heard(wanted.runner, tuple(wanted.computes))
    gone = []
    if wanted.reports:
        gone = await request.write(lambda tx: changing.report(tx, wanted.runner, wanted.reports))
    if wanted.waiting:
        await request.write(
            lambda tx: changing.explain(tx, [(each.name, each.message) for each in wanted.waiting])
        )
    bell = request.context.bell
    # Read before the queue is: what comes in between rings it again.
    count = await bell.wait(wanted.bell, min(wanted.wait_seconds, LONGEST_WAIT))
    queued = await request.read(reading.queued, min(wanted.most, MOST_QUEUED)) if wanted.most else []
    cancel = await request.read(reading.to_cancel, wanted.runner)
    return encode(request, WorkAnswer(count, queued, cancel, gone))


async def claim(request: Request) -> Response:
    """Give a queued job to a runner, if it is still there."""
    wanted = await decode(request, wire.Claim)
    claimed = await request.write(lambda tx: changing.claim(tx, wanted.name, wanted.runner))
    if not claimed:
        return encode(request, Claimed(False))
    return encode(request, Claimed(True, await request.read(reading.get, wanted.name)))


ROUTES = [
    Route("POST", "/2.0/runyard/jobs/work", work, "write"),
    Route("POST", "/2.0/runyard/jobs/claim", claim, "write"),
]
