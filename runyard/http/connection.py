"""The HTTP/1.1 connection: uvicorn's, with small answers sent at once, unanswered requests remembered, and the hottest
writes taken directly."""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from runyard.http.delivery import SCOPE_KEY, Delivery
from runyard.http.direct import DirectApp, DirectRequest, eligible


class RunyardProtocol(HttpToolsProtocol):
    """One connection of the server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Send small packets at once: with several workers, sockets do not inherit the option."""
        super().connection_made(transport)
        self._app: DirectApp = self.config.app  # type: ignore[assignment]  # the server gives no other
        self._direct: DirectRequest | None = None
        self.delivery = Delivery(self._app.activity, transport)
        connection = transport.get_extra_info("socket")
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def on_message_begin(self) -> None:
        """Give each request its connection."""
        super().on_message_begin()
        self.delivery.begin()
        self.scope[SCOPE_KEY] = self.delivery  # type: ignore[literal-required]  # ours beside ASGI's keys

    def on_headers_complete(self) -> None:
        """Take the hottest writes directly, and everything else through ASGI."""
        self._direct = eligible(self, self._app)
        if self._direct is None:
            super().on_headers_complete()
        else:
            self.cycle = self._direct  # type: ignore[assignment]  # it has what the connection asks of a cycle

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        if self._direct is None:
            super().on_body(body)
        else:
            self._direct.add(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        direct = self._direct
        if direct is None:
            super().on_message_complete()
        else:
            self._direct = None
            self._app.begin_direct(direct)

    def on_response_complete(self) -> None:
        """Remember that the answer was written."""
        self.delivery.written = True
        self.delivery.finish()
        super().on_response_complete()

    def eof_received(self) -> None:
        """The client closed its side: see whether it has the last answer."""
        self.delivery.delivered = not self.delivery.is_lost()
        super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the last request whether its answer may be lost."""
        self.delivery.end(broken=exc is not None)
        super().connection_lost(exc)
