"""Lets requests wait for the writing thread: one wake-up of the event loop per committed group."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any

from runyard.errors import Unavailable
from runyard.http.direct import DirectRequest
from runyard.store.operation import Operation, Record, Work
from runyard.store.receipts import Receipt
from runyard.store.store import Store
from runyard.store.writer import resolve


class Ingest:
    """Submits writes of HTTP requests; belongs to one event loop."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop) -> None:
        self._writer = store.writer
        self._loop = loop
        self._writer.settled = self._settled
        # What can be journaled and waits until the loop has taken what its other connections have.
        self._gathered: list[Operation] = []

    async def submit(
        self, work: Work, guarded: bool, receipt: Receipt | None, record: Record | None = None
    ) -> Any:
        """Queue `work(transaction)` and wait until it is durable; raises what it raised."""
        waiter: asyncio.Future[Any] = self._loop.create_future()
        self._writer.put(Operation(work, guarded, receipt, waiter, record))
        return await waiter

    def put(self, operation: Operation, alone: bool) -> None:
        """Take a write whose waiter is a DirectRequest.

        The two wake-ups of another thread cost more than a frame of the journal. So what the journal can hold is
        done on the event loop's own thread, in one group for all requests that the loop found at once, and so is any
        write of a client that works alone; the writing thread serves what is left, and all when the disk is slow.
        """
        if alone:
            self._write([operation], alone)
        elif operation.record is None:
            self._writer.put(operation)
        else:
            if not self._gathered:
                self._loop.call_soon(self._write_gathered)
            self._gathered.append(operation)

    def _write_gathered(self) -> None:
        group, self._gathered = self._gathered, []
        self._write(group, alone=False)

    def _write(self, group: list[Operation], alone: bool) -> None:
        if self._writer.try_now(group, alone):
            _resolve_requests(group)
            return
        for operation in group:
            try:
                self._writer.put(operation)
            except Unavailable as error:
                operation.error = error
                _resolve_requests([operation])

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
