"""What a place for artifacts offers, whatever it is made of: a local folder, or a bucket.

All calls block and may be made from any thread; keys come from `paths`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True)
class Entry:
    """A file or a folder in a listing; `name` is its last segment, `size` is in bytes and 0 for a folder."""

    name: str
    is_folder: bool
    size: int


class Removed(NamedTuple):
    """What was deleted: files, and their bytes."""

    files: int
    bytes: int


class ArtifactFile(Protocol):
    """A file opened for reading: it stays what it was when opened, even when overwritten meanwhile.

    What is appended meanwhile lies behind `size`. `etag` is strong and unquoted; `identity` is the same after
    appending, and another one after overwriting; `modified` is seconds since 1970.
    """

    size: int
    etag: str
    identity: str
    modified: float

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end of the file."""
        ...

    def close(self) -> None:
        """Release it; may be called twice."""
        ...


class Upload(Protocol):
    """A file being written. Nobody sees it before `publish`, and nothing is left of it after `discard`."""

    def write(self, chunks: Sequence[bytes]) -> None:
        """Append; raises StorageFull when there is no space."""
        ...

    def publish(self) -> str:
        """Make it the file of its key, at once for every reader, and durable when the store is; returns its ETag.

        Raises Superseded when the key has a file that is newer than the time given for this one.
        """
        ...

    def discard(self) -> None:
        """Drop it; may be called at any time, also after `publish` and twice."""
        ...


class ArtifactStore(Protocol):
    """Files by key."""

    def upload(self, key: str, logged: int | None = None) -> Upload:
        """Start writing the file `key`; raises InvalidParameter when `key` or a parent can't be a file or folder.

        `logged`, in nanoseconds since 1970, is when a client logged a file that it sends late: see `check_newest`.
        """
        ...

    def check_newest(self, key: str, logged: int) -> None:
        """Raise Superseded when `key` has a file that is newer than `logged`."""
        ...

    def append(self, key: str, offset: int, data: bytes) -> int:
        """Have the file `key` hold `data` from byte `offset` on, and return its size; what is there is compared.

        Raises AppendConflict when the file ends before or has other bytes there, StorageFull, and InvalidParameter.
        """
        ...

    def open(self, key: str) -> ArtifactFile:
        """Open a file; raises ArtifactNotFound, or InvalidParameter for a folder."""
        ...

    def list(self, key: str, after: str = "", limit: int | None = None) -> list[Entry]:
        """The entries of a folder with names above `after`, by name; none when it is a file or absent."""
        ...

    def delete(self, key: str) -> None:
        """Delete a file, or a folder with all that it holds; raises ArtifactNotFound."""
        ...

    def remove_folder(self, key: str) -> Removed:
        """Delete a folder with all that it holds, if there is one, and count what was in it."""
        ...

    def remove_empty(self, key: str) -> None:
        """Delete a folder if there is nothing in it."""
        ...
