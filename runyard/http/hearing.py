"""Passes on to browsers what other processes changed in the same folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from runyard.errors import RunyardError
from runyard.http.background import Background
from runyard.http.live import Live
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.changes import Change
from runyard.store.store import Store

# Seconds between two looks, while a browser is connected: at what others say, and at files, which nobody tells of.
LOOK_SECONDS = 0.25
FILE_SECONDS = 1.0
# Runs whose files are looked at; who looks at more at once does not look at their files.
MOST_RUNS = 20


class Hearing(Background):
    """Hears scripts that log into the folder by themselves, and a server's other processes."""

    def __init__(self, store: Store, live: Live) -> None:
        self._store = store
        self._live = live
        # Of the runs that somebody looks at: what their files were at the last look.
        self._files: dict[str, int] = {}
        self._looked = 0.0
        store.notices.listen()
        super().__init__(LOOK_SECONDS)

    async def look(self) -> None:
        """Pass on what is new."""
        if self._live.count():
            loop = asyncio.get_running_loop()
            run_ids = self._live.run_ids()
            changes = await loop.run_in_executor(self._store.readers, self._hear, run_ids)
            if changes:
                self._live.publish(changes)

    def _hear(self, run_ids: frozenset[str]) -> list[Change]:
        notices = self._store.notices
        changes = notices.hear()
        if time.monotonic() - self._looked >= FILE_SECONDS and len(run_ids) <= MOST_RUNS:
            self._looked = time.monotonic()
            # Alone, the server writes all files itself, and tells of them.
            changes += self._changed_files(run_ids if notices.has_company() else ())
        return changes

    def _changed_files(self, run_ids: Iterable[str]) -> list[Change]:
        before, self._files = self._files, {}
        changes = []
        for run_id in run_ids:
            try:
                key = location_key(run_location(self._store.session(), run_id))
            except RunyardError:  # it is gone, or its files lie elsewhere
                continue
            found = self._files[run_id] = self._store.artifacts.stamp(key)
            # At the first look, too: the page may have asked before a file came.
            if before.get(run_id) != found:
                changes.append(Change(run_id, "", "artifacts"))
        return changes
