"""Artifacts in a folder of the local disk.

Layout: `<root>/<key>` for every artifact, and `<root>/.runyard/` for what is not (yet) one:

    uploads/     files being written, each locked by its writer
    multipart/   uploads in parts, see `multipart`
    trash/       folders being deleted

See docs/decisions/0004-local-artifacts.md for why this is not an object store library.
"""

from __future__ import annotations

import heapq
import os
import secrets
import shutil
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from runyard.errors import ArtifactNotFound, InvalidParameter
from runyard.store.artifacts.append import append
from runyard.store.artifacts.digests import Digests
from runyard.store.artifacts.folders import FOLDER_MODE, OPEN_FOLDER, folder, sync_folder, told
from runyard.store.artifacts.interface import Entry, Removed
from runyard.store.artifacts.multipart import Multipart
from runyard.store.artifacts.paths import PRIVATE
from runyard.store.artifacts.sweep import sweep
from runyard.store.artifacts.upload import LocalUpload, Places, check_newest, etag_of, split

# A FIFO or device that someone placed in the folder must not block the thread that opens it.
_OPEN_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

# How often uploads that nobody ends are looked for.
# A server may run for months between two starts.
SWEEP_SECONDS = 3600.0
# Files and folders of a run that are looked at to see whether any changed.
MOST_STAMPED = 5000


class LocalFile:
    """An open file of the local store; see ArtifactFile."""

    def __init__(self, descriptor: int, status: os.stat_result) -> None:
        self._descriptor = descriptor
        # A client that leaves closes the file while a read may still run on another thread.
        self._lock = threading.Lock()
        self.size = status.st_size
        self.modified = status.st_mtime
        self.etag = etag_of(status)
        self.identity = f"{status.st_ino:x}"

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        with self._lock:
            return os.pread(self._descriptor, length, offset)

    def close(self) -> None:
        """Release the descriptor."""
        with self._lock:
            if self._descriptor >= 0:
                descriptor, self._descriptor = self._descriptor, -1
                os.close(descriptor)

    def __del__(self) -> None:
        self.close()


