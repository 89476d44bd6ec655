"""Looks after jobs whose runner is not heard of any more: nothing runs for ever."""

from __future__ import annotations

import asyncio
import time

from runyard.http.background import Background
from runyard.http.ingest import Ingest
from runyard.store.jobs import changing, reading
from runyard.store.store import Store

LOOK_SECONDS = 5.0


class LostJobs(Background):
    """Tells of them after a while, and gives them up after a longer one; none is lost for want of a server."""

    def __init__(self, store: Store, ingest: Ingest) -> None:
        self._store = store
        self._ingest = ingest
        self._began = time.monotonic()
        super().__init__(LOOK_SECONDS)

    async def look(self) -> None:
        """Write only where there is something to write."""
        settings = self._store.settings
        up = time.monotonic() - self._began
        now = time.time_ns() // 1_000_000
        silent_since = now - int(settings.job_silent_seconds * 1000)
        if up < settings.job_silent_seconds:
            return
        # Runners had no chance to say anything while there was no server.
        lost_since = now - int(settings.job_lost_seconds * 1000) if up >= settings.job_lost_seconds else 0
        loop = asyncio.get_running_loop()
        silent = await loop.run_in_executor(
            self._store.readers, lambda: reading.silent(self._store.session(), silent_since)
        )
        if silent:
            await self._ingest.submit(
                lambda tx: changing.look_after(tx, silent_since, lost_since), True, None
            )
