"""Finds what scripts left in the spool of a folder that they log into by themselves (docs/formats/spool.md)."""

from __future__ import annotations

import json
import os
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

OWNER = "owner.json"
SUFFIX, BEGUN = ".spool", ".new"
# Seconds after which a process of another machine, of which nothing can be known here, counts as ended.
FOREIGN_SECONDS = 24 * 3600
# Bytes of frames that are applied together.
MOST_APPLIED = 1024 * 1024

_MAGIC, _VERSION = b"RUNYARDS", 1
_HEADER = struct.Struct("<8sIIQ16s")
_HEAD = struct.Struct("<II")


class Piece(NamedTuple):
    """Consecutive frames of a producer; `first` is the number of the first one."""

    producer: str
    first: int
    payload: bytes


class Unreadable(Exception):
    """A file that is no segment of this version."""


def left(folder: Path) -> list[Path]:
    """The folders in a workspace's spool of processes that are gone."""
    owners = sorted((folder / "spool").glob(f"*/*/{OWNER}"))
    return [path.parent for path in owners if has_ended(path.parent)]


def segments(folder: Path) -> list[Path]:
    """A process's segments, the oldest first."""
    try:
        return sorted(folder.glob(f"*{SUFFIX}"))
    except FileNotFoundError:  # somebody else has taken them just now
        return []


def read_segment(path: Path) -> Iterator[Piece]:
    """The whole frames of a segment; raises Unreadable, or OSError."""
    data = path.read_bytes()
    if len(data) < _HEADER.size:
        raise Unreadable(f"{path} is cut off")
    magic, version, _, number, producer = _HEADER.unpack_from(data)
    if magic != _MAGIC or version != _VERSION:
        raise Unreadable(f"{path} is no segment of a spool, or of a newer version")
    start = at = _HEADER.size
    first = number
    while (end := _frame_end(data, at)) > 0:
        at = end
        number += 1
        if at - start >= MOST_APPLIED:
            yield Piece(producer.hex(), first, data[start:at])
            start, first = at, number
    if at > start:
        yield Piece(producer.hex(), first, data[start:at])


def _frame_end(data: bytes, at: int) -> int:
    """Where the frame that begins at a byte ends; 0 where there is no whole one."""
    body = at + _HEAD.size
    if body > len(data):
        return 0
    length, checksum = _HEAD.unpack_from(data, at)
    end: int = body + length
    if not length or end > len(data) or crc32(data[body:end]) != checksum:
        return 0
    return end


def remove(folder: Path) -> None:
    """Remove the folder of a process whose segments are gone, unless its client has left something else there."""
    with suppress(OSError):
        if any(path.name != OWNER and not path.name.endswith(BEGUN) for path in folder.iterdir()):
            # The client finds it by its owner's file.
            return
        for path in (folder / OWNER, *folder.glob(f"*{BEGUN}")):
            path.unlink(missing_ok=True)
        folder.rmdir()


def has_ended(folder: Path) -> bool:
    """Whether the process that wrote a folder of the spool is gone; told without a lock, as the client does."""
    try:
        owner = json.loads((folder / OWNER).read_bytes())
        if owner["host"] == socket.gethostname():
            return not _is_alive(int(owner["pid"]), str(owner["started"]))
        newest = max(path.stat().st_mtime for path in folder.iterdir())
    except (ValueError, KeyError, TypeError, OSError):
        return False
    return time.time() - newest > FOREIGN_SECONDS


def _is_alive(pid: int, start: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not start or _started(pid) == start


def _started(pid: int) -> str:
    """When a process began, as the system counts it: a process number is given again, but not with the same start."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]
