"""Appends to a file in place, so that whoever follows it reads only what is new."""

from __future__ import annotations

import fcntl
import os
import stat

from runyard.errors import AppendConflict, InvalidParameter
from runyard.store.artifacts.folders import FILE_MODE, folder, told
from runyard.store.artifacts.upload import Places, settle, split

_OPEN = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def append(places: Places, key: str, offset: int, data: bytes) -> int:
    """Have the file `key` hold `data` from byte `offset` on; its size afterwards.

    Bytes that are there already, as those of a request that is repeated, are compared and not written again. Raises
    AppendConflict, and changes nothing, when the file ends before `offset` or has other bytes there; StorageFull; and
    InvalidParameter when `key` or a parent can't be a file or folder.
    """
    names, name = split(key)
    with told(key):
        try:
            # What begins in the middle of a file makes none.
            with folder(places.root, names, make=offset == 0, durable=places.durable) as parent:
                return _append(places, parent, name, offset, data, key)
        except FileNotFoundError:
            if offset == 0:
                raise
            raise AppendConflict(key, offset, 0) from None


def _append(places: Places, parent: int, name: str, offset: int, data: bytes, key: str) -> int:
    descriptor = _open_locked(parent, name, os.O_CREAT if offset == 0 else 0)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise InvalidParameter(f"Artifact path refers to a directory, not a file: '{key}'")
        size = status.st_size
        there = min(len(data), size - offset)
        if there < 0 or _read(descriptor, offset, there) != data[:there]:
            raise AppendConflict(key, offset, size)
        _write(descriptor, size, data[there:])
        # Of a repeated request, too: the server may have been killed before it was on the disk.
        settle(descriptor, places.durable)
        if places.durable and size == 0:
            os.fsync(parent)
        return size + len(data) - there
    finally:
        os.close(descriptor)


def _open_locked(parent: int, name: str, create: int) -> int:
    """Open a file and hold its lock, which holds for all processes of the server."""
    while True:
        descriptor = os.open(name, _OPEN | create, FILE_MODE, dir_fd=parent)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_at(parent, name, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        # It was replaced or deleted while another process held it.
        os.close(descriptor)


def _is_at(parent: int, name: str, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(name, dir_fd=parent, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read(descriptor: int, offset: int, length: int) -> bytes:
    pieces = []
    while length > 0 and (piece := os.pread(descriptor, length, offset)):
        pieces.append(piece)
        offset += len(piece)
        length -= len(piece)
    return b"".join(pieces)


def _write(descriptor: int, size: int, data: bytes) -> None:
    """Add all of `data` at the end, or nothing."""
    rest, at = memoryview(data), size
    try:
        while rest:
            written = os.pwrite(descriptor, rest, at)
            rest, at = rest[written:], at + written
    except OSError:
        os.ftruncate(descriptor, size)
        raise
