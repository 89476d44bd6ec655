"""SHA-256 of files, and how RFC 9530 spells it in headers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from runyard_mlflow.transport import SourceUnreadable

CHUNK = 1024 * 1024
WANTED = {"Want-Repr-Digest": "sha-256=9"}
_FOUND = re.compile(r"sha-256=:([^:]*):")


class Piece:
    """A part of a file as the body of a request: read anew for each attempt, a little at a time."""

    def __init__(self, path: Path, start: int, length: int) -> None:
        self._path = path
        self._start = start
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        left = self._length
        try:
            file = self._path.open("rb", buffering=0)
        except OSError as error:
            raise SourceUnreadable(str(error)) from error
        with file:
            while left > 0:
                chunk = self._read(file, self._length - left, min(CHUNK, left))
                left -= len(chunk)
                yield chunk

    def _read(self, file: FileIO, offset: int, size: int) -> bytes:
        try:
            file.seek(self._start + offset)
            chunk = file.read(size)
        except OSError as error:
            raise SourceUnreadable(str(error)) from error
        if not chunk:
            raise SourceShrunk(f"{self._path} became shorter while it was read.")
        return chunk

    def digest(self) -> bytes:
        """Its SHA-256; raises SourceUnreadable."""
        found = hashlib.sha256()
        for chunk in self:
            found.update(chunk)
        return found.digest()


class SourceShrunk(SourceUnreadable):
    """A file was cut, or written anew, while it was read."""


def spelled(digest: bytes) -> str:
    """A digest as the value of a header."""
    return f"sha-256=:{base64.b64encode(digest).decode('ascii')}:"


def read_digest(header: str | None) -> bytes | None:
    """The SHA-256 in a header, if there is one."""
    found = _FOUND.search(header or "")
    try:
        return None if found is None else base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return None
