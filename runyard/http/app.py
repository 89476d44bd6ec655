"""The ASGI application: opens the store, checks every request, finds its route, answers errors as JSON."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from runyard.errors import EndpointNotFound, InvalidParameter, RunyardError
from runyard.http import pages
from runyard.http.background import Background
from runyard.http.bell import Bell
from runyard.http.collector import keep_what_is_there
from runyard.http.context import Context
from runyard.http.delivery import SCOPE_KEY, Activity
from runyard.http.direct import Answer, DirectRequest, Prepare
from runyard.http.hearing import Hearing
from runyard.http.ingest import Ingest
from runyard.http.leftovers import Leftovers
from runyard.http.live import Live
from runyard.http.lost_jobs import LostJobs
from runyard.http.request import Disconnected, Request, make_receipt
from runyard.http.response import Response, Send, error_response
from runyard.http.router import Router
from runyard.http.security import Gate
from runyard.http.static import Static
from runyard.http.studio import PREFIX as STUDIO_PREFIX
from runyard.http.studio import Studio
from runyard.jobs_api.pools import Pools
from runyard.jobs_api.routes import ROUTES as JOB_ROUTES
from runyard.mlflow_api.routes import DIRECT
from runyard.mlflow_api.routes import ROUTES as MLFLOW_ROUTES
from runyard.mlflow_api.workspaces import check_workspace
from runyard.settings import Settings
from runyard.store.operation import Operation
from runyard.store.store import Store
from runyard.store.writer import translate

WORKSPACE_HEADER = "x-mlflow-workspace"
logger = logging.getLogger("runyard")
# Paths that are never a page of the studio: unknown ones answer JSON.
API_PREFIXES = (
    "/api/",
    "/ajax-api/",
    "/mlflow/",
    "/graphql",
    "/gateway/",
    "/v1/",
    "/get-artifact",
    "/model-versions/",
)


def build_app(folder: Path, settings: Settings, embedded: bool = False) -> App:
    """The application for one workspace folder; `embedded` in a script's process, which serves nobody else."""
    return App(folder, settings, embedded)


