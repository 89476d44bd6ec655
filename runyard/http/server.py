"""Runs the application on uvicorn: one process, or several that share the port."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from runyard.http.app import App, build_app
from runyard.http.collector import collect_rarely
from runyard.http.connection import RunyardProtocol
from runyard.settings import Settings

# Clients keep connections for longer than uvicorn's 5 seconds between two logged metrics.
KEEP_ALIVE_SECONDS = 75


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises OSError when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1024)
    listener.setblocking(False)
    return listener


class Server(uvicorn.Server):
    """Stops gracefully at the first signal and at once at the second."""

    def __init__(self, config: uvicorn.Config, app: App, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the store, accept connections, then say so."""
        await super().startup(sockets)
        if self.started:
            collect_rarely()
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what was accepted, then close the store."""
        if self._app.context is not None:
            # Live streams never end by themselves.
            self._app.context.live.close()
            self._app.context.bell.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The signal handler; answered requests are durable, so a second signal may cut everything."""
        if self.should_exit:
            os._exit(128 + sig)
        self.should_exit = True


def serve(folder: Path, settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal comes; `ready` is called when requests are answered."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    app = build_app(folder, settings)
    config = uvicorn.Config(
        app,
        http=RunyardProtocol,
        ws="none",
        lifespan="on",
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        # Nothing here asks for the client's address, so no header may change it.
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        backlog=1024,
    )
    Server(config, app, ready).run(sockets=[listener])


def serve_many(folder: Path, settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve with `settings.workers` processes; a worker that dies is replaced.

    Processes share the listening socket and the folder: SQLite's lock orders their commits.
    """
    workers: set[int] = set()
    stopping = threading.Event()

    def forward(sig: int, frame: FrameType | None) -> None:
        stopping.set()
        for worker in workers:
            os.kill(worker, sig)

    def start() -> None:
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            try:
                serve(folder, settings, listener, lambda: None)
            finally:
                os._exit(0)
        workers.add(worker)

    for _ in range(settings.workers):
        start()
    signal.signal(signal.SIGTERM, forward)
    signal.signal(signal.SIGINT, forward)
    ready()
    while workers:
        worker, _ = os.wait()
        workers.discard(worker)
        if not stopping.is_set():
            start()
