"""Serves the studio's own API, a FastAPI app that is imported after the port is open.

Importing FastAPI takes about a second, and a training script that waits for the server needs none of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from runyard.errors import Unavailable

PREFIX = "/studio-api"
Application = Callable[[Any, Any, Any], Any]
logger = logging.getLogger("runyard")


class Studio:
    """Builds the app in the background and passes requests on to it."""

    def __init__(self, build: Callable[[], Application]) -> None:
        self._task = asyncio.ensure_future(asyncio.to_thread(build))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request under PREFIX, waiting for the import if need be."""
        try:
            application = await asyncio.shield(self._task)
        except Exception as error:  # it died at import: say so to every caller, and log it once
            logger.exception("The studio's API can't be built")
            raise Unavailable(f"The studio's API can't be built: {error}") from error
        inner = dict(scope)
        inner["root_path"] = scope.get("root_path", "") + PREFIX
        await application(inner, receive, send)

    async def close(self) -> None:
        """Wait for the import to end, so that no thread outlives the loop."""
        await asyncio.gather(self._task, return_exceptions=True)