class LocalArtifacts:
    """The artifacts of one workspace folder. Several processes may open the same folder at once."""

    def __init__(self, root: Path, durability: str = "full") -> None:
        for name in ("uploads", "multipart", "trash"):
            (root / PRIVATE / name).mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        self._path = root
        self._root = os.open(root, OPEN_FOLDER & ~os.O_NOFOLLOW)
        self._private = os.open(PRIVATE, OPEN_FOLDER, dir_fd=self._root)
        uploads = os.open("uploads", OPEN_FOLDER, dir_fd=self._private)
        self._places = Places(self._root, uploads, durability == "full")
        if self._places.durable:
            # Or a power cut takes the new folder with all that is written to it.
            for made in (root, root.parent):
                sync_folder(made)
        self._swept = time.monotonic()
        self.digests = Digests()
        self.multipart = Multipart(root / PRIVATE / "multipart", self._places)

    def upload(self, key: str, logged: int | None = None) -> LocalUpload:
        """Start writing the file `key`, which a client logged at `logged`, or logs now."""
        return LocalUpload(self._places, key, logged)

    def check_newest(self, key: str, logged: int) -> None:
        """Raise Superseded when `key` has a file that is newer than `logged`."""
        names, name = split(key)
        with suppress(OSError), folder(self._root, names) as parent:
            check_newest(parent, name, key, logged)

    def append(self, key: str, offset: int, data: bytes) -> int:
        """Have the file `key` hold `data` from byte `offset` on; see ArtifactStore."""
        return append(self._places, key, offset, data)

    def open(self, key: str) -> LocalFile:
        """Open a file; raises ArtifactNotFound, or InvalidParameter for a folder."""
        names, name = split(key)
        try:
            with folder(self._root, names) as parent:
                descriptor = os.open(name, _OPEN_FILE, dir_fd=parent)
        except OSError as error:
            raise ArtifactNotFound(key) from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise InvalidParameter(f"Artifact path refers to a directory, not a file: '{key}'")
        return LocalFile(descriptor, status)

    def list(self, key: str, after: str = "", limit: int | None = None) -> list[Entry]:
        """The entries of a folder with names above `after`, by name; none when it is a file or absent."""
        names = key.split("/") if key else []
        try:
            with folder(self._root, names) as descriptor:
                found = _scan(descriptor, after, hidden=PRIVATE if not names else "")
                entries = sorted(found) if limit is None else heapq.nsmallest(limit, found)
                return [_entry(descriptor, name, is_folder) for name, is_folder in entries]
        except OSError:
            return []

    def stamp(self, key: str) -> int:
        """A number that is another one when the files below a folder changed, as far as MOST_STAMPED of them tell."""
        with suppress(OSError), folder(self._root, key.split("/")) as descriptor:
            return hash(tuple(sorted(islice(_marks(descriptor), MOST_STAMPED))))
        return 0

    def delete(self, key: str) -> None:
        """Delete a file, or a folder with all that it holds; raises ArtifactNotFound.

        A folder vanishes at once for readers, then its space is freed before the call returns.
        """
        names, name = split(key)
        token = secrets.token_hex(16)
        with told(key):
            with folder(self._root, names) as parent:
                if stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
                    os.rename(name, f"trash/{token}", src_dir_fd=parent, dst_dir_fd=self._private)
                else:
                    os.unlink(name, dir_fd=parent)
                if self._places.durable:
                    os.fsync(parent)
            shutil.rmtree(self._path / PRIVATE / "trash" / token, ignore_errors=True)

    def remove_folder(self, key: str) -> Removed:
        """Delete a folder with all that it holds, if it is there, and count what was in it.

        It vanishes at once; whatever a crash leaves of it is swept later. A file of that name stays.
        """
        names, name = split(key)
        token = secrets.token_hex(16)
        try:
            with told(key), folder(self._root, names) as parent:
                if not stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
                    return Removed(0, 0)
                os.rename(name, f"trash/{token}", src_dir_fd=parent, dst_dir_fd=self._private)
                if self._places.durable:
                    os.fsync(parent)
        except (ArtifactNotFound, InvalidParameter):
            return Removed(0, 0)
        return _remove_counting(self._path / PRIVATE / "trash" / token)

    def remove_empty(self, key: str) -> None:
        """Delete a folder if there is nothing in it."""
        names, name = split(key)
        with suppress(OSError), folder(self._root, names) as parent:
            os.rmdir(name, dir_fd=parent)

    def sweep(self, now: float | None = None) -> int:
        """Remove what processes that died have left behind; the number of things removed."""
        self._swept = time.monotonic()
        return sweep(self._path / PRIVATE, time.time() if now is None else now)

    def sweep_is_due(self) -> bool:
        """Whether an hour has passed since the last sweep."""
        return time.monotonic() - self._swept > SWEEP_SECONDS

    def close(self) -> None:
        """Release the root; open files stay readable."""
        for descriptor in (self._places.uploads, self._private, self._root):
            os.close(descriptor)


def _remove_counting(root: Path) -> Removed:
    """Delete a folder, its own files last; what can't be deleted is left to the sweep, and not counted."""
    files = size = 0
    for place, folders, names in os.walk(root, topdown=False):
        for name in names:
            path = os.path.join(place, name)
            with suppress(OSError):
                found = os.lstat(path).st_size
                os.unlink(path)
                files += 1
                size += found
        for name in folders:
            path = os.path.join(place, name)
            with suppress(OSError):
                # A link to a folder is listed as one.
                (os.unlink if os.path.islink(path) else os.rmdir)(path)
    with suppress(OSError):
        os.rmdir(root)
    return Removed(files, size)


def _scan(descriptor: int, after: str, hidden: str) -> Iterator[tuple[str, bool]]:
    """(name, is a folder) of what a listing shows: links and devices are not artifacts."""
    with os.scandir(descriptor) as found:
        for item in found:
            if item.name <= after or item.name == hidden:
                continue
            is_folder = item.is_dir(follow_symlinks=False)
            if is_folder or item.is_file(follow_symlinks=False):
                yield item.name, is_folder


def _marks(descriptor: int) -> Iterator[tuple[str, int, int]]:
    """(name, time of change, size) of all files and folders below one."""
    with os.scandir(descriptor) as found:
        for item in found:
            status = item.stat(follow_symlinks=False)
            yield item.name, status.st_mtime_ns, status.st_size
            if item.is_dir(follow_symlinks=False):
                with folder(descriptor, [item.name]) as inner:
                    yield from _marks(inner)


def _entry(descriptor: int, name: str, is_folder: bool) -> Entry:
    if is_folder:
        return Entry(name, True, 0)
    try:
        return Entry(name, False, os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_size)
    except FileNotFoundError:
        return Entry(name, False, 0)  # deleted while being listed
