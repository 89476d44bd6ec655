"""A stand-in for a server whose artifacts lie in an object store, which clients reach by URLs that it signs."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.client.proxy import Proxy

SIGNED = {"X-Signed": "yes"}


class Objects:
    """Keeps bodies by path, and what each request said; cuts the first so many connections in the middle."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.cuts = 0
        self._lock = threading.Lock()
        objects = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                objects.note(self)
                if objects.cut():
                    self.close_connection = True
                    return
                objects.kept[self.path.partition("?")[0]] = body
                self._reply(200, b"", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'})

            def do_GET(self) -> None:
                objects.note(self)
                whole = objects.kept[self.path.partition("?")[0]]
                found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"])
                assert found is not None
                body = whole[int(found[1]) : int(found[2]) + 1]
                headers = {
                    "Content-Range": f"bytes {found[1]}-{int(found[1]) + len(body) - 1}/{len(whole)}",
                    "ETag": '"object"',
                }
                self._reply(206, body, headers, len(body) // 2 if objects.cut() else len(body))

            def _reply(
                self, status: int, body: bytes, headers: dict[str, str], most: int | None = None
            ) -> None:
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[:most])
                self.close_connection = most is not None and most < len(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def note(self, request: BaseHTTPRequestHandler) -> None:
        """Remember what a request said."""
        self.seen.append((request.command, dict(request.headers)))

    def cut(self) -> bool:
        """Whether this connection is to be cut."""
        with self._lock:
            self.cuts -= 1
            return self.cuts >= 0

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Signing(Proxy):
    """A server's front that has uploads in parts and downloads go to an object store."""

    def __init__(self, target: str, objects: Objects) -> None:
        self._objects = objects
        super().__init__(target)

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        """Answer what concerns the object store, and pass everything else on."""
        found = re.fullmatch(
            r"/api/2.0/mlflow-artifacts/(mpu/create|mpu/complete|presigned)/(.+)", request.path
        )
        if found is None:
            super().handle(request)
            return
        step, folder = found.groups()
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        given = json.loads(body) if body else {}
        answer: dict[str, Any] = {}
        if step == "presigned":
            answer = {"url": f"{self._objects.address}/{folder}?signature=1", "headers": SIGNED}
        elif step == "mpu/create":
            where = f"{self._objects.address}/{folder}/{given['path']}"
            answer = {"upload_id": "1", "credentials": []}
            for number in range(1, given["num_parts"] + 1):
                place = {"part_number": number, "url": f"{where}.{number}?signature=1", "headers": SIGNED}
                answer["credentials"].append(place)
        else:
            where = f"/{folder}/{given['path']}"
            parts = [self._objects.kept[f"{where}.{each['part_number']}"] for each in given["parts"]]
            etags = [f'"{hashlib.md5(part).hexdigest()}"' for part in parts]
            assert [each["etag"] for each in given["parts"]] == etags
            self._objects.kept[where] = b"".join(parts)
        self._reply(request, 200, json.dumps(answer).encode(), [("Content-Type", "application/json")])
