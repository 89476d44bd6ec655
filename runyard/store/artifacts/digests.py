"""SHA-256 of whole files: computed once for each, on a thread, and kept by ETag."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import TypeAlias

from runyard.errors import BadRequest
from runyard.store.artifacts.interface import ArtifactFile

# Digests of the files that were asked for last: at most 5 MiB.
MOST_DIGESTS = 20_000
PIECE_BYTES = 1024 * 1024
# The ETag of the file that was read, and the digest of its content.
Digest: TypeAlias = "tuple[str, bytes]"


def check_digest(found: bytes, expected: bytes | None) -> None:
    """Raise BadRequest when what came has another digest than the announced one; None, when none was announced."""
    if expected is not None and found != expected:
        raise BadRequest(
            f"The body has the SHA-256 {found.hex()} instead of {expected.hex()}; nothing was kept."
        )


class Digests:
    """Safe for threads. An ETag is never that of two contents, so nothing here is ever out of date."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._running: dict[str, Future[Digest]] = {}
        self._lock = threading.Lock()

    def known(self, etag: str) -> bytes | None:
        """The digest of a file, if it was computed already."""
        with self._lock:
            return self._known.get(etag)

    def note(self, etag: str, digest: bytes) -> None:
        """Remember a digest that was computed elsewhere."""
        with self._lock:
            self._known[etag] = digest
            self._known.move_to_end(etag)
            if len(self._known) > MOST_DIGESTS:
                self._known.popitem(last=False)

    def compute(self, etag: str, opened: Callable[[], ArtifactFile], threads: Executor) -> Future[Digest]:
        """Read the file on one of `threads`; who asks for the same file meanwhile waits for the same reading.

        The ETag in the result is another one when the file was overwritten in between.
        """
        with self._lock:
            running = self._running.get(etag)
            if running is None:
                running = self._running[etag] = threads.submit(self._read, opened)
                running.add_done_callback(lambda _: self._forget(etag))
            return running

    def _forget(self, etag: str) -> None:
        # On this thread, and with the lock held, when the future was done before it got its callback.
        self._running.pop(etag, None)

    def _read(self, opened: Callable[[], ArtifactFile]) -> Digest:
        file = opened()
        try:
            found = hashlib.sha256()
            offset = 0
            while piece := file.read(offset, PIECE_BYTES):
                offset += len(piece)
                found.update(piece)
        finally:
            file.close()
        self.note(file.etag, found.digest())
        return file.etag, found.digest()
