"""Answers requests in the process that asks: the server's application on a thread, without a socket.

A script that logs into a folder opens the folder's store by itself, like one more process of a server. Everything that
HTTP can ask is asked here, too, and what comes back is what a server would answer.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from runyard.errors import Unavailable
from runyard.http.app import App, build_app
from runyard.settings import Settings, load_settings
from runyard.store.inline import Inline

# Seconds after a pause in which the folder is opened again, if nobody asks before: processes are forked in groups.
REOPEN_SECONDS = 0.5
# Seconds in which a folder opens: as long as it waits for another process that writes to it, and some.
OPEN_SECONDS = 60.0


class Answer(NamedTuple):
    """Status, headers and body of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Asked(NamedTuple):
    method: str
    target: str
    body: bytes
    headers: Mapping[str, str]


class Embedded:
    """The application of one folder, for all threads of a process.

    Whoever makes it pauses it before each fork; the forked process makes its own.
    """

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self._app = build_app(folder, settings or load_settings({}), embedded=True)
        self._changed = threading.Condition()
        self._host: _Host | None = None
        self._pauses = 0
        self._reopens = False

    def open(self) -> None:
        """Open the folder; raises RunyardError, OSError or sqlite3.Error where that fails."""
        self.ask("GET", "/health", b"", {}, OPEN_SECONDS)

    def ask(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str], seconds: float
    ) -> Answer:
        """What the application answers; the folder is opened by the first call.

        `target` is a path with its query, percent-encoded. Raises what `open` raises, and Unavailable when no answer
        comes in time: what was asked is then done later all the same.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._pauses)
            future = self._opened().submit(_Asked(method, target, body, headers))
        try:
            return future.result(seconds)
        except NotInTime:
            raise Unavailable(f"no answer within {seconds:g} seconds") from None

    def pause(self) -> None:
        """Close the folder until `resume`: call it before a fork.

        SQLite counts its locks by process, and a forked one would take its parent's for its own.
        """
        with self._changed:
            self._pauses += 1
            host, self._host = self._host, None
        if host is not None:
            self._reopens = True
            host.end()

    def resume(self) -> None:
        """Let calls go on, and open the folder soon if it was open: at the interpreter's exit it could not be."""
        with self._changed:
            self._pauses -= 1
            if self._reopens and not self._pauses:
                self._reopens = False
                with suppress(Unavailable):
                    self._host = _Host(self._app, REOPEN_SECONDS)
            self._changed.notify_all()

    def close(self) -> None:
        """Do what was asked, and close the folder; a later call opens it again."""
        with self._changed:
            host, self._host = self._host, None
        if host is not None:
            host.end()

    def _opened(self) -> _Host:
        if self._host is not None and self._host.failed:
            self._host.end()
            self._host = None
        if self._host is None:
            self._host = _Host(self._app, 0.0)
        return self._host


class _Host:
    """The application, open, and the thread that it lives on."""

    def __init__(self, app: App, patience: float) -> None:
        """`patience`: seconds after which the application is opened, if nobody asks it before."""
        self._app = app
        self._patience = patience
        self._loop = asyncio.new_event_loop()
        # Threads of a pool end before the interpreter's exit calls its handlers, and mlflow ends runs in one.
        self._loop.set_default_executor(Inline())
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._wanted = asyncio.Event()
        self._ending = asyncio.Event()
        self._asked = False
        # Whether the folder could not be opened.
        self.failed = False
        self._thread = threading.Thread(target=self._run, name="runyard-folder", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:
            self._loop.close()
            raise Unavailable("the interpreter is ending") from None

    def submit(self, asked: _Asked) -> Future[Answer]:
        """Ask; not after `end`."""
        self._asked = True
        return asyncio.run_coroutine_threadsafe(self._answer(asked), self._loop)

    def end(self) -> None:
        """Answer what was asked, close the folder, and end the thread."""
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join()

    def _end(self) -> None:
        self._ending.set()
        self._wanted.set()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._live())
        finally:
            self._loop.close()

    async def _live(self) -> None:
        if self._patience:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), self._patience)
        try:
            if self._ending.is_set() and not self._asked:
                raise Unavailable("the folder was closed before anybody asked")
            self._app.open()
        except BaseException as error:  # a thread boundary: whoever asks is told
            self.failed = True
            self._ready.set_exception(error)
            # Nobody may ask.
            self._ready.exception()
        else:
            self._ready.set_result(None)
        await self._ending.wait()
        asked = asyncio.all_tasks() - {asyncio.current_task()}
        if asked:
            await asyncio.wait(asked)
        if not self.failed:
            await self._app.close()

    async def _answer(self, asked: _Asked) -> Answer:
        self._wanted.set()
        await asyncio.shield(self._ready)
        started: dict[str, Any] = {}
        pieces: list[bytes] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                pieces.append(message["body"])

        await self._app(_scope(asked), receive, send)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in started["headers"]}
        return Answer(started["status"], headers, b"".join(pieces))


def _scope(asked: _Asked) -> dict[str, Any]:
    path, _, query = asked.target.partition("?")
    given = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in asked.headers.items()
        if name.lower() != "host"
    ]
    return {
        "type": "http",
        "method": asked.method,
        "path": unquote(path),
        "query_string": query.encode("ascii"),
        "headers": [(b"host", b"localhost"), *given],
    }
