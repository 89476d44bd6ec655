"""Reads files for their digests: once for all who ask, and a piece at a time, so that others get the threads, too."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from runyard.store.artifacts.digests import Digests
from runyard.store.artifacts.interface import ArtifactFile

PIECE_BYTES = 1024 * 1024
# Pieces that are read before a thread is given back: some milliseconds.
PIECES = 4


class Hashing:
    """What is being read now; used on one event loop alone."""

    def __init__(self, digests: Digests, threads: Executor) -> None:
        self._digests = digests
        self._threads = threads
        self._running: dict[str, asyncio.Task[None]] = {}

    async def digest(self, etag: str, opened: Callable[[], ArtifactFile]) -> bytes | None:
        """The digest of the file that `opened` opens; None when that has another ETag, as it was overwritten."""
        task = self._running.get(etag)
        if task is None:
            task = self._running[etag] = asyncio.create_task(self._read(opened))
            task.add_done_callback(lambda done: self._end(etag, done))
        # Who leaves ends no reading that others may wait for.
        await asyncio.shield(task)
        return self._digests.known(etag)

    def _end(self, etag: str, done: asyncio.Task[None]) -> None:
        del self._running[etag]
        if not done.cancelled():
            # Seen, also when everybody left who waited for it.
            done.exception()

    async def _read(self, opened: Callable[[], ArtifactFile]) -> None:
        file = await self._on_thread(opened)
        try:
            found = hashlib.sha256()
            offset = 0
            while more := await self._on_thread(_update, found, file, offset):
                offset += more
            self._digests.note(file.etag, found.digest())
        finally:
            file.close()

    async def _on_thread(self, function: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *given)


def _update(found: Any, file: ArtifactFile, offset: int) -> int:
    """Hash the next pieces of a file; their bytes, 0 at its end."""
    begun = offset
    for _ in range(PIECES):
        piece = file.read(offset, PIECE_BYTES)
        if not piece:
            break
        found.update(piece)
        offset += len(piece)
    return offset - begun
