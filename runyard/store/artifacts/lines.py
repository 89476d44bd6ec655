"""Lines of a file of any size: how many begin before each block, and which of them hold a text.

Both read the file in pieces and stop after a given time, to go on where they stopped when they are called again: a
request is never longer than that, whatever the file's size.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field
from zlib import crc32

from runyard.store.artifacts.interface import ArtifactFile

BLOCK_BYTES = 256 * 1024
# Larger blocks for a file of more than 4 GiB, so that what is kept of it stays below 128 KiB.
MOST_BLOCKS = 16_384
PIECE_BYTES = 1024 * 1024
# What is kept of files that are not looked at any more: at most 8 MiB.
MOST_INDEXES = 64
NEWLINE = b"\n"


class LineIndex:
    """The newlines before each block of a file, counted as far as there was time; used from several threads."""

    def __init__(self, file: ArtifactFile) -> None:
        self.etag = file.etag
        self.identity = file.identity
        self.size = file.size
        self.block_bytes = BLOCK_BYTES
        while self.size > self.block_bytes * MOST_BLOCKS:
            self.block_bytes *= 2
        # Newlines in all blocks before the one of this number; one more than there are blocks when it is complete.
        self.before = array("Q", [0])
        self._ends_open = False
        # Of the last whole block that was counted.
        self._checksum = 0
        self._lock = threading.Lock()

    def go_on(self, before: LineIndex, file: ArtifactFile) -> None:
        """Take what was counted of a file that has grown since, of which this is the index.

        Whether it only grew is told by its identity and by the last block, as an identity may be given again.
        """
        with before._lock:
            whole = min(before.size // before.block_bytes, len(before.before) - 1)
            counted, checksum = before.before[: whole + 1], before._checksum
        if before.identity != self.identity or before.block_bytes != self.block_bytes or not whole:
            return
        if self.size < before.size or checksum != crc32(self._block(file, whole - 1)):
            return
        self.before, self._checksum, self._ends_open = counted, checksum, before._ends_open

    @property
    def counted(self) -> int:
        """Bytes that were counted."""
        return min(self.size, (len(self.before) - 1) * self.block_bytes)

    @property
    def complete(self) -> bool:
        """Whether all of the file was counted."""
        return self.counted == self.size

    @property
    def lines(self) -> int:
        """Lines found so far; the last one need not end with a newline."""
        return self.before[-1] + self._ends_open

    def advance(self, file: ArtifactFile, seconds: float) -> bool:
        """Count for `seconds`, at least one block; whether all is counted. `file` is the one given at first."""
        until = time.monotonic() + seconds
        with self._lock:
            while not self.complete:
                block = self._block(file, len(self.before) - 1)
                if len(block) == self.block_bytes:
                    self._checksum = crc32(block)
                self._ends_open = not block.endswith(NEWLINE)
                self.before.append(self.before[-1] + block.count(NEWLINE))
                if time.monotonic() > until:
                    break
            return self.complete

    def _block(self, file: ArtifactFile, number: int) -> bytes:
        start = number * self.block_bytes
        return file.read(start, min(self.block_bytes, self.size - start))


class LineIndexes:
    """The indexes of the files that were looked at last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, LineIndex] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: str, file: ArtifactFile) -> LineIndex:
        """The index of a file under `key`: a file that was written anew has a new one, one that grew goes on."""
        with self._lock:
            index = self._kept.get(key)
        if index is None or index.etag != file.etag:
            before, index = index, LineIndex(file)
            if before is not None:
                index.go_on(before, file)
        with self._lock:
            self._kept[key] = index
            self._kept.move_to_end(key)
            if len(self._kept) > MOST_INDEXES:
                self._kept.popitem(last=False)
            return index


@dataclass
class Place:
    """Where a search goes on: a byte, the line that it is in (0 is the first), and the last line that was found."""

    offset: int = 0
    line: int = 0
    found: int = -1


@dataclass
class Found:
    """Lines that hold the text: the first of them by number, and how many there are."""

    lines: list[int] = field(default_factory=list)
    count: int = 0


def search(
    file: ArtifactFile, text: bytes, ignore_case: bool, place: Place, limit: int, seconds: float
) -> Found:
    """Search from `place` on, which is moved, for `seconds`; lists at most `limit` lines.

    `text` has no newline. Case is ignored for the letters of ASCII. A line of any length is searched whole.
    """
    until = time.monotonic() + seconds
    found = Found()
    wanted = text.lower() if ignore_case else text
    while place.offset < file.size:
        piece = file.read(place.offset, PIECE_BYTES)
        if not piece:
            break
        _search_piece(piece.lower() if ignore_case else piece, wanted, place, found, limit)
        place.line += piece.count(NEWLINE)
        end = piece.rfind(NEWLINE) + 1
        if place.offset + len(piece) >= file.size:
            place.offset = file.size
        else:
            # The next piece begins with a line, or, within a long one, so that no match is cut in two.
            place.offset += end or len(piece) - len(wanted) + 1
        if time.monotonic() > until:
            break
    return found


def _search_piece(piece: bytes, wanted: bytes, place: Place, found: Found, limit: int) -> None:
    line, counted = place.line, 0
    at = piece.find(wanted)
    while at >= 0:
        line += piece.count(NEWLINE, counted, at)
        if line > place.found:
            place.found = line
            found.count += 1
            if len(found.lines) < limit:
                found.lines.append(line)
        end = piece.find(NEWLINE, at)
        if end < 0:
            return
        line, counted = line + 1, end + 1
        at = piece.find(wanted, counted)
