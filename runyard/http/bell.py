"""Wakes who waits for jobs: runners keep a request open until something comes into the queue."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from runyard.store.changes import Change


class Bell:
    """Rung when a job is queued or is to end; belongs to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._rung = asyncio.Event()
        self._closed = False
        self.count = 0

    def hear(self, changes: list[Change]) -> None:
        """Take changes from any thread."""
        if not self._closed and any(change.kind == "job" for change in changes):
            self._loop.call_soon_threadsafe(self.ring)

    def ring(self) -> None:
        """Wake all; call it on the event loop."""
        self.count += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seen: int, seconds: float) -> int:
        """Wait until it was rung since `seen`, or for so many seconds; how often it was rung."""
        if seen == self.count and seconds > 0 and not self._closed:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._rung.wait(), seconds)
        return self.count

    def close(self) -> None:
        """Answer all who wait."""
        self._closed = True
        self.ring()
