"""Folders and files that nobody but their owner can read, whatever the umask is."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def make_private(folder: Path) -> None:
    """Make a folder, and take from others what they may do in one that is there; raises OSError."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    # Some file systems have no such rights, and somebody else's folder keeps those that it has.
    with contextlib.suppress(OSError):
        if folder.stat().st_mode & 0o777 != FOLDER:
            folder.chmod(FOLDER)


def make_spool(target: Path) -> None:
    """Make the folder for one server, and the spool that holds it; raises OSError."""
    spool = target.parent
    if not spool.is_dir() or not _is_shared(spool):
        make_private(spool)
    make_private(target)


def _is_shared(folder: Path) -> bool:
    """Whether a folder is meant for others, too, as `/tmp`: it keeps its rights, and what is ours lies below it."""
    return bool(folder.stat().st_mode & stat.S_ISVTX) or not all(map(_is_target, folder.iterdir()))


def _is_target(path: Path) -> bool:
    return len(path.name) == 16 and set(path.name) <= set("0123456789abcdef")


def open_private(path: Path, flags: int) -> int:
    """Open a file that is made, or emptied; raises OSError."""
    handle = os.open(path, flags | os.O_CREAT | os.O_TRUNC, FILE)
    if hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(handle, FILE)
    return handle
