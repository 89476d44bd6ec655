"""Sends files and takes uploads: streamed in pieces through threads, never whole in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from runyard.errors import BadRequest, RangeNotSatisfiable
from runyard.http.delivery import Delivery
from runyard.http.request import Request
from runyard.http.response import Headers, Response, Send, error_response
from runyard.mlflow_api.artifact_digests import Sink, digest_headers
from runyard.mlflow_api.artifact_headers import Selection, foreign_headers, select
from runyard.store.artifacts.interface import ArtifactFile

T = TypeVar("T")


async def receive(request: Request, sink: Sink, finish: Callable[[], T]) -> T:
    """Write the request's body to `sink` and return `finish()`; on any failure nothing of it is kept.

    One piece is written while the next is gathered; the client is held off while both are full. Raises
    Disconnected, BadRequest when the length is not the announced one, and what the sink raises.
    """
    threads = request.store.artifact_threads
    try:
        with request.context.transfers.one():
            rest = await _receive_pieces(request, sink)
        return await asyncio.get_running_loop().run_in_executor(threads, _end, sink, rest, finish)
    except BaseException:
        threads.submit(sink.discard)
        raise


def sweep_when_due(request: Request) -> None:
    """Look on a thread, once an hour, for what uploads that never ended have left."""
    store = request.store
    if store.artifacts.sweep_is_due():
        store.artifact_threads.submit(store.artifacts.sweep)


async def _receive_pieces(request: Request, sink: Sink) -> list[bytes]:
    """Write all whole pieces of the body; returns the rest, which is all of a small one."""
    loop = asyncio.get_running_loop()
    transfers = request.context.transfers
    writing: asyncio.Future[None] | None = None
    chunks: list[bytes] = []
    size = total = 0
    async for chunk in request.stream():
        chunks.append(chunk)
        size += len(chunk)
        if size >= transfers.piece():
            if writing is not None:
                await writing
            writing = loop.run_in_executor(request.store.artifact_threads, sink.write, chunks)
            writing.add_done_callback(_seen)
            total += size
            chunks, size = [], 0
    if writing is not None:
        await writing
    _check_length(request, total + size)
    return chunks


def _seen(future: asyncio.Future[Any]) -> None:
    """Count a failure as seen: the client left, and nobody waits for this piece any more."""
    if not future.cancelled():
        future.exception()


def _end(sink: Sink, chunks: list[bytes], finish: Callable[[], T]) -> T:
    sink.write(chunks)
    return finish()


def content_length(request: Request) -> int | None:
    """The announced size of the body; None when it comes in chunks of unannounced number."""
    text = request.header("content-length")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"Invalid Content-Length {text!r}.")
    return int(text)


def _check_length(request: Request, received: int) -> None:
    announced = content_length(request)
    if announced is not None and announced != received:
        raise BadRequest(f"The body has {received} bytes instead of {announced}; nothing was kept.")


async def send_file(request: Request, opened: Callable[[], ArtifactFile], name: str) -> Response:
    """Answer with the file that `opened` opens on a thread: whole, in part, or that it has not changed."""
    loop = asyncio.get_running_loop()
    threads = request.store.artifact_threads
    piece = request.context.transfers.piece()
    file, selection, first = await loop.run_in_executor(threads, _begin, request, opened, piece)
    digest = await digest_headers(request, opened, file, first) if selection.status in (200, 206) else []
    if selection.status == 416:
        refused = error_response(
            RangeNotSatisfiable(f"The file has {file.size} bytes; the range lies outside.")
        )
        refused.headers += selection.headers
        return refused
    attached = "1" in request.query.get("download", [])
    headers = (
        digest + selection.headers + foreign_headers(name, attached, (request.query.get("frame") or [""])[-1])
    )
    return FileResponse(request, file, selection, first, headers)


def _begin(
    request: Request, opened: Callable[[], ArtifactFile], piece: int
) -> tuple[ArtifactFile, Selection, bytes]:
    """Open the file and read its first piece, which is all of most: one hop to a thread for a small file."""
    file = opened()
    selection = select(request, file)
    wanted = 0 if request.method == "HEAD" else min(selection.length, piece)
    first = file.read(selection.start, wanted) if wanted else b""
    if len(first) == selection.length or request.method == "HEAD":
        file.close()
    return file, selection, first


class FileResponse(Response):
    """A file or a part of it; one piece is read while the one before is sent."""

    __slots__ = ("_file", "_first", "_request", "_selection")

    def __init__(
        self, request: Request, file: ArtifactFile, selection: Selection, first: bytes, headers: Headers
    ) -> None:
        super().__init__(b"", b"", selection.status)
        self.headers = headers
        self._request = request
        self._file = file
        self._selection = selection
        self._first = first

    async def send(self, send: Send, delivery: Delivery | None) -> None:
        """Send it; stop when the client has left."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if not self._first or len(self._first) == self._selection.length:
            await send({"type": "http.response.body", "body": self._first})
            return
        try:
            with self._request.context.transfers.one():
                await self._send_pieces(send, delivery)
        finally:
            self._request.store.artifact_threads.submit(self._file.close)

    async def _send_pieces(self, send: Send, delivery: Delivery | None) -> None:
        loop = asyncio.get_running_loop()
        threads = self._request.store.artifact_threads
        transfers = self._request.context.transfers
        end = self._selection.start + self._selection.length
        piece, offset = self._first, self._selection.start
        while piece and not (delivery is not None and delivery.closed):
            offset += len(piece)
            wanted = min(transfers.piece(), end - offset)
            following = loop.run_in_executor(threads, self._file.read, offset, wanted)
            following.add_done_callback(_seen)
            await send({"type": "http.response.body", "body": piece, "more_body": wanted > 0})
            piece = await following
