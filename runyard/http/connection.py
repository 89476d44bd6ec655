"""The HTTP/1.1 connection: uvicorn's, with small answers sent at once and unanswered requests remembered."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from runyard.store.receipts import Receipt

SCOPE_KEY = "runyard.connection"


class Delivery:
    """Whether the last answer on one connection reached its client.

    A client that sends its next request on a connection has read the answer before it. One whose connection
    breaks, or closes before the answer was written, may not have it and will ask again.
    """

    __slots__ = ("closed", "on_close", "receipt", "written")

    def __init__(self) -> None:
        self.receipt: Receipt | None = None
        self.written = True
        self.closed = False
        # Wakes an answer that never ends by itself.
        self.on_close: Callable[[], None] | None = None

    def begin(self) -> None:
        """The next request starts: the answer before it has arrived."""
        if self.receipt is not None:
            self.receipt.acknowledged = True
            self.receipt = None
        self.written = False

    def end(self, broken: bool) -> None:
        """The connection is closed; `broken` when it was reset or timed out."""
        self.closed = True
        if self.on_close is not None:
            self.on_close()
        if self.receipt is None:
            return
        if broken or not self.written:
            self.receipt.lost = True
        else:
            self.receipt.acknowledged = True
        self.receipt = None


class RunyardProtocol(HttpToolsProtocol):
    """One connection of the server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Send small packets at once: with several workers, sockets do not inherit the option."""
        super().connection_made(transport)
        self.delivery = Delivery()
        connection = transport.get_extra_info("socket")
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def on_message_begin(self) -> None:
        """Give each request its connection."""
        super().on_message_begin()
        self.delivery.begin()
        self.scope[SCOPE_KEY] = self.delivery  # type: ignore[literal-required]  # ours beside ASGI's keys

    def on_response_complete(self) -> None:
        """Remember that the answer was written."""
        self.delivery.written = True
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the last request whether its answer may be lost."""
        self.delivery.end(broken=exc is not None)
        super().connection_lost(exc)
