"""Reads a file once, and notices when it is changed meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from runyard.errors import InvalidParameter, InvalidState

_PIECE = 1024 * 1024
# A FIFO that was put in a file's place must not block, nor a link lead elsewhere.
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class FileChanged(InvalidState):
    """A file of the code was written to while it was read, so that its content is neither the old nor the new one."""

    def __init__(self, path: str) -> None:
        super().__init__(f"The file '{path}' of the code changed while it was read: try again, or ignore it.")


def read_digest(real: Path, path: str) -> tuple[int, str, bool]:
    """Size, SHA-256 and executable bit of a file; `path` is what errors call it. Raises FileChanged."""
    try:
        descriptor = os.open(real, _OPEN)
    except FileNotFoundError:
        raise FileChanged(path) from None
    except OSError as error:
        raise InvalidParameter(f"The file '{path}' of the code can't be read: {error.strerror}.") from None
    try:
        before = os.fstat(descriptor)
        digest, size = hashlib.sha256(), 0
        while data := os.read(descriptor, _PIECE):
            digest.update(data)
            size += len(data)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if not stat.S_ISREG(before.st_mode) or _state(before) != _state(after) or size != after.st_size:
        raise FileChanged(path)
    return size, digest.hexdigest(), bool(before.st_mode & stat.S_IXUSR)


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
