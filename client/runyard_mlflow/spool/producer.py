"""What one process logs to one server: numbered frames in segments, in the order of the calls."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import secrets
import socket
import threading
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from runyard_mlflow.spool.files import KeptFile, KeptFiles
from runyard_mlflow.spool.private import make_private, make_spool, open_private
from runyard_mlflow.spool.segment import BEGUN, HEADER, MemorySegment, Segment, segment_size

log = logging.getLogger("runyard_mlflow")

OWNER = "owner.json"
# What is kept of the console, beside the segments.
CONSOLE = "console-*"
# Bytes that are sent in one request: some ten thousand points.
MOST_SENT = 1024 * 1024
# Bytes that are kept in memory where the disk takes nothing.
MOST_MEMORY = 64 * 1024 * 1024
# Seconds after which a spool that could not take more is tried again, unless something of it was sent.
FULL_SECONDS = 1.0


class Lost(Exception):
    """The spool can't take more; what a call logged is lost, and everything before it is kept."""


class Slice(NamedTuple):
    """Consecutive frames of one segment."""

    first: int
    last: int
    data: bytes


class _Written:
    """A segment, and where in it each frame ends; those before `sent` are on the server.

    `kept` says that the server may take some of them later.
    """

    __slots__ = ("ends", "kept", "segment", "sent")

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.ends: list[int] = []
        self.sent = 0
        self.kept = False

    @property
    def in_memory(self) -> bool:
        """Whether no file has it."""
        return isinstance(self.segment, MemorySegment)

    @property
    def end(self) -> int:
        """Where the next frame begins."""
        return self.ends[-1] if self.ends else HEADER

    @property
    def last(self) -> int:
        """The number of its last frame; of the one before it, where it has none."""
        return self.segment.first + len(self.ends) - 1


