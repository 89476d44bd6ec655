"""The journal's file: frames that are written one behind the other, over and over into the same few blocks.

Documented in docs/formats/journal.md. Overwriting blocks that exist already is what makes it quick: the disk has to
take the bytes, but the file system has nothing of its own to write down.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from runyard.errors import InvalidState

VERSION = 2
# Version 1 differs only in what its payloads may hold.
READABLE_VERSIONS = (1, VERSION)
MAGIC = b"RUNYARDJ"
# magic, version
HEADER = struct.Struct("<8sI4x")
# bytes of the payload, CRC-32 of the sequence and the payload, sequence
FRAME = struct.Struct("<IIQ")
SEQUENCE = struct.Struct("<Q")
FILE_BYTES = 2 * 1024 * 1024

# macOS has no fdatasync.
_sync = getattr(os, "fdatasync", os.fsync)


class JournalFile:
    """One process's file, open for writing; used under the writer's lock."""

    def __init__(self, path: Path, durable: bool) -> None:
        """Create the file at its full size; raises OSError, and leaves nothing, when there is no room for it.

        `durable`: `append` returns when the disk has the frames, not only the operating system.
        """
        self._path = path
        self._durable = durable
        self._at = HEADER.size
        self._handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600)
        try:
            # Zeros that are written, not a hole: the first lap is to find its blocks in place, too.
            _write(self._handle, HEADER.pack(MAGIC, VERSION).ljust(FILE_BYTES, b"\0"), 0)
            if durable:
                os.fsync(self._handle)
                _sync_folder(path.parent)
        except BaseException:
            self.remove()
            raise

    def append(self, payloads: Sequence[bytes], first: int) -> bool:
        """Write frames with the sequence numbers `first`, `first` + 1, …; False, and nothing, if they do not fit.

        Raises OSError when the disk fails.
        """
        pieces: list[bytes] = []
        for sequence, payload in enumerate(payloads, first):
            checksum = crc32(payload, crc32(SEQUENCE.pack(sequence)))
            pieces += (FRAME.pack(len(payload), checksum, sequence), payload)
        frames = b"".join(pieces)
        if self._at + len(frames) > FILE_BYTES:
            return False
        try:
            _write(self._handle, frames, self._at)
            if self._durable:
                _sync(self._handle)
        except OSError:
            self._withdraw()
            raise
        self._at += len(frames)
        return True

    def room(self) -> int:
        """Bytes that are left for frames."""
        return FILE_BYTES - self._at

    def rewind(self) -> None:
        """Everything so far is in the database: the next frame goes to the start."""
        self._at = HEADER.size

    def _withdraw(self) -> None:
        """As far as a failing disk lets us: frames that are answered with an error are not to be found later."""
        with suppress(OSError):
            os.pwrite(self._handle, bytes(FRAME.size), self._at)

    def close(self) -> None:
        """Close the file and leave it to be read later."""
        os.close(self._handle)

    def remove(self) -> None:
        """Close the file and delete it."""
        self.close()
        self._path.unlink(missing_ok=True)


def read_frames(path: Path) -> Iterator[tuple[int, bytes]]:
    """(sequence, payload) of the frames at `path`, up to the first that is damaged or left over from an earlier lap.

    Raises InvalidState for a version that this one does not know.
    """
    content = path.read_bytes()
    if len(content) < HEADER.size:
        return
    magic, version = HEADER.unpack_from(content)
    if magic != MAGIC:
        return  # the process was killed while it made the file
    if version not in READABLE_VERSIONS:
        raise InvalidState(
            f"The journal {path} has version {version}, and this version of Runyard knows version {VERSION}: it "
            "was written by a newer one. Upgrade runyard."
        )
    at = HEADER.size
    expected: int | None = None
    while at + FRAME.size <= len(content):
        size, checksum, sequence = FRAME.unpack_from(content, at)
        at += FRAME.size
        payload = content[at : at + size]
        if size == 0 or len(payload) < size or sequence != (sequence if expected is None else expected):
            return
        if crc32(payload, crc32(SEQUENCE.pack(sequence))) != checksum:
            return
        yield sequence, payload
        at += size
        expected = sequence + 1


def _write(handle: int, content: bytes, at: int) -> None:
    written = os.pwrite(handle, content, at)
    while written < len(content):
        # A disk that fills up takes a part first, and says why when it is asked for the rest.
        written += os.pwrite(handle, content[written:], at + written)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
