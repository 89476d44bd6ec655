"""SHA-256 of what is sent and taken, by RFC 9530 (Repr-Digest, Want-Repr-Digest, Content-Digest)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from runyard.errors import BadRequest
from runyard.http.request import Request
from runyard.http.response import Headers
from runyard.store.artifacts.digests import check_digest
from runyard.store.artifacts.interface import ArtifactFile

T = TypeVar("T")
REPR_DIGEST = "repr-digest"
CONTENT_DIGEST = "content-digest"
_GIVEN = re.compile(r"(?:^|[,\s])sha-256\s*=\s*:([A-Za-z0-9+/=]*):")
_WANTED = re.compile(r"(?:^|[,\s])sha-256\s*=\s*0*([1-9])")


class Sink(Protocol):
    """What an upload is written to; `discard` may come while a `write` runs."""

    def write(self, chunks: Sequence[bytes]) -> None: ...

    def discard(self) -> None: ...


class Checked:
    """A sink that refuses what has another digest than the announced one; hashes only when there is one."""

    def __init__(self, sink: Sink, expected: bytes | None) -> None:
        self._sink = sink
        self._expected = expected
        self._hash = hashlib.sha256()
        # That of all that was written, if the client announced one.
        self.digest: bytes | None = None

    def write(self, chunks: Sequence[bytes]) -> None:
        """Pass on, and hash."""
        if self._expected is not None:
            for chunk in chunks:
                self._hash.update(chunk)
        self._sink.write(chunks)

    def discard(self) -> None:
        """Drop it."""
        self._sink.discard()

    def finish(self, finish: Callable[[], T]) -> T:
        """Return `finish()`; raises BadRequest when the digest is another one."""
        if self._expected is not None:
            self.digest = self._hash.digest()
            check_digest(self.digest, self._expected)
        return finish()


def given_digest(request: Request, name: str) -> bytes | None:
    """The SHA-256 that a request announces in the header `name`; None without one, as other digests are not checked.

    Raises BadRequest for what is no such digest.
    """
    found = _GIVEN.search(request.header(name) or "")
    if found is None:
        return None
    try:
        digest = base64.b64decode(found[1], validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise BadRequest(f"Invalid {name} {found[0].strip(', ')!r}: it is no SHA-256 in base 64.")
    return digest


async def digest_headers(
    request: Request, opened: Callable[[], ArtifactFile], file: ArtifactFile, first: bytes
) -> Headers:
    """The digest of the whole file, for whom asks for it.

    A GET is not held up for it: it gets the digest of a file that is sent in one piece, or was hashed before. A HEAD
    waits until the file was read.
    """
    if _WANTED.search(request.header("want-repr-digest") or "") is None:
        return []
    digests = request.store.artifacts.digests
    digest = digests.known(file.etag)
    if digest is None and len(first) == file.size and request.method != "HEAD":
        hashing = asyncio.get_running_loop().run_in_executor(
            request.store.artifact_threads, hashlib.sha256, first
        )
        digest = (await hashing).digest()
        digests.note(file.etag, digest)
    if digest is None and request.method == "HEAD":
        digest = await request.context.hashing.digest(file.etag, opened)
    return [] if digest is None else [(REPR_DIGEST.encode("ascii"), _spelled(digest).encode("ascii"))]


def _spelled(digest: bytes) -> str:
    return f"sha-256=:{base64.b64encode(digest).decode('ascii')}:"
