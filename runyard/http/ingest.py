"""Lets requests wait for the writing thread: one wake-up of the event loop per committed group."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any

from runyard.http.direct import DirectRequest
from runyard.store.operation import Operation, RunPoints, Work
from runyard.store.receipts import Receipt
from runyard.store.store import Store
from runyard.store.writer import resolve


class Ingest:
    """Submits writes of HTTP requests; belongs to one event loop."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop) -> None:
        self._writer = store.writer
        self._loop = loop
        self._writer.settled = self._settled

    async def submit(
        self, work: Work, guarded: bool, receipt: Receipt | None, points: RunPoints | None = None
    ) -> Any:
        """Queue `work(transaction)` and wait until it is durable; raises what it raised."""
        waiter: asyncio.Future[Any] = self._loop.create_future()
        self._writer.put(Operation(work, guarded, receipt, waiter, points))
        return await waiter

    def put(self, operation: Operation, alone: bool) -> None:
        """Queue a write whose waiter is a DirectRequest.

        When it is the only request that is being answered, or writing does not wait for the disk, nobody gains from
        a group, and the two wake-ups of another thread would cost more than the write: it is done here and now.
        """
        if self._writer.try_now(operation, alone):
            operation.waiter.settle(operation)
        else:
            self._writer.put(operation)

    def close(self) -> None:
        """Stop serving an event loop that ends: later writes resolve on the writer's own thread."""
        self._writer.settled = resolve

    def _settled(self, group: list[Operation]) -> None:
        if any(type(operation.waiter) is Future for operation in group):
            resolve([operation for operation in group if isinstance(operation.waiter, Future)])
        self._loop.call_soon_threadsafe(_resolve_requests, group)


def _resolve_requests(group: list[Operation]) -> None:
    for operation in group:
        waiter = operation.waiter
        if isinstance(waiter, DirectRequest):
            waiter.settle(operation)
            continue
        if isinstance(waiter, Future) or waiter.done():
            continue
        if operation.error is None:
            waiter.set_result(operation.result)
        else:
            waiter.set_exception(operation.error)
