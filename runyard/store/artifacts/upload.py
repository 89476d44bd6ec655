"""Writes one file out of sight and publishes it by rename."""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from runyard.errors import InvalidState, Superseded
from runyard.store.artifacts.folders import FILE_MODE, folder, told

_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# Written bytes are pushed to the disk in steps of this size, or the sync after the last byte takes seconds.
_WRITE_BEHIND = 16 * 1024 * 1024
# A folder can be deleted between its creation and the rename into it; more often than this is no accident.
_PUBLISH_ATTEMPTS = 20


@dataclass(frozen=True)
class Places:
    """Descriptors that uploads need: the root, and the folder of unfinished files in the same file system."""

    root: int
    uploads: int
    durable: bool


class LocalUpload:
    """A file being written; see Upload.

    Its lock, which the kernel drops when the process dies, tells the sweeper that somebody still writes it.
    """

    def __init__(self, places: Places, key: str, logged: int | None = None) -> None:
        self._places = places
        self._logged = logged
        self._key = key
        self._names, self._name = split(key)
        self._token = secrets.token_hex(16)
        self._descriptor = -1
        self._written = 0
        self._pushed = 0
        self._ended = False
        # A client's disconnection discards the upload while a write may still run on another thread.
        self._lock = threading.Lock()

    def write(self, chunks: Sequence[bytes]) -> None:
        """Append; raises StorageFull when there is no space."""
        with self._lock, told(self._key):
            self._written += write_all(self._opened(), chunks)
            if self._places.durable:
                self._push()

    def publish(self) -> str:
        """Make it the file of its key, at once for every reader, and durable when the store is; returns its ETag."""
        with self._lock, told(self._key):
            descriptor = self._opened()
            settle(descriptor, self._places.durable, self._logged)
            publish(self._places, self._places.uploads, self._token, self._key, self._logged)
            etag = etag_of(os.fstat(descriptor))
            self._end()
            return etag

    def discard(self) -> None:
        """Drop it, unless it was published."""
        with self._lock:
            if not self._ended and self._descriptor >= 0:
                os.unlink(self._token, dir_fd=self._places.uploads)
            self._end()

    def _opened(self) -> int:
        if self._ended:
            raise InvalidState("The upload has ended.")
        if self._descriptor < 0:
            self._descriptor = create_locked(self._places.uploads, self._token)
        return self._descriptor

    def _push(self) -> None:
        if self._written - self._pushed >= _WRITE_BEHIND:
            push(self._descriptor, self._pushed, self._written - self._pushed)
            self._pushed = self._written

    def _end(self) -> None:
        self._ended = True
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)


def split(key: str) -> tuple[list[str], str]:
    """The names of a key's folders, and its last name."""
    *names, name = key.split("/")
    return names, name


def create_locked(parent: int, name: str) -> int:
    """Create a file in the folder `parent`, hold its lock, and return its descriptor."""
    descriptor = os.open(name, _CREATE, FILE_MODE, dir_fd=parent)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def write_all(descriptor: int, chunks: Sequence[bytes]) -> int:
    """Write all of `chunks` at the descriptor's position; the number of bytes."""
    total = sum(len(chunk) for chunk in chunks)
    written = os.writev(descriptor, chunks) if len(chunks) <= 1024 else 0
    if written < total:
        rest = memoryview(b"".join(chunks))[written:]
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return total


def push(descriptor: int, offset: int, length: int) -> None:
    """Ask the system to start writing a range to the disk, without waiting for it."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_DONTNEED)


def etag_of(status: os.stat_result) -> str:
    """The ETag of a file. A new upload is a new inode, stamped to the nanosecond: never the same twice."""
    return f"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"


def settle(descriptor: int, durable: bool, logged: int | None = None) -> None:
    """Stamp a finished file with the time to the nanosecond, which makes its ETag unique, and sync it."""
    stamp = time.time_ns() if logged is None else logged
    os.utime(descriptor, ns=(stamp, stamp))
    if durable:
        os.fsync(descriptor)


def check_newest(parent: int, name: str, key: str, logged: int) -> None:
    """Raise Superseded when the file `name` in the folder `parent` is newer than `logged`."""
    try:
        found = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mtime_ns
    except FileNotFoundError:
        return
    if found > logged:
        raise Superseded(f"'{key}' was logged anew since; the older file that was sent late is not kept.")


def publish(places: Places, source: int, name: str, key: str, logged: int | None = None) -> None:
    """Rename the file `name` in the folder `source` to `key`; raises OSError, or Superseded (see `check_newest`)."""
    names, target = split(key)
    for attempt in range(1, _PUBLISH_ATTEMPTS + 1):
        try:
            with folder(places.root, names, make=True, durable=places.durable) as parent:
                if logged is not None:
                    check_newest(parent, target, key, logged)
                os.rename(name, target, src_dir_fd=source, dst_dir_fd=parent)
                if places.durable:
                    os.fsync(parent)
            return
        except FileNotFoundError:
            if attempt == _PUBLISH_ATTEMPTS:
                raise
