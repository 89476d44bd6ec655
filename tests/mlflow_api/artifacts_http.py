"""Talks HTTP to a server exactly as written: paths are not normalised, bodies may be cut short."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

FILES = "/api/2.0/mlflow-artifacts/artifacts"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One server's artifacts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.netloc = urlsplit(address).netloc

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection(self.netloc, timeout=60)
        try:
            connection.request(
                method, path, body, headers or {}, encode_chunked=not isinstance(body, bytes | None)
            )
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def put(self, key: str, content: bytes) -> Answer:
        return self.request("PUT", f"{FILES}/{quote(key)}", content)

    def file(self, key: str, **headers: str) -> Answer:
        return self.get(f"{FILES}/{quote(key)}", **headers)

    def delete(self, key: str) -> Answer:
        return self.request("DELETE", f"{FILES}/{quote(key)}")

    def names(self, key: str) -> list[str]:
        files = self.query(FILES, path=key).json().get("files", [])
        return [file["path"] for file in files]

    def query(self, path: str, /, **parameters: str) -> Answer:
        return self.get(f"{path}?{urlencode(parameters)}")

    def post(self, path: str, value: object) -> Answer:
        body = json.dumps(value).encode()
        return self.request("POST", path, body, {"Content-Type": "application/json"})

    def run(self, experiment_id: str = "0") -> str:
        """Create a run and return its id."""
        answer = self.post("/api/2.0/mlflow/runs/create", {"experiment_id": experiment_id, "start_time": 1})
        run_id: str = answer.json()["run"]["info"]["run_id"]
        return run_id

    def connect(self) -> socket.socket:
        host, _, port = self.netloc.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=60)

    def head(self, method: str, path: str, length: int) -> bytes:
        """The head of a request with a body, for sending by hand."""
        lines = (f"{method} {path} HTTP/1.1", f"Host: {self.netloc}", f"Content-Length: {length}", "", "")
        return "\r\n".join(lines).encode()
