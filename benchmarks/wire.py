"""HTTP/1.1 as the load generator speaks it: prebuilt request bytes, and answers read with little work.

The generator shares its two cores with the server that it measures, so an answer with a Content-Length
is read by hand; only chunked answers go through a full parser.
"""

import json
import socket
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httptools

RECEIVE_BYTES = 1 << 18


class Response(NamedTuple):
    status: int
    body: bytes


class RequestFailed(Exception):
    """A server answered with something other than a 2xx, or hung up; the message shows its body."""


def _head(method: str, path: str, length: int, content_type: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept: */*"]
    if length or method in ("POST", "PUT"):
        lines += [f"Content-Type: {content_type}", f"Content-Length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def get(path: str, query: dict[str, str | int] | None = None) -> bytes:
    return _head("GET", f"{path}?{urlencode(query)}" if query else path, 0, "")


def post(path: str, body: bytes) -> bytes:
    return _head("POST", path, len(body), "application/json") + body


def post_json(path: str, body: dict[str, Any]) -> bytes:
    return post(path, json.dumps(body, separators=(",", ":")).encode())


def put_head(path: str, length: int) -> bytes:
    """The head of an upload whose `length` bytes of body the caller sends."""
    return _head("PUT", path, length, "application/octet-stream")


def delete(path: str) -> bytes:
    return _head("DELETE", path, 0, "")


class ChunkedBody:
    """Collects the body of an answer through a full HTTP parser."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.complete = False
        self._parser = httptools.HttpResponseParser(self)

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        self.complete = True

    def feed(self, data: bytes) -> Response | None:
        self._parser.feed_data(data)
        return Response(self._parser.get_status_code(), bytes(self.body)) if self.complete else None


def _content_length(head: bytes) -> int | None:
    lowered = head.lower()
    at = lowered.find(b"\r\ncontent-length:")
    if at < 0:
        return None
    end = lowered.find(b"\r\n", at + 2)
    return int(lowered[at + 17 : end if end > 0 else None])


class ResponseReader:
    """Turns the bytes of a keep-alive connection into answers, one at a time (no pipelining)."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._status = 0
        self._body_at = 0
        self._end = 0
        self._chunked: ChunkedBody | None = None

    def feed(self, data: bytes) -> Response | None:
        """Take more bytes; the answer when it is complete, else None."""
        if self._chunked is not None:
            return self._finish_chunked(data)
        self._buffer += data
        if not self._end:
            head_end = self._buffer.find(b"\r\n\r\n")
            if head_end < 0:
                return None
            head = bytes(self._buffer[:head_end])
            self._status = int(head[9:12])
            length = 0 if self._status == 204 else _content_length(head)
            if length is None:
                return self._begin_chunked()
            self._body_at = head_end + 4
            self._end = self._body_at + length
        if len(self._buffer) < self._end:
            return None
        response = Response(self._status, bytes(self._buffer[self._body_at : self._end]))
        self._buffer.clear()
        self._end = 0
        return response

    def _begin_chunked(self) -> Response | None:
        self._chunked = ChunkedBody()
        data = bytes(self._buffer)
        self._buffer.clear()
        return self._finish_chunked(data)

    def _finish_chunked(self, data: bytes) -> Response | None:
        assert self._chunked is not None
        response = self._chunked.feed(data)
        if response is not None:
            self._chunked = None
        return response


def checked(response: Response) -> bytes:
    """The body of a 2xx; anything else raises RequestFailed with what the server said."""
    if not 200 <= response.status < 300:
        raise RequestFailed(f"status {response.status}: {response.body[:2000]!r}")
    return response.body


class Connection:
    """One blocking keep-alive connection to a server on this machine."""

    def __init__(self, port: int, timeout: float = 120) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = ResponseReader()

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def exchange(self, request: bytes) -> Response:
        self.socket.sendall(request)
        return self.receive()

    def receive(self) -> Response:
        response = None
        while response is None:
            data = self.socket.recv(RECEIVE_BYTES)
            if not data:
                raise RequestFailed("the server closed the connection in the middle of an answer")
            response = self._reader.feed(data)
        return response

    def call(self, request: bytes) -> Any:
        """One request whose 2xx answer is JSON."""
        return json.loads(checked(self.exchange(request)) or b"null")
