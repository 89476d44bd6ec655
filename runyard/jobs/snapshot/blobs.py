"""Files by their content on the server's disk.

<folder>/<2 digits>/<64 digits>   a file, named by its SHA-256
<folder>/incoming/                files being written
<folder>/.lock                    taken alone to remove a file, shared to say that one is there
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from runyard.errors import InvalidParameter, NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_PIECE = 1024 * 1024


class Blobs:
    """Content-addressed files; several processes may use one folder at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        folder.parent.mkdir(parents=True, exist_ok=True)
        for made in (folder, self._incoming):
            made.mkdir(mode=0o700, exist_ok=True)
        self._lock_file = folder / ".lock"

    def path(self, sha256: str) -> Path:
        """Where the file lies, or would; raises InvalidParameter for what is no SHA-256."""
        if not _SHA256.match(sha256):
            raise InvalidParameter(f"A SHA-256 has 64 lower-case hexadecimal digits: {sha256!r}")
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file is there; from then on it counts as young, so that `sweep` leaves it."""
        path = self.path(sha256)
        with self._lock(fcntl.LOCK_SH):
            try:
                os.utime(path)
            except FileNotFoundError:
                return False
        return True

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Those that are not there, each once, in their order; see `has` for the others."""
        return [sha256 for sha256 in dict.fromkeys(wanted) if not self.has(sha256)]

    def open(self, sha256: str) -> BinaryIO:
        """Open the file to read it; raises NotFound."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound(f"No file with the SHA-256 {sha256} is kept.") from None

    def put(self, sha256: str, stream: BinaryIO, most_bytes: int | None = None) -> bool:
        """Keep a file, on the disk when this returns; False where it was there, and nothing is read then.

        Raises InvalidParameter when the content has another digest or more than `most_bytes`; nothing is kept then.
        """
        target = self.path(sha256)
        if self.has(sha256):
            return False
        temporary = self._incoming / secrets.token_hex(16)
        try:
            self._write(temporary, sha256, stream, most_bytes)
            _make_folder(target.parent)
            # Whoever else puts the same has the same bytes: the last one stays.
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(target.parent)
        return True

    def sweep(self, keep: Collection[str], older_than: float) -> int:
        """Remove files that are not in `keep` and were not put or asked for since `older_than` seconds.

        Returns the bytes that are free now. Files that were never wholly written go, too.
        """
        kept, before = frozenset(keep), time.time() - older_than
        freed = sum(self._remove(path, before) for path in self._incoming.iterdir())
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            freed += sum(self._remove(path, before) for path in folder.iterdir() if path.name not in kept)
        return freed

    def _remove(self, path: Path, before: float) -> int:
        """Alone, so that nobody is told between the look and the removal that the file is there."""
        with self._lock(fcntl.LOCK_EX):
            try:
                status = path.stat()
                if status.st_mtime > before:
                    return 0
                path.unlink()
            except FileNotFoundError:
                return 0  # another sweep, or its writer has ended
        return status.st_size

    def _write(self, path: Path, sha256: str, stream: BinaryIO, most_bytes: int | None) -> None:
        digest, size = hashlib.sha256(), 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            while data := stream.read(_PIECE):
                size += len(data)
                if most_bytes is not None and size > most_bytes:
                    raise InvalidParameter(
                        f"The file {sha256} has more than the {most_bytes} bytes that it may have."
                    )
                digest.update(data)
                file.write(data)
            if digest.hexdigest() != sha256:
                raise InvalidParameter(f"The content has the SHA-256 {digest.hexdigest()}, and not {sha256}.")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, kind)
            yield
        finally:
            os.close(descriptor)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
