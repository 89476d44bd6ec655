"""All files of a run, or of one of its folders, as one zip that is made while it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING

from runyard.errors import ArtifactNotFound
from runyard.http.request import Request
from runyard.http.response import Response, StreamingResponse
from runyard.http.router import Route
from runyard.mlflow_api.artifact_headers import disposition
from runyard.mlflow_api.fields import query_parameter
from runyard.store.artifacts.interface import ArtifactFile, ArtifactStore
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import run_location
from runyard.store.artifacts.paths import folder_key, join_keys
from runyard.store.artifacts.walk import walk
from runyard.store.metadata import run_data

if TYPE_CHECKING:
    from zipstream import ZipStream

ZIP = b"application/zip"
READ_BYTES = 256 * 1024


async def archive_of_run(request: Request) -> Response:
    """The files of a run, or of its folder `path`, as a zip without compression, so that its size is known."""
    run_id = query_parameter(request, "run_id", "run_uuid")
    path = folder_key((request.query.get("path") or [""])[-1])
    location = await request.read(run_location, run_id)
    name = path.rpartition("/")[2] or (await request.read(run_data.get_info, run_id)).run_name
    folder = join_keys(location_key(location), path)
    loop = asyncio.get_running_loop()
    archive = await loop.run_in_executor(
        request.store.artifact_threads, _archive, request.store.artifacts, folder
    )
    if not archive:
        raise ArtifactNotFound(path or f"any artifact of run {run_id}")
    headers = [
        (b"content-length", b"%d" % len(archive)),
        (b"content-disposition", disposition("attachment", f"{name}.zip").encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"private, no-cache"),
    ]
    return StreamingResponse(_pieces(request, archive), ZIP, 200, headers)


def _archive(artifacts: ArtifactStore, folder: str) -> ZipStream:
    # Here, because a start that imports it takes longer, and few servers are ever asked for an archive.
    from zipstream import ZipStream

    archive = ZipStream(sized=True)
    for path, size in walk(artifacts, folder):
        opened = partial(artifacts.open, join_keys(folder, path))
        archive.add(_content(opened, size), path, size=size)
    return archive


def _content(opened: Callable[[], ArtifactFile], size: int) -> Iterator[bytes]:
    """The first `size` bytes of a file, which may be a log that grows."""
    file = opened()
    try:
        offset = 0
        while offset < size:
            piece = file.read(offset, min(READ_BYTES, size - offset))
            if not piece:
                return  # it was replaced by a shorter one: the archive's length does not hold, and it is cut off
            offset += len(piece)
            yield piece
    finally:
        file.close()


async def _pieces(request: Request, archive: ZipStream) -> AsyncGenerator[bytes, None]:
    loop = asyncio.get_running_loop()
    threads = request.store.artifact_threads
    transfers = request.context.transfers
    chunks: Generator[bytes, None, None] = (chunk for chunk in archive)
    try:
        with transfers.one():
            while piece := await loop.run_in_executor(threads, _gather, chunks, transfers.piece()):
                yield piece
    finally:
        threads.submit(chunks.close)


def _gather(chunks: Iterator[bytes], least: int) -> bytes:
    """The next chunks, of at least so many bytes together unless they end."""
    found: list[bytes] = []
    size = 0
    while size < least and (chunk := next(chunks, None)) is not None:
        found.append(chunk)
        size += len(chunk)
    return b"".join(found)


ROUTES = [Route("GET", "/get-artifact-zip", archive_of_run, "read")]
