"""SHA-256 of whole files, kept by ETag."""

from __future__ import annotations

import threading
from collections import OrderedDict

from runyard.errors import BadRequest

# Digests of the files that were asked for last: at most 5 MiB.
MOST_DIGESTS = 20_000


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
        self._lock = threading.Lock()

    def known(self, etag: str) -> bytes | None:
        """The digest of a file, if it was computed already."""
        with self._lock:
            return self._known.get(etag)

    def note(self, etag: str, digest: bytes) -> None:
        """Remember a digest."""
        with self._lock:
            self._known[etag] = digest
            self._known.move_to_end(etag)
            if len(self._known) > MOST_DIGESTS:
                self._known.popitem(last=False)
