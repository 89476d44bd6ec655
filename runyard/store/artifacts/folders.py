"""Reaches folders below a root one name at a time, so that no symbolic link is ever followed.

Each name is opened relative to its parent's descriptor with O_NOFOLLOW: a link that someone placed inside, even
while a request runs, is an error and not a way out.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from runyard.errors import ArtifactNotFound, InvalidParameter, StorageFull, Unavailable

OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Others on the machine get no access: artifacts may hold what their owner would not show.
FOLDER_MODE = 0o700
FILE_MODE = 0o600


def open_folder(root: int, names: Sequence[str], make: bool = False, durable: bool = False) -> int:
    """A new descriptor of the folder `names` below the descriptor `root`; the caller closes it.

    With `make`, missing folders are created, and synced into their parents when `durable`. Raises OSError.
    """
    current = os.dup(root)
    try:
        for name in names:
            below = _step(current, name, make, durable)
            os.close(current)
            current = below
    except BaseException:
        os.close(current)
        raise
    return current


def _step(parent: int, name: str, make: bool, durable: bool) -> int:
    try:
        return os.open(name, OPEN_FOLDER, dir_fd=parent)
    except FileNotFoundError:
        if not make:
            raise
    try:
        os.mkdir(name, FOLDER_MODE, dir_fd=parent)
    except FileExistsError:
        pass  # another request made it just now
    else:
        if durable:
            os.fsync(parent)
    return os.open(name, OPEN_FOLDER, dir_fd=parent)


@contextmanager
def folder(root: int, names: Sequence[str], make: bool = False, durable: bool = False) -> Iterator[int]:
    """`open_folder` for the length of a `with` block."""
    descriptor = open_folder(root, names, make, durable)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make the entries of a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def told(key: str) -> Iterator[None]:
    """Translate the operating system's errors about `key` into those that a client is told."""
    try:
        yield
    except OSError as error:
        raise _translated(error, key) from error


def _translated(error: OSError, key: str) -> Exception:
    number = error.errno
    if number == errno.ENOENT:
        return ArtifactNotFound(key)
    if number in (errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST, errno.ENXIO):
        return InvalidParameter(
            f"Invalid path '{key}': a file stands where it needs a folder, or a folder for a file."
        )
    if number in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull("The disk that holds the artifacts is full; nothing of the upload was kept.")
    if number in (errno.ENAMETOOLONG, errno.EFBIG, errno.EINVAL, errno.EILSEQ):
        return InvalidParameter(f"Invalid path or size of '{key}': {error.strerror}.")
    return Unavailable(f"The artifact store failed on '{key}': {error.strerror}.")
