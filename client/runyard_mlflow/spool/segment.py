"""One file of the spool: written through memory, so that a call costs no system call and a kill loses nothing."""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
from pathlib import Path
from typing import NamedTuple

from runyard_mlflow.spool.frames import frame_ends
from runyard_mlflow.spool.private import open_private

MAGIC = b"RUNYARDS"
VERSION = 1
_HEADER = struct.Struct("<8sIIQ16s")
HEADER = _HEADER.size
# Bytes of a segment, unless one frame needs more.
SEGMENT = 4 * 1024 * 1024
SUFFIX = ".spool"
# What a segment ends in while it is made.
BEGUN = ".new"
_ZEROS = bytes(1024 * 1024)


class Segment:
    """A segment that is being written. Not safe for threads: its writer holds a lock."""

    def __init__(self, folder: Path, producer: str, first: int, least: int) -> None:
        """Create the segment with room for a frame of `least` bytes; raises OSError when the disk is full."""
        self.path = folder / f"{first:010}{SUFFIX}"
        begun = self.path.with_suffix(BEGUN)
        self.first = first
        self.size = segment_size(least)
        handle = open_private(begun, os.O_RDWR)
        try:
            # Blocks are taken now: a full disk is an error here, and a killed process later (SIGBUS) otherwise.
            left = self.size
            while left > 0:
                left -= os.write(handle, _ZEROS[:left])
            self._map = mmap.mmap(handle, self.size)
            self._map[:HEADER] = _HEADER.pack(MAGIC, VERSION, 0, first, bytes.fromhex(producer))
            # A segment is there whole or not at all, whenever its process is killed.
            begun.replace(self.path)
        except BaseException:
            os.close(handle)
            begun.unlink(missing_ok=True)
            raise
        self._handle = handle

    def write(self, frame: bytes, start: int) -> int | None:
        """Write a frame behind those that are there; where it ends, or None where it does not fit."""
        end = start + len(frame)
        if end > self.size:
            return None
        self._map[start:end] = frame
        return end

    def read(self, start: int, end: int) -> bytes:
        """Bytes that were written."""
        return self._map[start:end]

    def sync(self) -> None:
        """Make what was written survive a power cut."""
        self._map.flush()

    def close(self, end: int | None = None) -> None:
        """Let the file go, cut off at `end`; it stays, and nothing more is written to it."""
        self._map.close()
        if end is not None:
            # Only to save room.
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, end)
        os.close(self._handle)

    def remove(self) -> None:
        """Remove the file; where that fails, what is in it is sent again, which changes nothing."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


class MemorySegment(Segment):
    """A segment that no file keeps, for when none can be made: what is in it ends with the process."""

    def __init__(self, first: int, least: int) -> None:
        self.first = first
        self.size = segment_size(least)
        self._map = mmap.mmap(-1, self.size)

    def sync(self) -> None:
        """Nothing survives."""

    def close(self, end: int | None = None) -> None:
        """Let the memory go."""
        self._map.close()

    def remove(self) -> None:
        """There is no file."""


def segment_size(least: int) -> int:
    """Bytes of a segment with room for a frame of `least` bytes."""
    return max(SEGMENT, HEADER + least)


class Found(NamedTuple):
    """What a segment of another process, or of an ended one, holds."""

    producer: str
    first: int
    data: bytes
    # Where each of its frames ends in `data`; the first begins after the header.
    ends: list[int]


class Unreadable(Exception):
    """A file that is no segment of this version."""


def read_segment(path: Path) -> Found:
    """Read a segment, also while it is written; raises Unreadable, or OSError."""
    data = path.read_bytes()
    if len(data) < HEADER:
        raise Unreadable(f"{path} is cut off")
    magic, version, _, first, producer = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise Unreadable(f"{path} is no segment of a spool")
    if version != VERSION:
        raise Unreadable(
            f"{path} is of version {version}, which this version of runyard-mlflow does not know"
        )
    return Found(producer.hex(), first, data, frame_ends(data, HEADER))
