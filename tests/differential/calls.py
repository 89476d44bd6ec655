"""One HTTP call and its answer."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Json = Any


@dataclass(frozen=True)
class Answer:
    """What a server said: `body` is the decoded JSON, or the text where the answer is no JSON."""

    status: int
    content_type: str
    body: Json

    @property
    def error_code(self) -> str | None:
        return self.body.get("error_code") if isinstance(self.body, dict) and self.status >= 400 else None

    @property
    def message(self) -> str:
        return str(self.body.get("message", "")) if isinstance(self.body, dict) else str(self.body)


def call(
    port: int,
    method: str,
    path: str,
    body: Json = None,
    *,
    raw: bytes | None = None,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send a call: `body` becomes the query of a GET and the JSON of any other method; `raw` is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        if method == "GET" and body:
            path += "?" + urlencode(body, doseq=True)
        content = raw if raw is not None else None if method == "GET" else json.dumps(body or {}).encode()
        sent = {} if content is None else {"Content-Type": content_type}
        connection.request(method, path, content, {**sent, **(headers or {})})
        return _read(connection.getresponse())
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse) -> Answer:
    content_type = (response.getheader("Content-Type") or "").split(";")[0]
    text = response.read().decode("utf-8", errors="replace")
    try:
        return Answer(response.status, content_type, json.loads(text))
    except ValueError:
        return Answer(response.status, content_type, text)
