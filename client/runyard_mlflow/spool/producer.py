"""What one process logs to one server: numbered frames in segments, in the order of the calls."""

from __future__ import annotations

import json
import logging
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

from runyard_mlflow.spool.segment import BEGUN, HEADER, Segment

log = logging.getLogger("runyard_mlflow")

OWNER = "owner.json"
# Bytes that are sent in one request: some ten thousand points.
MOST_SENT = 1024 * 1024


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
        """`folder` is the spool's folder for one server; it is made when the first frame comes."""
        self.id = secrets.token_hex(16)
        self.folder = folder / self.id
        self.last = 0
        self.lost = 0
        self.process = os.getpid()
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._segments: deque[_Written] = deque()
        self._present: _Written | None = None
        self._synced = 0

    def add(self, frame: bytes) -> int:
        """Write a frame and return its number; raises Lost when the spool is full."""
        with self._lock:
            present = self._present
            if present is None:
                present = self._begin(len(frame))
            ends = present.ends
            end = present.segment.add(frame, ends[-1] if ends else HEADER)
            if not end:
                present = self._begin(len(frame))
                ends = present.ends
                end = present.segment.add(frame, HEADER)
            # With this it is there: a call that Ctrl-C interrupts before leaves nothing that would count.
            ends.append(end)
            self.last = number = present.segment.first + len(ends) - 1
            return number

    def _begin(self, least: int) -> _Written:
        try:
            if self._size() + least > self._most_bytes:
                raise OSError(
                    f"it has reached its limit of {self._most_bytes} bytes (RUNYARD_SPOOL_MAX_BYTES)"
                )
            if not self._segments:
                _make_folder(self.folder)
            last = 0 if self._present is None else self._present.last
            segment = Segment(self.folder, self.id, last + 1, least)
        except OSError as error:
            self.lost += 1
            if self.lost == 1:
                log.error(
                    "The spool %s can't take more: %s. Training goes on; what is logged from now on is lost until "
                    "there is room.",
                    self.folder.parent.parent,
                    error,
                )
            raise Lost(str(error)) from None
        if self.lost:
            log.warning("The spool takes what is logged again; %d calls were lost.", self.lost)
            self.lost = 0
        if self._segments and self._segments[-1] is not self._present:
            # An interrupted call had begun the same one.
            self._segments.pop()
        begun = _Written(segment)
        # In this order: what only the second names would never be sent.
        self._segments.append(begun)
        self._present = begun
        return begun

    def _size(self) -> int:
        return sum(written.segment.size for written in self._segments)

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
            segment.path.unlink(missing_ok=True)

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

    def close(self) -> None:
        """Let the files go; when all is sent, remove them."""
        with self._lock:
            empty = all(written.sent == len(written.ends) and not written.kept for written in self._segments)
            for written in self._segments:
                written.segment.close(None if empty else written.end)
                if empty:
                    written.segment.path.unlink(missing_ok=True)
            self._segments.clear()
            self._present = None
        if empty and self.folder.is_dir():
            (self.folder / OWNER).unlink(missing_ok=True)
            self.folder.rmdir()


def _fitting(ends: list[int], first: int, limit: int) -> int:
    """The place of the last frame that ends within `limit`; that of the first one at least."""
    return max(first, bisect_right(ends, limit, lo=first) - 1)


def _make_folder(folder: Path) -> None:
    for each in (folder.parent.parent, folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = {
        "pid": os.getpid(),
        "started": started(os.getpid()),
        "host": socket.gethostname(),
        "begun": time.time(),
    }
    begun = folder / f"{OWNER}{BEGUN}"
    with os.fdopen(os.open(begun, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        json.dump(owner, file)
    begun.replace(folder / OWNER)


def started(pid: int) -> str:
    """When a process of this machine began, as the system counts it; empty where that can't be told.

    A process number is given again, but not with the same start.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]
