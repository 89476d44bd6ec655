"""The endpoints for the code of jobs: files and lists of files, each stored under its SHA-256."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable
from typing import BinaryIO, ParamSpec, TypeVar

from runyard.errors import BodyTooLarge, InvalidParameter, NotFound
from runyard.http.codec import decode, encode, read_and_encode
from runyard.http.request import Request
from runyard.http.response import Response, StreamingResponse
from runyard.http.router import Route
from runyard.jobs.answers import Digests
from runyard.jobs.snapshot import Blobs, write_tar
from runyard.jobs.snapshot import decode as decode_manifest
from runyard.jobs_api.asked import is_digest

P = ParamSpec("P")
T = TypeVar("T")

FOLDER = "snapshots"
PIECE = 1024 * 1024
# Bytes of one file of a job's code.
MOST_BYTES = 1024 * 1024 * 1024


def blobs_of(request: Request) -> Blobs:
    """Where the workspace keeps them."""
    return Blobs(request.store.folder / FOLDER)


async def missing(request: Request) -> Response:
    """Those of the named blobs that are not here."""
    wanted = await decode(request, Digests)
    for digest in wanted.digests:
        _check(digest)
    blobs = blobs_of(request)
    return await read_and_encode(request, lambda _: Digests(blobs.missing(wanted.digests)))


async def put(request: Request) -> Response:
    """Keep the body, whose SHA-256 the path says; one that is there already stays."""
    digest = _check(request.values["digest"])
    blobs = blobs_of(request)
    with tempfile.TemporaryFile() as file:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > MOST_BYTES:
                raise BodyTooLarge(f"A file of a job's code has at most {MOST_BYTES:,} bytes.")
            await _on_thread(request, file.write, piece)
        file.seek(0)
        await _on_thread(request, blobs.put, digest, file)
    return encode(request, Digests([digest]))


async def fetch(request: Request) -> Response:
    """A snapshot's files as a tar archive."""
    digest = _check(request.values["digest"])
    blobs = blobs_of(request)
    if not await _on_thread(request, blobs.has, digest):
        raise NotFound(f"The snapshot '{digest}' is not here.")
    file = tempfile.TemporaryFile()
    try:
        await _on_thread(request, _write, blobs, digest, file)
    except BaseException:
        file.close()
        raise
    return StreamingResponse(_pieces(request, file), b"application/x-tar")


def _write(blobs: Blobs, digest: str, file: BinaryIO) -> None:
    with blobs.open(digest) as manifest:
        snapshot = decode_manifest(manifest.read())
    write_tar(snapshot, blobs, file)
    file.seek(0)


async def _pieces(request: Request, file: BinaryIO) -> AsyncGenerator[bytes, None]:
    with file:
        while piece := await _on_thread(request, file.read, PIECE):
            yield piece


async def _on_thread(request: Request, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(request.store.artifact_threads, lambda: function(*args, **kwargs))


def _check(digest: str) -> str:
    if not is_digest(digest):
        raise InvalidParameter(
            "Invalid value for parameter 'digest': it must be a SHA-256 in 64 hexadecimal digits."
        )
    return digest


ROUTES = [
    Route("POST", "/2.0/runyard/snapshots/missing", missing, "write"),
    Route("PUT", "/2.0/runyard/blobs/{digest}", put, "write"),
    Route("GET", "/2.0/runyard/snapshots/{digest}", fetch, "read"),
]
