"""Adds to the end of a file that grows, such as a log, in place: what was read of it before stays as it was."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from runyard.errors import Gap, InvalidParameter, InvalidState
from runyard.store.artifacts.folders import FILE_MODE, folder, told
from runyard.store.artifacts.upload import Places, split, write_all

_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# An upload can put another file in its place between opening and locking it, or its folder can be deleted; more often
# than this is no accident.
_ATTEMPTS = 20


def append(places: Places, key: str, offset: int, data: bytes) -> int:
    """Make bytes from `offset` on those of the file `key`, as far as it does not have them yet; its size then.

    What lies before its end is not compared: who sends twice sends the same. All of it is kept or nothing, and is
    durable when the store is. Writers of several processes take turns. Raises Gap, StorageFull, or InvalidParameter.
    """
    names, name = split(key)
    with told(key):
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with (
                    folder(places.root, names, make=True, durable=places.durable) as parent,
                    _locked(parent, name) as descriptor,
                ):
                    if descriptor >= 0:
                        return _add(places, parent, descriptor, key, offset, data)
            except FileNotFoundError:
                if attempt == _ATTEMPTS:
                    raise
    raise InvalidState(f"'{key}' is written anew all the time: nothing can be added to it.")


@contextmanager
def _locked(parent: int, name: str) -> Iterator[int]:
    """The file's descriptor, with its lock; -1 when another file has taken its name meanwhile."""
    descriptor = os.open(name, _OPEN, FILE_MODE, dir_fd=parent)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        found, named = os.fstat(descriptor), os.stat(name, dir_fd=parent, follow_symlinks=False)
        yield descriptor if (found.st_ino, found.st_dev) == (named.st_ino, named.st_dev) else -1
    finally:
        # This drops the lock, too.
        os.close(descriptor)


def _add(places: Places, parent: int, descriptor: int, key: str, offset: int, data: bytes) -> int:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise InvalidParameter(f"Invalid path '{key}': it is no file.")
    size = status.st_size
    if offset > size:
        raise Gap(key, offset, size)
    fresh = data[size - offset :]
    if not fresh:
        return size
    os.lseek(descriptor, size, os.SEEK_SET)
    try:
        written = write_all(descriptor, [fresh])
    except OSError:
        os.ftruncate(descriptor, size)
        raise
    if places.durable:
        os.fsync(descriptor)
        if not size:
            os.fsync(parent)
    return size + written
