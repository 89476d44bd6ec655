"""What a snapshot consists of, and its canonical JSON.

    [{"executable":false,"path":"train.py","sha256":"…","size":120}, …]

Entries are sorted by path, keys by name, without gaps, in UTF-8. The snapshot's digest is the SHA-256 of these bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from runyard.errors import InvalidParameter

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_MAX_NAME_BYTES = 255
_MAX_PATH_BYTES = 4096


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its path with `/` between names, its size in bytes, its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str
    executable: bool = False


class Snapshot(msgspec.Struct, frozen=True):
    """All files of a job's code, sorted by path; `digest` names them together."""

    entries: list[Entry]
    digest: str

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(entry.size for entry in self.entries)


def snapshot_of(entries: Sequence[Entry]) -> Snapshot:
    """Sort the entries and name them; raises InvalidParameter for two that can't lie in one folder."""
    ordered = sorted(entries, key=lambda entry: entry.path)
    check_entries(ordered)
    return Snapshot(ordered, hashlib.sha256(_canonical(ordered)).hexdigest())


def encode(snapshot: Snapshot) -> bytes:
    """The canonical JSON, whose SHA-256 is the digest."""
    return _canonical(snapshot.entries)


def decode(data: bytes) -> Snapshot:
    """Read a manifest that somebody sent; raises InvalidParameter unless it is what `encode` would write."""
    try:
        entries = msgspec.json.decode(data, type=list[Entry])
    except msgspec.DecodeError as error:
        raise InvalidParameter(f"The manifest of a snapshot can't be read: {error}") from None
    snapshot = snapshot_of(entries)
    if _canonical(snapshot.entries) != data:
        raise InvalidParameter("The manifest of a snapshot must be in its canonical form.")
    return snapshot


def check_entries(entries: Sequence[Entry]) -> None:
    """Check each entry, and that no path is there twice or is a folder of another one."""
    seen: set[str] = set()
    for entry in entries:
        check_path(entry.path)
        if entry.size < 0 or not _SHA256.match(entry.sha256):
            raise InvalidParameter(
                f"The snapshot's entry '{entry.path}' must have a size of 0 or more and a SHA-256 of 64 lower-case "
                "hexadecimal digits."
            )
        if entry.path in seen:
            raise InvalidParameter(f"The snapshot has the path '{entry.path}' twice.")
        seen.add(entry.path)
    for path in seen:
        for parent in PurePosixPath(path).parents:
            if str(parent) in seen:
                raise InvalidParameter(
                    f"The snapshot has '{parent}' as a file and as the folder of '{path}'."
                )


def check_path(path: str) -> None:
    """Check that a path leads to a place below the folder that it is relative to."""
    names = path.split("/")
    if any(name in ("", ".", "..") for name in names) or "\0" in path:
        raise InvalidParameter(
            f"The snapshot's path {path!r} must be relative, without empty names, '.', '..' and NUL characters."
        )
    check_encoding(path)
    if len(path.encode()) > _MAX_PATH_BYTES or max(len(name.encode()) for name in names) > _MAX_NAME_BYTES:
        raise InvalidParameter(
            f"The snapshot's path '{path[:60]}…' is longer than {_MAX_PATH_BYTES} bytes, or one of its names than "
            f"{_MAX_NAME_BYTES}."
        )


def check_encoding(path: str) -> None:
    """Check that a path's bytes are UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        raise InvalidParameter(f"The name of the file {ascii(path)} is not valid UTF-8.") from None


def _canonical(entries: Sequence[Entry]) -> bytes:
    return msgspec.json.encode(entries, order="sorted")
