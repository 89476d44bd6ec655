"""Calls an ASGI app without a server between."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Requests to one app, each on an event loop of its own."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def get(self, path: str, /, **query: Any) -> Answer:
        """GET; a list becomes a repeated parameter."""
        return self.call("GET", path, urlencode(query, doseq=True))

    def post(self, path: str, body: Any) -> Answer:
        """POST of JSON."""
        return self.call("POST", path, body=json.dumps(body).encode())

    def call(self, method: str, path: str, query: str = "", body: bytes = b"") -> Answer:
        """One request."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
            "server": ("localhost", 80),
            "client": ("localhost", 1),
        }
        return asyncio.run(self._answer(scope, body))

    async def _answer(self, scope: dict[str, Any], body: bytes) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = next(message for message in sent if message["type"] == "http.response.start")
        headers = dict(start["headers"])
        content = b"".join(message.get("body", b"") for message in sent)
        return Answer(start["status"], headers.get(b"content-type", b"").decode(), content)
