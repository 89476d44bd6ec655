"""Runs reads and writes of the store off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from runyard.store.metadata.session import Session
from runyard.store.store import Store
from runyard.store.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """Awaitable reads on the store's reading threads, and writes: `await reader.read(function, argument)`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def read(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(session, ...)` on a reading thread."""
        return await self.call(partial(self.store.read, function, *args, **kwargs))

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work(transaction)` on the writing thread, whole or not at all, and wait until it is durable."""
        result: T = await asyncio.wrap_future(self.store.submit(work))
        return result

    async def call(self, function: Callable[[], T]) -> T:
        """Call `function()` on a reading thread."""
        return await asyncio.get_running_loop().run_in_executor(self.store.readers, function)

    async def on_files(self, function: Callable[[], T]) -> T:
        """Call `function()` on a thread for files, so that reads of the database need not wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self.store.artifact_threads, function)
