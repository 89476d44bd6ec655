"""A small HTTP client that shows what a test needs to see: raw sockets, exact bytes, statuses."""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """A status and a body."""

    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def encode_request(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """One HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    given = {"Content-Length": str(len(body)), "Content-Type": "application/json", **(headers or {})}
    lines += [f"{name}: {value}" for name, value in given.items() if value]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One keep-alive connection."""

    def __init__(self, address: str, timeout: float = 30) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def post(self, path: str, value: object, headers: dict[str, str] | None = None) -> Answer:
        """POST a JSON value to one of MLflow's endpoints, such as `runs/log-metric`."""
        body = json.dumps(value).encode()
        return self.send(encode_request("POST", f"/api/2.0/mlflow/{path}", body, headers))

    def get(self, path: str, **query: str | int) -> Answer:
        """GET one of MLflow's endpoints."""
        return self.send(encode_request("GET", f"/api/2.0/mlflow/{path}?{urlencode(query)}"))

    def send(self, request: bytes) -> Answer:
        """Send the bytes of one request and read its answer."""
        self.socket.sendall(request)
        return self.read()

    def read(self) -> Answer:
        """Read one answer; raises ConnectionError when the server closed the connection."""
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, rest = self._buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        status = int(lines[0].split(" ")[1])
        headers = dict(line.split(": ", 1) for line in lines[1:])
        self._buffer = rest
        if headers.get("transfer-encoding") == "chunked":
            return Answer(status, self._chunks())
        length = int(headers.get("content-length", "0"))
        return Answer(status, self._take(length))

    def _chunks(self) -> bytes:
        pieces: list[bytes] = []
        while True:
            while b"\r\n" not in self._buffer:
                self._more()
            size, _, self._buffer = self._buffer.partition(b"\r\n")
            piece = self._take(int(size, 16) + 2)[:-2]
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)

    def _take(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._more()
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return body

    def _more(self) -> None:
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._buffer += piece

    def reset(self) -> None:
        """Close with a reset, as a client that dies does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self) -> None:
        """Close properly."""
        self.socket.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create_run(connection: Connection) -> str:
    """A new run of the default experiment."""
    answer = connection.post("runs/create", {"experiment_id": "0", "start_time": 1})
    assert answer.status == 200, answer
    run_id: str = answer.json()["run"]["info"]["run_id"]
    return run_id


def metric(run_id: str, key: str, value: float, step: int, time: int = 1) -> dict[str, object]:
    """The body of a log-metric request."""
    return {"run_id": run_id, "key": key, "value": value, "timestamp": time, "step": step}


def history(connection: Connection, run_id: str, key: str) -> list[tuple[int, float]]:
    """(step, value) of every point, in order."""
    answer = connection.get("metrics/get-history", run_id=run_id, metric_key=key)
    assert answer.status == 200, answer
    return [(point["step"], point["value"]) for point in answer.json().get("metrics", [])]
