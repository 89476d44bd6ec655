"""Answers the hottest writes without ASGI's machinery: from the parser's callback to the writer and back.

An ASGI request costs a task, an event, and several dictionaries; a logged point costs less than they do. So requests
of a few exact paths are decoded in the callback that completes their body, given to the writer, and answered from the
callback that settles them (docs/decisions/0007-direct-writes.md). Everything else about them is the same: the same
checks, the same receipts, the same errors. A request that is unusual in any way takes the ordinary path.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from runyard.http.delivery import Activity
from runyard.http.response import Response
from runyard.store.metadata.session import Session
from runyard.store.operation import Operation, Record, Work

if TYPE_CHECKING:
    from runyard.http.connection import RunyardProtocol

# Larger bodies are read with back pressure, by the ordinary path.
MOST_BYTES = 4 * 1024 * 1024
_ORDINARY_ONLY = frozenset(
    (
        b"expect",
        b"transfer-encoding",
        b"content-encoding",
        b"upgrade",
        b"origin",
        b"accept",
        b"x-mlflow-workspace",
    )
)
_STATUS_LINES = {int(status): f"HTTP/1.1 {status} {status.phrase}\r\n".encode() for status in HTTPStatus}


class Answer(Protocol):
    """Makes the body of an answer that says more than `{}`."""

    def ready(self) -> bytes | None:
        """The body, if the request's own work was done; None when it repeats another request."""

    def read(self, session: Session, result: Any) -> bytes:
        """The body for a repeated request, from what the first one's work returned; on a reader thread."""


class Prepared(NamedTuple):
    """A decoded and checked write: what the writer is to do (see Operation), and what to answer."""

    work: Work
    guarded: bool
    record: Record | None = None
    answer: Answer | None = None


# Decodes and checks a body of a content type; raises a RunyardError.
Prepare = Callable[[bytes, str], Prepared]


class DirectApp(Protocol):
    """What the connection needs of the application."""

    direct: dict[bytes, Prepare]
    activity: Activity

    def begin_direct(self, request: DirectRequest) -> None:
        """Check the request and give it to the writer, or answer what is wrong with it."""

    def read_direct(self, request: DirectRequest, answer: Answer, result: Any) -> None:
        """Read the answer to a repeated request, and reply it."""

    def direct_error(self, request: DirectRequest, error: BaseException) -> Response:
        """The answer for a write that failed."""

    def direct_answered(self, request: DirectRequest, status: int) -> None:
        """Count an answer."""


class _NoEvent:
    """Stands where uvicorn wakes a waiting task; a direct request has none."""

    def set(self) -> None:
        """Nothing waits."""


class DirectRequest:
    """One request on its way; has what uvicorn's connection asks of its current cycle."""

    message_event = _NoEvent()

    def __init__(self, protocol: RunyardProtocol, app: DirectApp, keep_alive: bool) -> None:
        self.protocol = protocol
        self.headers: list[tuple[bytes, bytes]] = protocol.headers
        self.path: bytes = protocol.url
        self.keep_alive = keep_alive
        self.response_complete = False
        self.disconnected = False
        self.answer: Answer | None = None
        self.started = time.perf_counter()
        self._app = app
        self._pieces: list[bytes] = []

    def add(self, piece: bytes) -> None:
        """Take a piece of the body."""
        self._pieces.append(piece)

    def take_body(self) -> bytes:
        """The whole body, which is not kept: this object lives until its connection's next request."""
        pieces, self._pieces = self._pieces, []
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def header(self, name: bytes) -> bytes | None:
        """The header of this name (lower case)."""
        for key, value in self.headers:
            if key == name:
                return value
        return None

    def settle(self, operation: Operation) -> None:
        """Answer with what became of the write; call it on the event loop."""
        if operation.error is not None:
            self.reply(self._app.direct_error(self, operation.error))
        elif self.answer is None:
            self.reply(Response(b"{}"))
        elif (body := self.answer.ready()) is not None:
            self.reply(Response(body))
        else:
            self._app.read_direct(self, self.answer, operation.result)

    def reply(self, response: Response) -> None:
        """Write the answer, head and body at once."""
        self._app.direct_answered(self, response.status)
        protocol = self.protocol
        self.response_complete = True
        if self.disconnected:
            return
        pieces = [_STATUS_LINES[response.status]]
        for name, value in (*protocol.server_state.default_headers, *response.headers):
            pieces += (name, b": ", value, b"\r\n")
        if not self.keep_alive:
            pieces.append(b"connection: close\r\n")
        pieces += (b"content-length: %d\r\n\r\n" % len(response.body), response.body)
        protocol.transport.write(b"".join(pieces))
        if not self.keep_alive:
            protocol.transport.close()
        protocol.on_response_complete()


def eligible(protocol: RunyardProtocol, app: DirectApp) -> DirectRequest | None:
    """A direct request for the head that was just parsed, or None when it is to take the ordinary path."""
    if protocol.url not in app.direct or protocol.parser.get_method() != b"POST":
        return None
    if protocol.cycle is not None and not protocol.cycle.response_complete:
        return None  # pipelined behind another request
    length = -1
    for name, value in protocol.headers:
        if name == b"content-length" and value.isdigit():
            length = int(value)
        elif name in _ORDINARY_ONLY and value != b"*/*":
            return None
    if not 0 <= length <= MOST_BYTES or protocol.parser.get_http_version() != "1.1":
        return None
    return DirectRequest(protocol, app, protocol.parser.should_keep_alive())
