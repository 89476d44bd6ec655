"""Answers: a body at once, or a stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any

import msgspec

from runyard.errors import BodyTooLarge, MethodNotAllowed, RunyardError
from runyard.http.delivery import Delivery

Headers = list[tuple[bytes, bytes]]
Send = Callable[[dict[str, Any]], Any]
JSON = b"application/json"
MSGPACK = b"application/msgpack"

_encoder = msgspec.json.Encoder()
_packer = msgspec.msgpack.Encoder()


class Response:
    """A status, headers and a whole body."""

    __slots__ = ("body", "headers", "status")

    def __init__(
        self,
        body: bytes = b"",
        content_type: bytes = JSON,
        status: int = 200,
        headers: Headers | None = None,
    ) -> None:
        self.status = status
        self.body = body
        self.headers: Headers = [(b"content-type", content_type)]
        if headers:
            self.headers += headers

    async def send(self, send: Send, delivery: Delivery | None) -> None:
        """Send it."""
        self.headers.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


class StreamingResponse(Response):
    """A status, headers, and a body that comes in pieces.

    Give a `content-length` header when the length is known. `pieces` is closed when the client leaves.
    """

    __slots__ = ("pieces",)

    def __init__(
        self,
        pieces: AsyncGenerator[bytes, None],
        content_type: bytes,
        status: int = 200,
        headers: Headers | None = None,
    ) -> None:
        super().__init__(b"", content_type, status, headers)
        self.pieces = pieces

    async def send(self, send: Send, delivery: Delivery | None) -> None:
        """Send it as the pieces come; stop when the client has left."""
        try:
            await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
            async for piece in self.pieces:
                if delivery is not None and delivery.closed:
                    return
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            await self.pieces.aclose()


def json_body(value: Any) -> bytes:
    """`value` as the body of an answer."""
    return _encoder.encode(value)


def json_response(value: Any, status: int = 200, headers: Headers | None = None) -> Response:
    """`value` as JSON."""
    return Response(json_body(value), JSON, status, headers)


def msgpack_response(value: Any, status: int = 200) -> Response:
    """`value` as msgpack."""
    return Response(_packer.encode(value), MSGPACK, status)


def text_response(
    text: str, status: int = 200, content_type: bytes = b"text/plain; charset=utf-8"
) -> Response:
    """Plain text."""
    return Response(text.encode(), content_type, status)


def error_response(error: RunyardError) -> Response:
    """An error in MLflow's shape: `{"error_code": ..., "message": ...}`."""
    headers: Headers = []
    if isinstance(error, MethodNotAllowed):
        headers.append((b"allow", ", ".join(sorted(error.allowed)).encode()))
    if isinstance(error, BodyTooLarge):
        # The rest of the body is not read, so nothing can follow it on this connection.
        headers.append((b"connection", b"close"))
    if error.status == 503:
        headers.append((b"retry-after", b"1"))
    body = {"error_code": error.error_code, "message": error.message}
    return json_response(body, error.status, headers)
