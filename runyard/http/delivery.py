"""What one connection knows about the answer to its last request, and how busy the process is."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from itertools import count

from runyard.store.receipts import Receipt

SCOPE_KEY = "runyard.connection"


# linux/tcp_states.h: the state after a reset, and after the other side has closed properly.
TCP_CLOSE = 7
TCP_CLOSE_WAIT = 8
# Requests of two connections within this many seconds come from clients that work at the same time.
TOGETHER_SECONDS = 0.02


class Activity:
    """How many clients are at work: requests between their first byte and their answer, live streams not counted."""

    __slots__ = ("_last", "_last_time", "_together_until", "numbers", "requests")

    def __init__(self) -> None:
        self.requests = 0
        # A number for each connection.
        self.numbers = count(1)
        self._last: object = None
        self._last_time = 0.0
        self._together_until = 0.0

    def is_alone(self, connection: object, now: float) -> bool:
        """Whether the request that `connection` just completed is the only one, and was for a while."""
        if connection is not self._last and now - self._last_time < TOGETHER_SECONDS:
            self._together_until = now + TOGETHER_SECONDS
        self._last = connection
        self._last_time = now
        return self.requests == 1 and now >= self._together_until


class Delivery:
    """Whether the last answer on one connection reached its client.

    A client that sends its next request on a connection has read the answer before it. One whose connection
    breaks, or closes before the answer was written, may not have it and will ask again.
    """

    __slots__ = (
        "activity",
        "closed",
        "counted",
        "delivered",
        "number",
        "on_close",
        "receipt",
        "transport",
        "written",
    )

    def __init__(self, activity: Activity, transport: asyncio.Transport) -> None:
        self.activity = activity
        self.transport = transport
        self.number = next(activity.numbers)
        self.counted = False
        # Unless the connection's end says otherwise.
        self.delivered = True
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
        if not self.counted:
            self.counted = True
            self.activity.requests += 1

    def attach(self, receipt: Receipt) -> None:
        """The request that is being served may have to be recognised later."""
        self.receipt = receipt
        receipt.probe = self.is_lost
        receipt.connection = self.number

    def is_lost(self) -> bool:
        """Whether the client has left without the answer to the last request, as its kernel tells ours.

        Events of a connection may wait behind those of another one on which the client already asks again, so a
        repeated request asks for the state itself. Safe from any thread.
        """
        if self.closed:
            return False  # `end` has decided
        unsent = not self.written or self.transport.get_write_buffer_size() > 0
        return _client_left(self.transport.get_extra_info("socket"), unsent)

    def finish(self) -> None:
        """The answer was written, or is a stream that has no end."""
        if self.counted:
            self.counted = False
            self.activity.requests -= 1

    def end(self, broken: bool) -> None:
        """The connection is closed; `broken` when it was reset or timed out."""
        self.closed = True
        self.finish()
        if self.on_close is not None:
            self.on_close()
        if self.receipt is None:
            return
        if broken or not self.written or not self.delivered:
            self.receipt.lost = True
        else:
            self.receipt.acknowledged = True
        self.receipt = None


def _client_left(connection: socket.socket | None, unsent: bool) -> bool:
    """Whether the other side is closed and can't have all that was sent (false where this system can't tell)."""
    if connection is None or not hasattr(socket, "TCP_INFO") or connection.family == socket.AF_UNIX:
        return False
    try:
        # linux/tcp.h: tcpi_state is the first byte, tcpi_unacked the 32 bits at offset 24.
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 28)
    except OSError:
        return True
    if info[0] == TCP_CLOSE_WAIT:
        return unsent or info[24:28] != b"\0\0\0\0"
    return info[0] == TCP_CLOSE