class App:
    """Plain ASGI: the hot path of every logged metric passes here."""

    def __init__(self, folder: Path, settings: Settings, embedded: bool = False) -> None:
        self._folder = folder
        self._embedded = embedded
        self._settings = settings
        self._gate = Gate(settings)
        self._static = Static()
        self.router = Router([*pages.ROUTES, *MLFLOW_ROUTES, *JOB_ROUTES])
        self.context: Context | None = None
        self.direct: dict[bytes, Prepare] = DIRECT
        self.activity = Activity()
        self._tasks: list[Background] = []

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            raise NotImplementedError(f"{scope['type']} connections are not served")

    async def _lifespan(self, receive: Any, send: Send) -> None:
        await receive()
        try:
            self.open()
        except Exception as error:  # told to uvicorn, which ends the process
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            raise
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    def open(self) -> None:
        """Open the store; call it on the event loop that requests are answered on."""
        loop = asyncio.get_running_loop()
        store = Store(self._folder, self._settings, inline=self._embedded)
        live = Live(loop)
        bell = Bell(loop)
        pools = Pools()
        store.writer.published += [live.publish, bell.hear]

        def build_studio() -> Any:
            from runyard.studio_api.app import build_studio_api

            studio = build_studio_api(store, pools.known)
            keep_what_is_there()
            return studio

        ingest = Ingest(store, loop)
        studio = None if self._embedded else Studio(build_studio)
        self.context = Context(self._settings, store, ingest, live, bell, studio, pools)
        if not self._embedded:
            self._tasks = [Hearing(store, live), Leftovers(store, ingest), LostJobs(store, ingest)]

    async def close(self) -> None:
        """End what runs in the background, and close the store."""
        context = self.context
        assert context is not None, "open() was called"
        for task in self._tasks:
            await task.close()
        context.live.close()
        context.bell.close()
        if context.studio is not None:
            await context.studio.close()
        context.ingest.close()
        await asyncio.to_thread(context.store.close)

    async def _http(self, scope: Any, receive: Any, send: Send) -> None:
        started = time.perf_counter()
        context = self.context
        assert context is not None, "the lifespan opens the store before the first request"
        request = Request(scope, receive, context)
        route = "(unknown)"
        context.traffic.in_flight += 1
        try:
            path = scope["path"]
            if path != "/health":
                self._gate.check(scope["method"], scope["headers"])
                check_workspace(request.header(WORKSPACE_HEADER))
            if context.studio is not None and path.startswith(STUDIO_PREFIX + "/"):
                route = STUDIO_PREFIX
                await context.studio(scope, receive, send)
                context.traffic.count(route, 200, time.perf_counter() - started)
                return
            response, route = await self._respond(request)
        except Disconnected:
            return
        except Exception as error:  # the request boundary: everything becomes one JSON shape
            response = error_response(_as_error(error, scope, quiet=self._embedded))
        finally:
            context.traffic.in_flight -= 1
        self._allow_origin(request, response)
        await response.send(send, scope.get(SCOPE_KEY))
        context.traffic.count(route, response.status, time.perf_counter() - started)

    async def _respond(self, request: Request) -> tuple[Response, str]:
        method, path = request.method, request.path
        if method == "OPTIONS":
            return Response(b"", b"text/plain", 204), "(options)"
        try:
            route, values = self.router.find(method, path)
        except EndpointNotFound:
            if method in ("GET", "HEAD") and not path.startswith(API_PREFIXES):
                return self._static.respond(path, request.header("accept-encoding") or ""), "(studio)"
            raise
        request.values = values
        return await route.handler(request), route.path

    def begin_direct(self, request: DirectRequest) -> None:
        """Check a direct request and give it to the writer, or answer what is wrong with it."""
        context = self.context
        assert context is not None
        try:
            self._gate.check("POST", request.headers)
            content_type = request.header(b"content-type") or b""
            body = request.take_body()
            work, guarded, record, request.answer = self.direct[request.path](
                body, content_type.decode("latin-1")
            )
            key = request.header(b"idempotency-key")
            receipt = make_receipt(b"POST " + request.path, body, key, request.protocol.delivery)
            operation = Operation(work, guarded, receipt, request, record)
            context.ingest.put(operation, self.activity.is_alone(request.protocol, request.started))
        except Exception as error:  # the request boundary: everything becomes one JSON shape
            request.reply(self.direct_error(request, error))

    def read_direct(self, request: DirectRequest, answer: Answer, result: Any) -> None:
        """Read the answer to a repeated request, and reply it."""
        context = self.context
        assert context is not None
        loop, store = asyncio.get_running_loop(), context.store
        reading = loop.run_in_executor(store.readers, lambda: answer.read(store.session(), result))

        def reply(read: asyncio.Future[bytes]) -> None:
            error = read.exception()
            request.reply(self.direct_error(request, error) if error else Response(read.result()))

        reading.add_done_callback(reply)

    def direct_error(self, request: DirectRequest, error: BaseException) -> Response:
        """The answer for a write that failed."""
        return error_response(_as_error(error, {"method": "POST", "path": request.path.decode("latin-1")}))

    def direct_answered(self, request: DirectRequest, status: int) -> None:
        """Count an answer."""
        assert self.context is not None
        seconds = time.perf_counter() - request.started
        self.context.traffic.count(request.path.decode("latin-1"), status, seconds)

    def _allow_origin(self, request: Request, response: Response) -> None:
        """Let the pages that the setting names read answers."""
        if not self._gate.origins:
            return
        origin = request.header("origin")
        if origin is not None and origin.rstrip("/") in self._gate.origins:
            response.headers += [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
                (b"access-control-allow-headers", b"content-type, authorization, idempotency-key"),
                (b"vary", b"origin"),
            ]


def _as_error(error: BaseException, scope: Any, quiet: bool = False) -> RunyardError:
    """The error to answer; unless `quiet`, the log says it where it is the server's fault."""
    if isinstance(error, RunyardError):
        if error.status >= 500 and not quiet:
            logger.error("%s %s: %s", scope["method"], scope["path"], error.message)
        return error
    if isinstance(error, OverflowError):
        return InvalidParameter("Invalid value: a number of the request does not fit 64 bits.")
    if isinstance(error, sqlite3.Error):
        translated = translate(error)
        if isinstance(translated, RunyardError):
            return _as_error(translated, scope, quiet)
    logger.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
    return RunyardError("The server failed to answer this request; its log says why.")
