"""Uploads in parts, as MLflow's client makes them for large files when the server says that it takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import msgspec

from runyard.errors import InvalidParameter
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import JSON, Response
from runyard.http.router import Route
from runyard.mlflow_api import wire
from runyard.mlflow_api.artifact_announce import announce
from runyard.mlflow_api.artifact_digests import CONTENT_DIGEST, given_digest
from runyard.mlflow_api.artifact_files import content_length, receive, sweep_when_due
from runyard.mlflow_api.artifact_times import logged_at
from runyard.mlflow_api.fields import required
from runyard.store.artifacts.paths import file_name, folder_key, join_keys

T = TypeVar("T")
PARTS_PATH = "/2.0/mlflow-artifacts/mpu/parts"


class CreateUpload(wire.Request):
    """`path` is the file's path on the client's disk: only its name counts."""

    path: str | None = None
    num_parts: int | None = None


class GivenPart(wire.Request):
    part_number: int | None = None
    etag: str | None = None


class EndUpload(wire.Request):
    path: str | None = None
    upload_id: str | None = None
    parts: list[GivenPart] | None = None


class Credential(msgspec.Struct):
    """Where one part is to be sent with PUT, and the headers to send with it."""

    url: str
    part_number: int
    headers: dict[str, str]


class CreatedUpload(msgspec.Struct):
    upload_id: str
    credentials: list[Credential]


async def create(request: Request) -> Response:
    """Begin an upload and say where each part goes."""
    wanted = await decode(request, CreateUpload)
    key = _key(request, wanted.path)
    parts = 1 if wanted.num_parts is None else wanted.num_parts
    store = request.store.artifacts
    logged = await logged_at(request, key)
    upload_id = await _on_thread(request, partial(store.multipart.create, key, parts, logged))
    sweep_when_due(request)
    base = f"{_origin(request)}/api{PARTS_PATH}/{upload_id}"
    numbers = range(1, parts + 1)
    answer = CreatedUpload(upload_id, [Credential(f"{base}/{number}", number, {}) for number in numbers])
    return encode(request, answer)


async def put_part(request: Request) -> Response:
    """Take one part; the answer's ETag is what completing must name. A part may be sent again."""
    number = request.values["number"]
    size = content_length(request)
    if size is None:
        raise InvalidParameter("A part must be sent with a Content-Length.")
    if not (number.isascii() and number.isdigit() and len(number) <= 5):
        raise InvalidParameter(f"Invalid part number {number!r}.")
    multipart = request.store.artifacts.multipart
    part = await _on_thread(request, partial(multipart.part, request.values["upload_id"], int(number), size))
    etag = await receive(request, part, partial(part.finish, given_digest(request, CONTENT_DIGEST)))
    return Response(b"{}", JSON, 200, [(b"etag", f'"{etag}"'.encode("ascii"))])


async def complete(request: Request) -> Response:
    """Publish the file of which all parts have arrived."""
    wanted = await decode(request, EndUpload)
    key = _key(request, wanted.path)
    upload_id = required(wanted.upload_id, "upload_id")
    parts = [_numbered(part) for part in wanted.parts or []]
    await _on_thread(request, partial(request.store.artifacts.multipart.complete, upload_id, key, parts))
    announce(request.store, key)
    return encode(request, wire.Empty())


async def abort(request: Request) -> Response:
    """Drop an upload."""
    wanted = await decode(request, EndUpload)
    key = _key(request, wanted.path)
    upload_id = required(wanted.upload_id, "upload_id")
    await _on_thread(request, partial(request.store.artifacts.multipart.abort, upload_id, key))
    return encode(request, wire.Empty())


async def _on_thread(request: Request, function: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(request.store.artifact_threads, function)


def _key(request: Request, client_path: str | None) -> str:
    folder = folder_key(request.values["path"])
    return join_keys(folder, file_name(required(client_path, "path")))


def _numbered(part: GivenPart) -> tuple[int, str]:
    if part.part_number is None or not part.etag:
        raise InvalidParameter("Invalid value for parameter 'parts': each needs a part_number and an etag.")
    return part.part_number, part.etag


def _origin(request: Request) -> str:
    """Scheme and host as the client named them, for URLs that it is to call."""
    scheme = request.scope.get("scheme", "http")
    host = request.header("host")
    if host is None:
        name, port = request.scope["server"]
        host = f"{name}:{port}"
    return f"{scheme}://{host}{request.scope.get('root_path', '')}"


ROUTES = [
    Route("POST", "/2.0/mlflow-artifacts/mpu/create/{path:path}", create, "write"),
    Route("POST", "/2.0/mlflow-artifacts/mpu/complete/{path:path}", complete, "write"),
    Route("POST", "/2.0/mlflow-artifacts/mpu/abort/{path:path}", abort, "write"),
    # The upload id is the permission: the client sends parts without its other credentials.
    Route("PUT", PARTS_PATH + "/{upload_id}/{number}", put_part, "none"),
]