class Producer:
    """Appends frames to the spool. Safe for threads; a forked process makes its own."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        """`folder` is the spool's folder for one server; it is made when the first frame comes.

        `most_bytes` bounds the spool, with what all processes have in it. Several that begin a file at the same moment
        may exceed it by one each.
        """
        self.id = secrets.token_hex(16)
        self.folder = folder / self.id
        self.last = 0
        self.lost = 0
        self.process = os.getpid()
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._segments: deque[_Written] = deque()
        self._synced = 0
        self._files = KeptFiles(self.folder)
        # When a spool that can't take more is tried again, by the monotonic clock, and what did not fit.
        self._full_until = -math.inf
        self._full_for = 0
        # Whether the segment that came last is a file; None before the first.
        self._on_disk: bool | None = None

    @property
    def _present(self) -> _Written | None:
        """The segment that is written."""
        return self._segments[-1] if self._segments else None

    def add(self, frame: bytes) -> int:
        """Write a frame and return its number; raises Lost when the spool is full."""
        with self._lock:
            segments = self._segments
            present = segments[-1] if segments else self._begin(len(frame))
            ends = present.ends
            end = present.segment.write(frame, ends[-1] if ends else HEADER)
            if end is None:
                present = self._begin(len(frame))
                ends = present.ends
                end = present.segment.write(frame, HEADER)
                assert end is not None
            # From this one step on it is logged: a KeyboardInterrupt may come between any two.
            ends.append(end)
            self.last = number = present.segment.first + len(ends) - 1
            return number

    def _begin(self, least: int) -> _Written:
        present = self._present
        last = self.last if present is None else max(self.last, present.last)
        try:
            segment = self._new_segment(last + 1, least)
        except OSError as error:
            self._lose(error, least)
            raise Lost(str(error)) from None
        self._take_again()
        written = _Written(segment)
        self._segments.append(written)
        return written

    def keep_file(self, source: Path, place: str, path: str) -> KeptFile:
        """Copy a file into the spool, to be sent later as the artifact `path` at `place`; raises Lost when it is full.

        Raises OSError when `source` can't be read.
        """
        with source.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            try:
                with self._lock:
                    self._check_room(size)
                    if not (self.folder / OWNER).exists():
                        _make_folder(self.folder)
                    self._files.count(size)
                kept = self._files.add(file, size, place, path)
            except OSError as error:
                with self._lock:
                    self._lose(error, size)
                raise Lost(str(error)) from None
        with self._lock:
            self._take_again()
        return kept

    def remove_file(self, kept: KeptFile) -> None:
        """A file is on the server, or a newer one is logged: its copy is not needed."""
        self._files.count(-kept.size)
        kept.remove()

    def _lose(self, error: OSError, size: int) -> None:
        """Tell the first of the calls that are lost; the lock is held."""
        self.lost += 1
        if time.monotonic() >= self._full_until:
            self._full_until = time.monotonic() + FULL_SECONDS
            self._full_for = size
        if self.lost == 1:
            log.error(
                "The spool %s can't take more: %s. Training goes on; what is logged from now on is lost until "
                "there is room.",
                self.folder.parent.parent,
                error,
            )

    def _take_again(self) -> None:
        if self.lost:
            log.warning("The spool takes what is logged again; %d calls were lost.", self.lost)
            self.lost = 0

    def _new_segment(self, first: int, least: int) -> Segment:
        """A segment on the disk, or in memory where the disk takes none; raises OSError where neither has room."""
        self._check_room(segment_size(least))
        try:
            if not self._on_disk:
                _make_folder(self.folder)
            segment = Segment(self.folder, self.id, first, least)
        except OSError as error:
            in_memory = sum(each.segment.size for each in self._segments if each.in_memory)
            if in_memory + segment_size(least) > MOST_MEMORY:
                raise
            if self._on_disk is not False:
                log.error(
                    "The spool %s can't be written: %s. Training goes on; what is logged is sent from memory, and lost "
                    "if the process ends before.",
                    self.folder.parent.parent,
                    error,
                )
            self._on_disk = False
            return MemorySegment(first, least)
        if self._on_disk is False:
            log.warning("The spool %s can be written again.", self.folder.parent.parent)
        self._on_disk = True
        return segment

    def _check_room(self, size: int) -> None:
        """Raise OSError where the spool has no room for a segment."""
        if size >= segment_size(self._full_for) and time.monotonic() < self._full_until:
            # Looking takes long, and each call would look.
            raise OSError("it was full a moment ago")
        if spool_size(self.folder.parent.parent) + size > self._most_bytes:
            raise OSError(f"it has reached its limit of {self._most_bytes} bytes (RUNYARD_SPOOL_MAX_BYTES)")

    def unsent(self, most: int = MOST_SENT) -> Slice | None:
        """The oldest frames that are not sent yet, of one segment: as many as fit, at least one."""
        with self._lock:
            for written in self._segments:
                ends = written.ends
                if written.sent == len(ends):
                    continue
                start = ends[written.sent - 1] if written.sent else HEADER
                last = _fitting(ends, written.sent, start + most)
                first = written.segment.first + written.sent
                data = written.segment.read(start, ends[last])
                return Slice(first, written.segment.first + last, data)
        return None

    def keep(self, first: int, last: int) -> None:
        """The server does not take these frames now, and may later."""
        with self._lock:
            for written in self._segments:
                if written.segment.first <= last and first < written.segment.first + len(written.ends):
                    written.kept = True

    def kept(self, most: int = MOST_SENT) -> list[Slice]:
        """Segments of which the server may take something that it did not, as slices of so many bytes."""
        found: list[Slice] = []
        with self._lock:
            for written in self._segments:
                if written.kept:
                    written.kept = False
                    found += self._slices(written, most)
        return found

    def _slices(self, written: _Written, most: int) -> Iterator[Slice]:
        start, at = HEADER, 0
        while at < written.sent:
            last = min(written.sent - 1, _fitting(written.ends, at, start + most))
            end = written.ends[last]
            first = written.segment.first
            yield Slice(first + at, first + last, written.segment.read(start, end))
            start, at = end, last + 1

    def sent(self, last: int) -> None:
        """Frames up to number `last` are on the server: full segments that held them are removed."""
        done = []
        with self._lock:
            for written in list(self._segments):
                written.sent = min(len(written.ends), max(written.sent, last - written.segment.first + 1))
                if written.sent == len(written.ends) and written is not self._present and not written.kept:
                    self._segments.remove(written)
                    done.append(written.segment)
        for segment in done:
            segment.close()
            segment.remove()
            self._full_until = -math.inf

    def sync(self) -> None:
        """Make what was written survive a power cut."""
        with self._lock:
            present, last = self._present, self.last
        if present is not None and last > self._synced:
            try:
                present.segment.sync()
            except (OSError, ValueError):
                # The disk is at fault, or the producer was closed meanwhile.
                return
            self._synced = last

    def close(self) -> int:
        """Let the files go; when all is sent, remove them. How many calls were in memory alone, and are lost."""
        with self._lock:
            empty = all(written.sent == len(written.ends) and not written.kept for written in self._segments)
            lost = sum(len(written.ends) - written.sent for written in self._segments if written.in_memory)
            for written in self._segments:
                written.segment.close(None if empty else written.end)
                if empty:
                    written.segment.remove()
            self._segments.clear()
        if empty and self._on_disk is not None and not any(self.folder.glob(CONSOLE)):
            # Where the disk is at fault, an empty folder stays.
            with contextlib.suppress(OSError):
                if self._files.close():
                    (self.folder / OWNER).unlink(missing_ok=True)
                    self.folder.rmdir()
        return lost


def spool_size(spool: Path) -> int:
    """Bytes of all files in a spool, whichever process has written them."""
    size = 0
    try:
        with os.scandir(spool) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    size += spool_size(Path(entry.path))
                else:
                    with contextlib.suppress(OSError):
                        size += entry.stat(follow_symlinks=False).st_size
    except OSError:
        # It is not made yet, or its process has removed it meanwhile.
        return size
    return size


def _fitting(ends: list[int], first: int, limit: int) -> int:
    """The place of the last frame that ends within `limit`; that of the first one at least."""
    return max(first, bisect_right(ends, limit, lo=first) - 1)


def _make_folder(folder: Path) -> None:
    make_spool(folder.parent)
    make_private(folder)
    owner = {
        "pid": os.getpid(),
        "started": started(os.getpid()),
        "host": socket.gethostname(),
        "begun": time.time(),
    }
    begun = folder / f"{OWNER}{BEGUN}"
    with os.fdopen(open_private(begun, os.O_WRONLY), "w") as file:
        json.dump(owner, file)
    begun.replace(folder / OWNER)


def is_alive(pid: int, start: str) -> bool:
    """Whether a process of this machine that began then still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not start or started(pid) == start


def started(pid: int) -> str:
    """When a process of this machine began, as the system counts it; empty where that can't be told.

    A process number is given again, but not with the same start.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    # One that has ended and that nobody has waited for, as nobody does in most containers.
    return "" if fields[0] in "ZX" else fields[19]
