"""A proxy between a client and a server that does to requests what bad networks do."""

from __future__ import annotations

import http.client
import itertools
import random
import socket
import threading
import time
from copy import copy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import urlsplit

Started = TypeVar("Started", bound="Proxy")

# What may befall a request.
FAULTS = (
    *("cut before", "cut after", "twice", "delay", "500", "429", "503", "half"),
    # The client gives up, and what it sent arrives after newer requests: alone, or after its own repetition.
    *("late", "late again"),
    # The answer comes after that to a newer request of another connection.
    "overtaken",
)
# Requests that a late one lets pass, and seconds after which it goes on where none come.
NEWER, LATE_SECONDS, OVERTAKEN_SECONDS = 2, 3.0, 0.5


class Proxy:
    """Passes requests on to `target`, which may be changed, as when a server comes back on another port."""

    def __init__(self, target: str) -> None:
        self.target = target
        # Something befalls one of so many requests, none with 0; what, in turn.
        self.every = 0
        self.faults: tuple[str, ...] = FAULTS
        self._requests = itertools.count(1)
        # How many were passed on and answered.
        self._passed = 0
        self._passing = threading.Condition()
        # Late requests that have arrived after newer ones.
        self.reordered = 0
        self._late: list[threading.Thread] = []
        # Takes connections and never answers.
        self.black_hole = False
        # Refuses connections' requests at once.
        self.down = False
        self.status: int | None = None
        self.befell: list[str] = []
        self._chance = random.Random(11)
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                proxy.handle(self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """Pass one request on, or let something befall it."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        while self.black_hole:
            time.sleep(0.05)
        if self.down:
            self._cut(request)
            return
        if self.status is not None:
            self._reply(request, self.status, b"{}", [])
            return
        fault = ""
        if self.every and next(self._requests) % self.every == 0:
            fault = self.faults[len(self.befell) % len(self.faults)]
            self.befell.append(fault)
        if fault.isdigit():
            self._reply(request, int(fault), b"{}", [])
            return
        if fault == "cut before":
            self._cut(request)
            return
        if fault.startswith("late"):
            self._pass_on_later(request, body)
        if fault == "late":
            self._cut(request)
            return
        if fault == "delay":
            time.sleep(self._chance.uniform(0.05, 0.3))
        if fault == "overtaken":
            self._let_pass(1, OVERTAKEN_SECONDS)
        try:
            if fault == "half":
                self._send_half(request, body)
                self._cut(request)
                return
            if fault == "twice":
                self._pass_on(request, body)
            status, answer, headers = self._pass_on(request, body)
        except OSError:
            self._cut(request)
            return
        with self._passing:
            self._passed += 1
            self._passing.notify_all()
        if fault == "cut after":
            self._cut(request)
        else:
            self._reply(request, status, answer, headers)

    def _let_pass(self, number: int, seconds: float) -> None:
        """Wait until so many other requests have been answered, or nothing comes."""
        with self._passing:
            until = self._passed + number
            if self._passing.wait_for(lambda: self._passed >= until, seconds):
                self.reordered += 1

    def _pass_on_later(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        """Pass a request on when newer ones have arrived; nobody hears the answer."""

        # Of a connection that goes on, the handler will have another request by then.
        asked = copy(request)

        def later() -> None:
            self._let_pass(NEWER, LATE_SECONDS)
            try:
                self._pass_on(asked, body)
            except OSError:
                # The server is away.
                return

        thread = threading.Thread(target=later, daemon=True)
        self._late.append(thread)
        thread.start()

    def settle(self) -> None:
        """Wait until every late request has arrived."""
        for thread in self._late:
            thread.join()

    def _pass_on(
        self, request: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, bytes, list[tuple[str, str]]]:
        parts = urlsplit(self.target)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=30)
        try:
            connection.request(request.command, request.path, body, self._headers(request))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheaders()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from None
        finally:
            connection.close()

    def _send_half(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        parts = urlsplit(self.target)
        with socket.create_connection((parts.hostname or "", parts.port or 80), 30) as connection:
            head = [f"{request.command} {request.path} HTTP/1.1"]
            head += [f"{name}: {value}" for name, value in self._headers(request).items()]
            connection.sendall("\r\n".join([*head, "", ""]).encode() + body[: len(body) // 2])

    def _headers(self, request: BaseHTTPRequestHandler) -> dict[str, str]:
        return {**dict(request.headers), "Host": urlsplit(self.target).netloc}

    @staticmethod
    def _reply(
        request: BaseHTTPRequestHandler, status: int, body: bytes, headers: list[tuple[str, str]]
    ) -> None:
        try:
            request.send_response_only(status)
            # The answer to a HEAD says how long a body would be.
            own = {"connection", "transfer-encoding"} | (
                {"content-length"} if request.command != "HEAD" else set()
            )
            for name, value in headers:
                if name.lower() not in own:
                    request.send_header(name, value)
            if request.command != "HEAD":
                request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)
        except OSError:
            request.close_connection = True

    @staticmethod
    def _cut(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        try:
            request.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        """Stop taking connections."""
        self.black_hole = False
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self: Started) -> Started:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
