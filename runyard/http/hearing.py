"""Passes on to browsers what other processes changed in the same folder."""

from __future__ import annotations

import asyncio

from runyard.http.background import Background
from runyard.http.live import Live
from runyard.store.store import Store

# Seconds between two looks, while a browser is connected.
LOOK_SECONDS = 0.25


class Hearing(Background):
    """Hears scripts that log into the folder by themselves, and a server's other processes."""

    def __init__(self, store: Store, live: Live) -> None:
        self._store = store
        self._live = live
        store.notices.listen()
        super().__init__(LOOK_SECONDS)

    async def look(self) -> None:
        """Pass on what is new."""
        if self._live.count():
            loop = asyncio.get_running_loop()
            changes = await loop.run_in_executor(self._store.readers, self._store.notices.hear)
            if changes:
                self._live.publish(changes)
