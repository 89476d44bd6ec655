"""Something that a server does again and again beside its requests."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

log = logging.getLogger("runyard")


class Background:
    """Calls `look` every so many seconds on the event loop; the application makes it and closes it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def look(self) -> None:
        """Do it once."""
        raise NotImplementedError

    async def close(self) -> None:
        """Stop."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # the task's boundary: the next look may do better
                log.exception("%s failed", type(self).__name__)
            await asyncio.sleep(self._seconds)
