"""Applies what scripts that logged into the folder by themselves left in its spool: they were killed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from runyard.errors import RunyardError
from runyard.http.background import Background
from runyard.http.ingest import Ingest
from runyard.mlflow_api.segments import Piece, Unreadable, left, read_segment, remove, segments
from runyard.mlflow_api.spool import Frames
from runyard.store.producers import Refused
from runyard.store.store import Store

log = logging.getLogger("runyard")

# Seconds between two looks, and after which what could not be applied is tried again.
LOOK_SECONDS = 5.0
AGAIN_SECONDS = 300.0

T = TypeVar("T")


class Leftovers(Background):
    """Takes each segment of an ended process, and removes it; what belongs to runs that are not there yet stays."""

    def __init__(self, store: Store, ingest: Ingest) -> None:
        self._store = store
        self._ingest = ingest
        # Segments that stay, and when they are tried again, by the monotonic clock.
        self._kept: dict[Path, float] = {}
        super().__init__(LOOK_SECONDS)

    async def look(self) -> None:
        """Apply what is there; what another part of it makes a run for is applied in a second turn."""
        for _ in range(2):
            took = False
            for folder in await self._call(left, self._store.folder):
                took |= await self._take(folder)
            if not took or not self._kept:
                return
            self._kept.clear()

    async def _take(self, folder: Path) -> bool:
        """Apply what one process left; whether anything was."""
        took = False
        kept = False
        for path in await self._call(segments, folder):
            if self._kept.get(path, 0.0) > time.monotonic():
                kept = True
            elif await self._apply(path):
                took = True
                self._kept.pop(path, None)
                path.unlink(missing_ok=True)
            else:
                kept = True
                self._kept[path] = time.monotonic() + AGAIN_SECONDS
        if not kept:
            await self._call(remove, folder)
        return took

    async def _apply(self, path: Path) -> bool:
        """Apply a segment's frames; False where some of it has to wait."""
        again = False
        try:
            for piece in await self._call(_pieces, path):
                frames = await self._call(Frames, *piece)
                for refusal in await self._ingest.submit(frames.apply, True, None):
                    again |= refusal.again
                    _tell(path, refusal)
        except FileNotFoundError:
            return True  # a script has sent it meanwhile
        except (Unreadable, RunyardError, OSError) as error:
            log.warning("What a script left in %s is not taken yet: %s", path, error)
            return False
        return not again

    async def _call(self, function: Callable[..., T], *arguments: object) -> T:
        """Call what reads files on another thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._store.readers, function, *arguments)


def _pieces(path: Path) -> list[Piece]:
    return list(read_segment(path))


def _tell(path: Path, refusal: Refused) -> None:
    number = refusal.last - refusal.first + 1
    log.log(
        # What waits for its run may be told again and again.
        logging.INFO if refusal.again else logging.WARNING,
        "%d calls that a script left in %s are %s. Run %s: %s",
        number,
        path.parent,
        "kept" if refusal.again else "refused",
        refusal.run_id,
        refusal.message,
    )
