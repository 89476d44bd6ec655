"""Removes what processes that died, and clients that gave up, have left in the private folder."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

# A file between its creation and its lock is younger than this.
FRESH_SECONDS = 60
# Clients finish or abort uploads in parts within this time after their last part.
MULTIPART_SECONDS = 24 * 3600


def sweep(private: Path, now: float) -> int:
    """Remove unlocked unfinished files, abandoned uploads in parts, and the trash; the number of things.

    `now` is in seconds since 1970.
    """
    removed = 0
    for path in _children(private / "uploads"):
        removed += _remove_unlocked(path, now)
    for path in _children(private / "multipart"):
        removed += _remove_tree(path, now - MULTIPART_SECONDS)
    for path in _children(private / "trash"):
        removed += _remove_tree(path, now - FRESH_SECONDS)
    return removed


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove_unlocked(path: Path, now: float) -> int:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return 0  # published or removed meanwhile
    try:
        if now - os.fstat(descriptor).st_ctime < FRESH_SECONDS:
            return 0
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
        return 1
    except BlockingIOError:
        return 0  # its writer lives
    finally:
        os.close(descriptor)


def _remove_tree(path: Path, before: float) -> int:
    try:
        if path.lstat().st_ctime >= before:
            return 0
    except FileNotFoundError:
        return 0
    shutil.rmtree(path, ignore_errors=True)
    return 1
